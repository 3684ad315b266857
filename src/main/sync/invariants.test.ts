import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { triples } from '../../../test/merge/documents';
import { equal, lostChanges } from '../../../test/merge/oracle';
import { MemoryDevice } from '../../../test/sync/memory-device';
import { shortWay, type ShortWay } from '../../../test/sync/short-way';
import { KEY } from '../../../test/sync/sync-world';
import { problemOf } from '../../lib/picferry-error';
import type { JsonValue, TextPath } from '../../merge';
import type { DocumentSync } from '../providers/contract';
import { ProviderError } from '../providers/errors';
import { localTexts } from './local-texts';
import { readMessage } from './tag';

/** Invariants 16 to 18 of SYNC.md §2.7 over stories that nobody chose: the engine and the embedded host's documents, all in memory. */
const isLong = process.env['PICFERRY_LONG'] === '1';
/** 2,000 cases in `npm test`, 100,000 in `npm run test:long`. */
const BATCH = 2_000;
/** What fast-check keeps of its cases grows with their number, so many are told in several runs. */
const BATCHES = isLong ? 50 : 1;
const TIMEOUT = isLong ? 3_600_000 : 120_000;

let root: string;
let way: ShortWay;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'picferry-invariants-'));
  way = shortWay(root);
});
afterAll(() => {
  way.stop();
  rmSync(root, { recursive: true, force: true });
});

const law = <T>(title: string, story: fc.Arbitrary<T>, holds: (story: T) => Promise<void>, examples: readonly T[] = [], cases = BATCH): void =>
  void test(title, { timeout: TIMEOUT }, async () => {
    const { seed = Date.now() } = fc.readConfigureGlobal();
    for (let batch = 0; batch < BATCHES; batch += 1) await fc.assert(fc.asyncProperty(story, holds), { numRuns: cases, seed: seed + batch, examples: examples.map((one): [T] => [one]) });
  });

type Document = { readonly own: Readonly<Record<string, number>>; readonly heap: Readonly<Record<string, number>>; readonly list: readonly string[]; readonly shared: string };
const START: Document = { own: { nobody: 0 }, heap: { doomed: 0, old: 0 }, list: ['first'], shared: '' };

/** What a device does: edits, and syncs or waits. */
type Act = {
  readonly who: number;
  readonly what: 'own' | 'put' | 'list' | 'shared' | 'remove';
  readonly syncs: boolean;
  /** A device that syncs from its beginning to its end just before this one pushes. */
  readonly between: number | null;
  /** The point at which its sync is killed. */
  readonly killedAt: number | null;
};
type Fault = { readonly at: number; readonly what: 'request' | 'answer' | 'twice' };
type Story = { readonly acts: readonly Act[]; readonly faults: readonly Fault[]; readonly host: number };

/** Hosts that tell what stands on what; what the others make of deletes is the simulation's matter. */
const HOSTS = [{ baseTracking: 'none' }, {}, { baseTracking: 'push' }, { baseTracking: 'none', phpRoundTrip: true }, { baseTracking: 'none', historyLag: 2 }, { baseTracking: 'none', hashStyle: 'raw' }] as const;

const actOf = (devices: number): fc.Arbitrary<Act> =>
  fc.record({
    who: fc.nat(devices - 1),
    what: fc.constantFrom('own', 'put', 'list', 'shared', 'remove'),
    syncs: fc.boolean(),
    between: fc.option(fc.nat(devices - 1), { freq: 3 }),
    killedAt: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 4 }),
  });
const storyOf = (devices: number, most: number): fc.Arbitrary<Story> =>
  fc.record({
    acts: fc.array(actOf(devices), { minLength: 1, maxLength: most }),
    faults: fc.array(fc.record({ at: fc.nat(40), what: fc.constantFrom('request', 'answer', 'twice') }), { maxLength: 4 }),
    host: fc.nat(HOSTS.length - 1),
  });

