import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import type { SwitchChanges } from '../../src/host';
import { problemOf } from '../../src/lib/picferry-error';
import { localTexts } from '../../src/main/sync/local-texts';
import { readMessage } from '../../src/main/sync/tag';
import type { DocumentSync } from '../../src/main/providers/contract';
import { ProviderError } from '../../src/main/providers/errors';
import { MemoryDevice } from './memory-device';
import type { ShortWay } from './short-way';
import { KEY } from './sync-world';

/** A kind of host, and what its nature takes away from the promises that hold at every other one. */
export type WritersHost = {
  readonly name: string;
  readonly switches: NonNullable<SwitchChanges['wizs']>;
  /** What it stores instead of a push, or loses, is what ancestry is told by: questions may come, which are answered by what the writer wrote last. */
  readonly asks?: boolean;
  /** Loses its last versions once. */
  readonly rollsBack?: boolean;
  /** It loses versions: what is put in again just as it was may be taken for what the host brought back, and goes once more. */
  readonly confuses?: boolean;
  /** Only who overwrote a version unseen knows of it: until that device syncs again, others may go on without it. What is written again just as it was may then be taken for what stood there before. */
  readonly unseen?: boolean;
  /** What was taken out may come back, which is the safe direction. */
  readonly returns?: boolean;
};

/** Places at which a device alone writes: at the top, in an object of all, in one of its own, and in an element with an identity. */
const PLACES = ['top', 'heap', 'own', 'item'] as const;
type Place = (typeof PLACES)[number];
/** So few that values are set back and come again. */
export type Value = 0 | 1 | 2 | 'gone';

export type WritersAct = {
  readonly who: number;
  readonly place: Place;
  readonly value: Value;
  readonly syncs: boolean;
  /** A device that syncs from its beginning to its end just before this one pushes. */
  readonly between: number | null;
  /** What this device's person writes at the same place just after the push left. */
  readonly meanwhile: Value | null;
  /** The point at which the sync is killed. */
  readonly killedAt: number | null;
};
/** `page`: the host answers with something else and has done nothing; `again`: the first of two answers is read, `twice`: the second one. */
export type WritersFault = { readonly at: number; readonly what: 'request' | 'answer' | 'page' | 'twice' | 'again' };
export type WritersStory = {
  readonly devices: number;
  /** Devices that have the same document from the beginning; the others meet it by their first sync. */
  readonly together: number;
  readonly acts: readonly WritersAct[];
  readonly faults: readonly WritersFault[];
  /** Where a host loses versions: before which act, and how many. */
  readonly loss: { readonly before: number; readonly versions: number };
};

const MOST_DEVICES = 4;
const valueOf = fc.constantFrom<Value>(0, 1, 2, 'gone');
const actOf = fc.record({
  who: fc.nat(MOST_DEVICES - 1),
  place: fc.constantFrom(...PLACES),
  value: valueOf,
  syncs: fc.boolean(),
  between: fc.option(fc.nat(MOST_DEVICES - 1), { freq: 3 }),
  meanwhile: fc.option(valueOf, { freq: 2 }),
  killedAt: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 2 }),
});
export const writersStory = (most: number): fc.Arbitrary<WritersStory> =>
  fc.record({
    devices: fc.integer({ min: 2, max: MOST_DEVICES }),
    together: fc.oneof({ weight: 3, arbitrary: fc.constant(MOST_DEVICES) }, { weight: 1, arbitrary: fc.nat(MOST_DEVICES - 1) }),
    acts: fc.array(actOf, { minLength: 1, maxLength: most }),
    faults: fc.array(fc.record({ at: fc.nat(60), what: fc.constantFrom<WritersFault['what']>('request', 'answer', 'page', 'twice', 'again') }), { maxLength: 4 }),
    loss: fc.record({ before: fc.nat(most - 1), versions: fc.integer({ min: 1, max: 3 }) }),
  });

type Element = { readonly id: string; readonly v: number };
type Document = { readonly heap?: Readonly<Record<string, number>>; readonly own?: Readonly<Record<string, Readonly<Record<string, number>>>>; readonly items?: readonly Element[]; readonly [top: string]: unknown };

const START: Document = { heap: {}, own: {}, items: [{ id: 'nobody', v: 0 }] };
const nameOf = (who: number): string => `d${String(who)}`;
const changed = (members: Readonly<Record<string, unknown>> | undefined, key: string, value: Value): Record<string, unknown> => {
  const { [key]: _before, ...rest } = { ...members };
  return value === 'gone' ? rest : { ...rest, [key]: value };
};

