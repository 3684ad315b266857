import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, startSyncWorld, type DeviceOptions, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';

/** Invariants 16 to 18 with real files over HTTP (`invariants.test.ts` has many more stories of them), and clocks, clones and newcomers. */
let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());

const isLong = process.env['PICFERRY_LONG'] === '1';
const TIMEOUT = isLong ? 1_200_000 : 120_000;
const runs = (few: number): { readonly numRuns: number } => ({ numRuns: isLong ? few * 50 : few });

let made = 0;
const device = (options: DeviceOptions = {}): TestDevice => world.device(`promise-${(made += 1)}`, options);
type Heap = { readonly heap: Readonly<Record<string, number>>; readonly list: readonly string[] };
const START: Heap = { heap: { old: 0, doomed: 0 }, list: ['first'] };
const posts = (): number => world.asked().filter((call) => call === 'json-push' || call === 'json-resolve').length;

/** What a device does: puts something of its own in, or takes a thing out, and syncs or waits. */
type Act = { readonly who: number; readonly what: 'put' | 'list' | 'remove'; readonly syncs: boolean };
const act = (devices: number): fc.Arbitrary<Act> => fc.record({ who: fc.nat(devices - 1), what: fc.constantFrom('put', 'list', 'remove'), syncs: fc.boolean() });

const edited = ({ heap, list }: Heap, what: Act['what'], name: string): Heap => {
  if (what === 'put') return { heap: { ...heap, [name]: 1 }, list };
  if (what === 'list') return { heap, list: [...list, name] };
  const { doomed: _doomed, ...rest } = heap;
  return { heap: rest, list };
};

/** Plays the acts; gives what has to be there at the end. */
const play = async (devices: readonly TestDevice[], acts: readonly Act[]): Promise<readonly string[]> => {
  const kept: string[] = [];
  for (const [index, { who, what, syncs }] of acts.entries()) {
    const one = devices[who] as TestDevice;
    const name = `n${index}`;
    one.write(edited(one.read() as Heap, what, name));
    if (what !== 'remove') kept.push(name);
    if (syncs) await one.sync();
  }
  return kept;
};
/** Questions at one place are asked by one device after the other, so three of them need a few rounds; more than these never. */
const MOST_ROUNDS = 8;

const settle = async (devices: readonly TestDevice[]): Promise<void> => {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let asked = 0;
    for (const one of devices) {
      await one.sync();
      const open = one.service.conflicts();
      asked += open.length;
      // Two things put at one place of a list: both stay.
      for (const { id, kind } of open) await one.service.resolve(id, kind === 'list' ? { take: 'both', first: 'mine' } : { take: 'mine' });
    }
    const [first, ...others] = devices.map((one) => one.read());
    if (asked === 0 && others.every((other) => isDeepStrictEqual(other, first))) return;
  }
  expect(devices.map((one) => one.read())).toEqual('one document after so many rounds');
};
/** Devices that have synced one document. */
const together = async (options: readonly DeviceOptions[]): Promise<readonly TestDevice[]> => {
  await world.host.control.reset();
  const devices = options.map((one) => device(one));
  devices[0]?.write(START);
  for (const one of devices) await one.sync();
  return devices;
};
/** The document whatever the order of what was put at the same place at the same time. */
const content = (one: TestDevice): unknown => {
  const { heap, list } = one.read() as Heap;
  return { heap, list: [...list].sort() };
};

test('16 and 18: in quiet all devices have all that was put, with few pushes, and then send nothing more', { timeout: TIMEOUT }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act(3), { minLength: 1, maxLength: 8 }), async (acts) => {
      const devices = await together([{}, {}, {}]);
      const kept = await play(devices, acts);
      posts();
      await settle(devices);
      expect(posts()).toBeLessThanOrEqual(2 * devices.length);
      const [first] = devices as [TestDevice];
      for (const one of devices) expect(one.read()).toEqual(first.read());
      const { heap, list } = first.read() as Heap;
      expect(kept.filter((name) => !(name in heap) && !list.includes(name))).toEqual([]);
      if (acts.some(({ what }) => what === 'remove')) expect(heap).not.toHaveProperty('doomed');
      for (const one of devices) await one.sync();
      expect(posts()).toBe(0);
    }),
    { ...runs(3), examples: [[[{ who: 2, what: 'list', syncs: false }, { who: 1, what: 'list', syncs: false }, { who: 0, what: 'list', syncs: false }]]] },
  );
});

test('17: whatever point a sync is killed at, it reaches the same document, and the same push is one version', { timeout: TIMEOUT }, async () => {
  class Killed extends Error {}
  await fc.assert(
    fc.asyncProperty(fc.array(act(2), { minLength: 1, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 3 }), async (acts, points) => {
      const play2 = async (kills: readonly number[]): Promise<unknown> => {
        const devices = await together([{}, {}]);
        await play(devices, acts);
        const [, b] = devices as [TestDevice, TestDevice];
        for (const point of kills) {
          let left = point;
          b.restart(() => {
            left -= 1;
            if (left <= 0) throw new Killed();
          });
          await b.sync().catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
          b.restart();
        }
        await settle(devices);
        const messages = world.host.control.documents.versions(KEY).map(({ message }) => message);
        expect(new Set(messages).size).toBe(messages.length);
        return devices.map(content);
      };
      expect(await play2(points)).toEqual(await play2([]));
    }),
    runs(2),
  );
});

const YEAR = 365.25 * 24 * 3_600_000;

test('clocks that are ten years off, new names, a copied installation and a newcomer change nothing of the result', { timeout: TIMEOUT }, async () => {
  const skewed = (years: number): DeviceOptions => ({ clock: () => Date.now() + years * YEAR });
  const scene = async (options: readonly DeviceOptions[], acts: readonly Act[], odd: boolean): Promise<unknown> => {
    const devices = await together(options);
    const [a, b] = devices as [TestDevice, TestDevice];
    if (odd) {
      // B runs from a copy of A's data folder from now on.
      copyFileSync(join(a.folder, 'device.json'), join(b.folder, 'device.json'));
      b.restart();
      a.service.renameDevice('another name');
    }
    await play(devices, acts);
    const late = device(options[0]);
    late.write({ heap: { late: 1 }, list: [] });
    await settle([...devices, late, ...devices]);
    for (const one of devices) expect(content(one)).toEqual(content(late));
    return content(late);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(act(2), { minLength: 1, maxLength: 5 }), fc.integer({ min: -10, max: 10 }), fc.integer({ min: -10, max: 10 }), async (acts, mine, theirs) => {
      expect(await scene([skewed(mine), skewed(theirs)], acts, true)).toEqual(await scene([{}, {}], acts, false));
    }),
    runs(2),
  );
});