const lost = (outcomeUnknown: boolean): ProviderError => new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true, detail: 'lost on purpose' }, 0), outcomeUnknown, 'backoff');
const isPost = (call: string): boolean => call === 'json-push' || call === 'json-resolve';
const posts = (): number => way.asked().filter(isPost).length;
/** Pushes of which the host made something else. */
const altered = async (): Promise<number> => {
  const all = way.host.control.documents.versions(KEY).map(async ({ message, content }) => {
    const [{ tag }, read] = [readMessage(message), await localTexts.read(content, {})];
    return tag !== null && read.ok && !read.facts.loose.startsWith(tag.digest);
  });
  return (await Promise.all(all)).filter((one) => one).length;
};

/** Devices that have synced one document, and a network that fails them as told. */
const together = async (count: number, story: Story) => {
  way.host.control.reset();
  way.host.control.set({ wizs: HOSTS[story.host] ?? {} });
  let [calls, faulty, faults] = [0, false, 0];
  let beforePush: (() => Promise<void>) | null = null;
  const carried = async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = faulty ? story.faults.find(({ at }) => at === calls) : undefined;
    calls += faulty ? 1 : 0;
    if (fault !== undefined) faults += 1;
    if (fault?.what === 'request') throw lost(false);
    const answer = await call();
    if (fault?.what === 'twice') return call();
    if (fault?.what === 'answer') throw lost(true);
    return answer;
  };
  const host = way.hostOf();
  const reached: DocumentSync = {
    push: async (...args) => {
      const before = beforePush;
      beforePush = null;
      await before?.();
      return carried(() => host.push(...args));
    },
    latest: (...args) => carried(() => host.latest(...args)),
    since: (...args) => carried(() => host.since(...args)),
    history: (...args) => carried(() => host.history(...args)),
    version: (...args) => carried(() => host.version(...args)),
    devices: (...args) => carried(() => host.devices(...args)),
    conflicts: (...args) => carried(() => host.conflicts(...args)),
    resolve: (...args) => carried(() => host.resolve(...args)),
  };
  const devices = Array.from({ length: count }, (_, index) => new MemoryDevice(`d${String(index)}`, () => reached));
  devices[0]?.write(START);
  for (const one of devices) await one.sync();

  const kept = { names: [] as string[], own: {} as Record<string, number>, shared: new Set(['']) };
  const edit = ({ who, what }: Act, step: number): void => {
    const one = devices[who] as MemoryDevice;
    const document = one.read() as Document;
    const name = `n${String(step)}`;
    if (what === 'own') one.write({ ...document, own: { ...document.own, [`d${String(who)}`]: step } });
    if (what === 'put') one.write({ ...document, heap: { ...document.heap, [name]: 1 } });
    if (what === 'list') one.write({ ...document, list: [...document.list, name] });
    if (what === 'shared') one.write({ ...document, shared: name });
    if (what === 'remove') one.write({ ...document, heap: Object.fromEntries(Object.entries(document.heap).filter(([key]) => key !== 'doomed')) });
    if (what === 'own') kept.own[`d${String(who)}`] = step;
    if (what === 'put' || what === 'list') kept.names.push(name);
    if (what === 'shared') kept.shared.add(name);
  };
  const play = async (kills: boolean): Promise<void> => {
    faulty = true;
    for (const [step, act] of story.acts.entries()) {
      const [one, other] = [devices[act.who] as MemoryDevice, act.between === act.who ? undefined : devices[act.between ?? count]];
      edit(act, step);
      if (!act.syncs) continue;
      beforePush = other === undefined ? null : async () => void (await other.sync());
      if (act.killedAt !== null && kills) await one.crash(act.killedAt);
      else await one.sync();
      beforePush = null;
    }
    faulty = false;
  };
  /** Syncs until all agree, with every question answered where it is asked first. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 8; round += 1) {
      let asked = 0;
      for (const one of devices) {
        for (let more = true; more; asked += more ? 1 : 0) {
          expect(await one.sync()).not.toBeNull();
          more = one.answer() > 0;
        }
      }
      const [first, ...others] = devices.map((one) => one.read());
      if (asked === 0 && others.every((other) => isDeepStrictEqual(other, first))) return;
    }
    expect(devices.map((one) => one.read())).toEqual('one document after so many rounds');
  };
  return { devices, play, settle, kept, faults: () => faults };
};

law('16 in quiet all devices have one document with all that was put in, after few pushes', storyOf(3, 6), async (story) => {
  const { devices, play, settle, kept, faults } = await together(3, story);
  await play(true);
  posts();
  const before = await altered();
  await settle();
  const { own, heap, list, shared } = devices[0]?.read() as Document;
  expect(kept.names.filter((name) => !(name in heap) && !list.includes(name))).toEqual([]);
  expect(own).toEqual({ nobody: 0, ...kept.own });
  expect([...kept.shared]).toContain(shared);
  expect([heap['old'], list.filter((one) => one === 'first')]).toEqual([0, ['first']]);
  if (story.acts.some(({ what }) => what === 'remove')) expect(heap).not.toHaveProperty('doomed');
  // What a host puts back into a push has to be said once more: that is a fault of its.
  const once = (await altered()) - before;
  expect(posts()).toBeLessThanOrEqual(2 * devices.length + faults() + once + story.acts.filter(({ killedAt }) => killedAt !== null).length);
}, [
  // A host that was never told what the third device stands on puts back what that device deleted; nothing else goes wrong.
  {
    acts: [{ who: 0, what: 'own', syncs: false, between: null, killedAt: null }, { who: 1, what: 'own', syncs: true, between: null, killedAt: null }, { who: 2, what: 'remove', syncs: false, between: null, killedAt: null }, { who: 1, what: 'own', syncs: false, between: null, killedAt: null }],
    faults: [],
    host: 2,
  },
  // The host merges a push that it knows no base of, and puts back what was deleted; the look at what it stored is lost.
  {
    acts: [{ who: 1, what: 'shared', syncs: false, between: null, killedAt: null }, { who: 0, what: 'shared', syncs: false, between: null, killedAt: null }, { who: 1, what: 'remove', syncs: true, between: null, killedAt: null }],
    faults: [{ at: 3, what: 'request' }],
    host: 2,
  },
  // A run is killed with the file written and the record not told; the file is edited, and what was merged changes once more elsewhere.
  {
    acts: [{ who: 2, what: 'own', syncs: true, between: null, killedAt: null }, { who: 0, what: 'own', syncs: true, between: null, killedAt: 7 }, { who: 2, what: 'own', syncs: true, between: null, killedAt: null }, { who: 0, what: 'own', syncs: false, between: null, killedAt: null }],
    faults: [],
    host: 0,
  },
  // The answer to a push is lost into which the host merged what another device had just sent; what was sent changes there once more.
  {
    acts: [{ who: 0, what: 'own', syncs: false, between: null, killedAt: null }, { who: 2, what: 'own', syncs: true, between: 0, killedAt: null }, { who: 1, what: 'own', syncs: false, between: null, killedAt: null }, { who: 2, what: 'own', syncs: true, between: null, killedAt: 9 }, { who: 0, what: 'own', syncs: true, between: 1, killedAt: null }],
    faults: [{ at: 5, what: 'answer' }],
    host: 1,
  },
  // What was taken from an overwritten version changes where it came from, while another place of that version is asked about.
  {
    acts: [{ who: 0, what: 'own', syncs: false, between: null, killedAt: null }, { who: 0, what: 'shared', syncs: false, between: null, killedAt: null }, { who: 1, what: 'shared', syncs: true, between: 0, killedAt: null }, { who: 0, what: 'own', syncs: false, between: null, killedAt: null }],
    faults: [],
    host: 0,
  },
]);

law('17 a run that is killed anywhere, and again, ends where it ends without that, and no push is two versions', storyOf(2, 4), async (story) => {
  const content = async (kills: boolean): Promise<unknown> => {
    const { devices, play, settle } = await together(2, { ...story, faults: [] });
    await play(kills);
    await settle();
    const ops = way.host.control.documents.versions(KEY).map(({ message }) => /\[wz1 o=(\S+)/.exec(message)?.[1] ?? message);
    expect(new Set(ops).size).toBe(ops.length);
    // What two put at one place of a list stands there in either order; who is asked about a shared place depends on who came first.
    return devices.map((one) => one.read() as Document).map(({ own, heap, list }) => ({ own, heap, list: [...list].sort() }));
  };
  expect(await content(true)).toEqual(await content(false));
});

law('18 a sync with nothing to say reads one page of the history and sends nothing, however the file is laid out', fc.tuple(storyOf(2, 4), fc.boolean()), async ([story, another]) => {
  const { devices, play, settle } = await together(2, story);
  await play(true);
  await settle();
  for (const one of devices) await one.sync();
  way.asked();
  for (const one of devices) {
    const document = one.read() as Document;
    if (another) one.write(Object.fromEntries(Object.entries(document).reverse()), 4);
    expect(await one.sync()).toBe('clean');
    expect(way.asked()).toEqual(['json-history']);
    expect(one.read()).toEqual(document);
  }
});

const side = fc.constantFrom('mine', 'theirs');
/** Two documents that know nothing of each other, and how a person answers; `goesOn`: the other device changes what both have. */
const meeting = fc.record({ sides: triples({ lists: true }), first: side, rest: side, goesOn: fc.boolean(), host: fc.nat(2) });