const written = (document: Document, who: number, place: Place, value: Value): Document => {
  const name = nameOf(who);
  const { heap, own, items = [] } = document;
  if (place === 'top') return changed(document, name, value);
  if (place === 'heap') return { ...document, heap: changed(heap, name, value) as Record<string, number> };
  if (place === 'own') return { ...document, own: { ...own, [name]: changed(own?.[name], 'v', value) as Record<string, number> } };
  const at = items.findIndex(({ id }) => id === name);
  if (value === 'gone') return { ...document, items: items.filter(({ id }) => id !== name) };
  return { ...document, items: at < 0 ? [...items, { id: name, v: value }] : items.map((one, index) => (index === at ? { ...one, v: value } : one)) };
};

const found = (document: Document, who: number, place: Place): Value => {
  const name = nameOf(who);
  const value = place === 'top' ? document[name] : place === 'heap' ? document.heap?.[name] : place === 'own' ? document.own?.[name]?.['v'] : document.items?.find(({ id }) => id === name)?.v;
  return (value ?? 'gone') as Value;
};

/** The document without what is nobody's: the order of elements, and what a host makes of empty objects. */
const comparable = (document: Document | null): unknown => {
  const isEmpty = (one: unknown): boolean => typeof one === 'object' && one !== null && Object.keys(one).length === 0;
  const plain = (one: unknown): unknown => {
    if (isEmpty(one)) return {};
    if (Array.isArray(one)) return [...(one as Element[])].sort((a, b) => (a.id < b.id ? -1 : 1));
    return typeof one === 'object' && one !== null ? Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, plain(inner)])) : one;
  };
  return plain(document);
};

const lost = (outcomeUnknown: boolean): ProviderError => new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true, detail: 'lost on purpose' }, 0), outcomeUnknown, 'backoff');
const isPost = (call: string): boolean => call === 'json-push' || call === 'json-resolve';

