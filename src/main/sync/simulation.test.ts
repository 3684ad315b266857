import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KEY, startSyncWorld, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import type { FaultInput, SwitchChanges } from '../../host';
import { PicferryError } from '../../lib/picferry-error';
import type { OpenConflict } from './contract';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.host.control.reset());

/** A small generator with a seed, so that a failure can be made again. */
const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Mode = { readonly name: string; readonly switches: SwitchChanges['wizs']; readonly faults?: readonly FaultInput[]; readonly rollback?: boolean; /** The host loses what ancestry is told by, so that questions may come twice. */ readonly forgets?: boolean };

const lost: readonly FaultInput[] = [{ call: 'json-push', cut: true }, { call: 'json-push', resetAfterBytes: 0 }, { call: 'json-pull', cut: true }, { call: 'json-history', status: 503 }];
const modes: readonly Mode[] = [
  { name: 'three-way merge', switches: {}, faults: lost },
  { name: 'last write wins', switches: { baseTracking: 'none' }, faults: lost },
  { name: 'shallow merge', switches: { autoMerge: 'shallow', baseTracking: 'push' }, faults: lost },
  { name: 'deep merge', switches: { autoMerge: 'deep', baseTracking: 'push' }, faults: lost },
  { name: 'numbers used twice', switches: { versionReuse: true }, forgets: true },
  { name: 'late history', switches: { historyLag: 2, baseTracking: 'none' }, faults: lost },
  { name: 'cut messages', switches: { messageMax: 12, baseTracking: 'none' }, forgets: true },
  { name: 'empty objects folded', switches: { phpRoundTrip: true, baseTracking: 'none' }, faults: lost },
  { name: 'pages instead of answers', switches: { baseTracking: 'none' }, faults: [{ call: 'json-push', html: true }, { call: 'json-push', html: true, afterWork: true }, { call: 'json-pull', html: true }] },
  { name: '500 after the commit', switches: { baseTracking: 'none' }, faults: [{ call: 'json-push', status: 500, afterWork: true }] },
  { name: 'rolled back once', switches: { baseTracking: 'none' }, rollback: true, forgets: true },
];

const DEVICES = 3;
const STEPS = 32;
const SEEDS = process.env['PICFERRY_LONG'] === '1' ? Array.from({ length: 20 }, (_, index) => index + 1) : [1];

type Document = Record<string, unknown> & { readonly owns: Record<string, number>; readonly shared: Record<string, string>; readonly empty: object };

/** How a person might answer; of two numbers of one device the higher is the later. */
const answerTo = ({ kind, path, mine, theirs }: OpenConflict): 'mine' | 'theirs' => {
  if (kind === 'rollback') return 'mine';
  return path[0] === 'owns' && Number(mine ?? -1) > Number(theirs ?? -1) ? 'mine' : 'theirs';
};

/** Questions about places that only one device ever changed. */
let falseQuestions = 0;

/** Tries until the host lets it through, and answers what it is asked. */
const persist = async (device: TestDevice): Promise<void> => {
  for (let tries = 0; tries < 12; tries += 1) {
    try {
      const status = await device.sync();
      if (status.openConflicts === 0) return;
      for (const conflict of device.service.conflicts()) {
        if (conflict.kind !== 'rollback' && conflict.path[0] !== 'shared') falseQuestions += 1;
        await device.service.resolve(conflict.id, { take: answerTo(conflict) });
      }
    } catch (error) {
      if (!(error instanceof PicferryError)) throw error;
    }
  }
};

const run = async (mode: Mode, seed: number): Promise<void> => {
  const random = randomOf(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const devices = Array.from({ length: DEVICES }, (_, index) => world.device(`${mode.name.replaceAll(' ', '-')}-${seed}-${index}`));
  world.host.control.set({ wizs: mode.switches ?? {} });
  devices[0]?.write({ owns: { nobody: 0 }, shared: { nobody: '' }, empty: {} });
  falseQuestions = 0;
  for (const device of devices) await persist(device);

  const inserted: string[] = [];
  const last = new Map<string, number>();
  for (let step = 0; step < STEPS; step += 1) {
    const device = pick(devices);
    const own = `d${devices.indexOf(device)}`;
    const document = device.read() as Document;
    const insert = `${own}-${step}`;
    inserted.push(insert);
    last.set(own, step);
    const shared = random() < 0.2 ? { [pick(['x', 'y'])]: insert } : {};
    device.write({ ...document, [insert]: step, owns: { ...document.owns, [own]: step }, shared: { ...document.shared, ...shared } });
    if (mode.faults !== undefined && random() < 0.3) world.host.control.failNext(pick(mode.faults));
    if (mode.rollback === true && step === STEPS / 2) world.host.control.documents.rollBack({ file_key: KEY, version: Math.max(1, world.host.control.documents.versions(KEY).length - 3) });
    if (random() < 0.2) device.restart();
    // One sync, as a watcher makes it; whatever it ends with, life goes on.
    const syncing = random() < 0.7 ? [device] : [];
    if (random() < 0.3) syncing.push(pick(devices.filter((one) => one !== device)));
    await Promise.all(syncing.map((one) => one.sync().catch((error: unknown) => expect(error).toBeInstanceOf(PicferryError))));
  }
  for (let round = 0; round < 4; round += 1) for (const device of devices) await persist(device);

  const documents = devices.map((device) => device.read() as Document);
  const context = `${mode.name}, seed ${seed}`;
  // A host that folds empty objects shows them to the others as lists.
  const folded = (document: Document | undefined): unknown => ({ ...document, empty: Object.keys(document?.empty ?? {}) });
  for (const document of documents) expect(folded(document), `${context}: all devices agree`).toEqual(folded(documents[0]));
  const final = documents[0];
  expect(inserted.filter((key) => final === undefined || !(key in final)), `${context}: lost inserts`).toEqual([]);
  expect(final?.owns, `${context}: lost sets`).toEqual({ nobody: 0, ...Object.fromEntries(last) });
  expect(final?.empty, `${context}: changed without a word`).toEqual({});
  if (mode.forgets !== true) expect(falseQuestions, `${context}: needless questions`).toBe(0);
  world.asked();
  for (const device of devices) await device.sync();
  expect(world.asked().filter((call) => call === 'json-push' || call === 'json-resolve'), `${context}: pushes after quiet`).toEqual([]);
};

test.each(modes)('a few devices lose no edit and agree in the end: $name', { timeout: 120_000 }, async (mode) => {
  for (const seed of SEEDS) {
    await world.host.control.reset();
    await run(mode, seed);
  }
});