/** The document of a meeting with another number at the places that both have. */
const withN = (document: JsonValue, n: number): JsonValue => {
  const { deep, items: [item] } = document as { deep: object; items: [object] };
  return { ...(document as object), n, deep: { ...deep, n }, items: [{ ...item, n }] } as JsonValue;
};

/** The places that questions are about, as `lostChanges` names them. */
const namedBy = (paths: readonly TextPath[]): ((path: readonly string[]) => boolean) => {
  const places = paths.map((path) => path.filter((step) => typeof step === 'string' || 'idKey' in step).map((step) => (typeof step === 'string' ? step : `#${step.idValue}`)));
  return (path) => places.some((place) => place.every((step, i) => step === path[i]));
};

law('a first meeting asks the same until it is answered, and nothing is lost that only one of them had', meeting, async ({ sides, first, rest, goesOn, host }) => {
  way.host.control.reset();
  way.host.control.set({ wizs: HOSTS[host] ?? {} });
  const [c, d] = [new MemoryDevice('c', way.hostOf), new MemoryDevice('d', way.hostOf)];
  const of = (one: string, v: JsonValue, n: number): JsonValue => ({ n, deep: { n, [one]: 1 }, items: [{ id: 1, v, n, [one]: 1 }], [one]: 1 });
  const [there, here] = [of('c', sides.theirs, 1), of('d', sides.mine, 1)];
  c.write(there);
  d.write(here);
  for (const one of [c, d]) await one.sync();
  const [file, asked] = [d.read() as JsonValue, d.questions()];
  const isAskedStill = async (expected: JsonValue): Promise<void> => {
    expect(await d.sync()).toBe(asked.length > 0 ? 'conflict' : 'clean');
    expect([equal(d.read() as JsonValue, expected), d.questions().map(({ id }) => id)]).toEqual([true, asked.map(({ id }) => id)]);
  };
  await isAskedStill(file);
  await d.crash(Infinity);
  await isAskedStill(file);
  const after = goesOn ? 2 : 1;
  if (goesOn) {
    // Whoever asked nothing has sent its document: that is what the other goes on from.
    await c.sync();
    c.write(withN(c.read() as JsonValue, after));
    await c.sync();
    await isAskedStill(withN(file, after));
  }
  d.answer(first, 1);
  await d.sync();
  expect(d.questions().map(({ id }) => id)).toEqual(asked.slice(1).map(({ id }) => id));
  d.answer(rest);
  for (const one of [d, c, d]) expect(await one.sync()).toBe('clean');
  const [result, other] = [d.read() as JsonValue, c.read() as JsonValue];
  expect(equal(result, other)).toBe(true);
  const names = namedBy(asked.map(({ path }) => path));
  for (const [one, another] of [[there, here], [here, there]] as const) expect(lostChanges([], { base: undefined, side: withN(one, after), other: withN(another, after), result }, names)).toEqual([]);
  // Its documents are large, and each case is a dozen syncs.
}, [], BATCH / 4);