/** What a network does to a device's calls, as a story tells. */
const faultyNetwork = (host: DocumentSync, faults: readonly WritersFault[]) => {
  const network = { faulty: false, faults: 0, calls: 0, beforePush: null as (() => Promise<void>) | null, afterPush: null as (() => void) | null };
  const carried = async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = network.faulty ? faults.find(({ at }) => at === network.calls) : undefined;
    if (network.faulty) network.calls += 1;
    if (fault === undefined) return call();
    network.faults += 1;
    if (fault.what === 'request' || fault.what === 'page') throw lost(fault.what === 'page');
    const answer = await call();
    if (fault.what === 'answer') throw lost(true);
    const second = await call();
    return fault.what === 'twice' ? second : answer;
  };
  const reached: DocumentSync = {
    push: async (...args) => {
      const [before, after] = [network.beforePush, network.afterPush];
      [network.beforePush, network.afterPush] = [null, null];
      await before?.();
      after?.();
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
  return { network, reached };
};

const ROUNDS = 8;

/** A question about more than one writer's place, which nobody can answer for all of them. */
class Unanswerable extends Error {}

/** Plays a story and says which promises were not kept; nothing: all were. Where a host `asks`, a question about places of several writers ends it. */
export const brokenPromises = async (way: ShortWay, kind: WritersHost, story: WritersStory): Promise<readonly string[]> => {
  const broken = new Set<string>();
  try {
    await play(way, kind, story, broken);
  } catch (error) {
    if (!(error instanceof Unanswerable)) throw error;
  }
  return [...broken];
};

const play = async (way: ShortWay, kind: WritersHost, story: WritersStory, broken: Set<string>): Promise<void> => {
  const { host } = way;
  host.control.reset();
  host.control.set({ wizs: kind.switches });
  const { network, reached } = faultyNetwork(way.hostOf(), story.faults);
  const devices = Array.from({ length: story.devices }, (_, index) => new MemoryDevice(nameOf(index), () => reached));
  const truth = devices.map(() => new Map<Place, Value>());
  /** All that was written at a place, the last one last. */
  const told = devices.map(() => new Map<Place, Value[]>());
  const documentOf = (one: MemoryDevice): Document => (one.read() ?? {}) as Document;

  const isAllowed = (who: number, place: Place, there: Value): boolean => {
    const values = told[who]?.get(place) ?? [];
    const last = values.at(-1);
    if (there === last) return true;
    if (last === 'gone') return kind.returns === true;
    if (kind.unseen === true && last !== undefined && values.indexOf(last) < values.length - 1) return there === 'gone' || values.includes(there);
    const isAgain = last !== undefined && values.includes('gone') && values.indexOf(last) < values.lastIndexOf('gone');
    return kind.confuses === true && there === 'gone' && isAgain;
  };
  /** Every file has at its own places what its person wrote there last, whatever else happens. */
  const look = (when: string): void => {
    if (kind.unseen === true && story.acts.some(({ between }) => between !== null)) return;
    for (const [who, one] of devices.entries())
      for (const [place, value] of truth[who] ?? []) {
        const there = found(documentOf(one), who, place);
        if (!isAllowed(who, place, there)) broken.add(`own file: ${String(value)} became ${String(there)} ${when}`);
      }
  };
  const write = (who: number, place: Place, value: Value): void => {
    const one = devices[who] as MemoryDevice;
    one.write(written(documentOf(one), who, place, value));
    truth[who]?.set(place, value);
    told[who]?.set(place, [...(told[who].get(place) ?? []), value]);
  };
  const answered = async (one: MemoryDevice, outcome: Awaited<ReturnType<MemoryDevice['sync']>>): Promise<boolean> => {
    // An answer that meets a fault is given again at the next sync.
    if (outcome === 'rolled-back' && !(await one.answerRollback('mine'))) return false;
    const asked = one.questions();
    if (asked.length === 0) return outcome === 'rolled-back';
    if (kind.asks !== true) broken.add('a question');
    for (const { path, mine } of asked) {
      const [name] = path.map((step) => (typeof step === 'string' ? step : 'idValue' in step ? step.idValue.replaceAll('"', '') : '')).filter((step) => /^d\d$/.test(step));
      const who = devices.findIndex((_, index) => nameOf(index) === name);
      if (who < 0) throw new Unanswerable();
      const place = PLACES.find((one) => path.some((step) => (typeof step === 'string' ? step === one : one === 'item'))) ?? 'top';
      const value = truth[who]?.get(place) ?? 'gone';
      // The whole of an element or of a member, or what is in it.
      const offered = mine === undefined || mine === null ? 'gone' : (JSON.parse(mine) as number | { readonly v?: number });
      one.answer((typeof offered === 'object' ? (offered.v ?? 'gone') : offered) === value ? 'mine' : 'theirs', 1);
    }
    return true;
  };
  const sync = async (one: MemoryDevice): Promise<void> => {
    for (let more = true; more; ) more = await answered(one, await one.sync());
  };

  if (story.together > 0) devices[0]?.write(START);
  for (const one of devices.slice(0, story.together)) await one.sync();
  network.faulty = true;
  let kills = 0;
  for (const [step, { who: of, place, value, syncs, between, meanwhile, killedAt }] of story.acts.entries()) {
    const who = of % devices.length;
    const [one, other] = [devices[who] as MemoryDevice, between === null || between % devices.length === who ? undefined : devices[between % devices.length]];
    if (kind.rollsBack === true && step === story.loss.before) host.control.documents.rollBack({ file_key: KEY, version: Math.max(1, host.control.documents.versions(KEY).length - story.loss.versions) });
    write(who, place, value);
    if (!syncs) continue;
    network.beforePush = other === undefined ? null : async () => sync(other);
    network.afterPush = meanwhile === null ? null : () => write(who, place, meanwhile);
    if (killedAt !== null) {
      await one.crash(killedAt);
      kills += 1;
    } else await sync(one);
    [network.beforePush, network.afterPush] = [null, null];
    look(`after act ${String(step)}`);
  }
  network.faulty = false;

  way.asked();
  const altered = async (): Promise<number> => {
    const all = host.control.documents.versions(KEY).map(async ({ message, content }) => {
      const [{ tag }, read] = [readMessage(message), await localTexts.read(content, {})];
      return tag !== null && read.ok && !read.facts.loose.startsWith(tag.digest);
    });
    return (await Promise.all(all)).filter((one) => one).length;
  };
  const before = await altered();
  let agreed = false;
  for (let round = 0; round < ROUNDS && !agreed; round += 1) {
    for (const one of devices) await sync(one);
    look('in quiet');
    const head = JSON.parse(host.control.documents.versions(KEY).at(-1)?.content ?? 'null') as Document | null;
    agreed = devices.every((one) => isDeepStrictEqual(comparable(documentOf(one)), comparable(head)));
  }
  if (!agreed) broken.add('no one document');
  const allowed = 2 * devices.length + network.faults + kills + (await altered()) - before;
  const posts = way.asked().filter(isPost).length;
  if (posts > allowed) broken.add('too many pushes');
  for (const one of devices) if ((await one.sync()) !== 'clean') broken.add('not clean at rest');
  if (way.asked().some(isPost)) broken.add('a push at rest');
  for (const [who, values] of truth.entries())
    for (const [place, value] of values)
      for (const [of, one] of devices.entries()) {
        const there = found(documentOf(one), who, place);
        if (!isAllowed(who, place, there)) broken.add(`lost: ${String(value)} is ${String(there)} ${of === who ? 'at its writer' : 'elsewhere'}`);
      }
};
