import type { FaultInput, SwitchChanges } from '../../src/host';
import { badNetwork, CALM, type BadNetwork, type Weather } from './bad-network';
import { randomOf } from './random';
import { KEY, type SimulatedWorld } from './sync-world';

/** What every device edits: numbers of its own, a few places of all, and a heap where all put things in and take things out. */
export type Shared = {
  readonly owns: Readonly<Record<string, number>>;
  readonly shared: Readonly<Record<string, string>>;
  readonly heap: Readonly<Record<string, number>>;
  /** Like the heap, and now and then somebody takes everything out. */
  readonly bags: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly empty: object;
};

/** One client under test, with its copy of the document. */
export interface Client {
  read(): Shared;
  write(document: Shared): void;
  /** One sync as a watcher makes it, with every question answered; false when it did not come through. */
  sync(): Promise<boolean>;
  /** Stops at some point of its next sync, if it can, and starts anew. */
  crash?(random: () => number): Promise<void>;
  /** Questions about places that only one device ever changed. */
  readonly needlessQuestions: () => number;
}

export type MakeClient = (name: string, network: BadNetwork) => Client;

/** What a host does, of the ways that SYNC.md C2 lists. */
export type HostMode = {
  readonly name: string;
  readonly switches: NonNullable<SwitchChanges['wizs']>;
  /** Faults of the host itself; one of them strikes now and then. */
  readonly faults?: readonly FaultInput[];
  readonly rollback?: boolean;
  /** The host loses what ancestry is told by, so that questions may come twice. */
  readonly forgets?: boolean;
};

export const hostModes: readonly HostMode[] = [
  { name: 'last write wins', switches: { baseTracking: 'none' } },
  { name: 'shallow merge', switches: { autoMerge: 'shallow', baseTracking: 'push' } },
  { name: 'deep merge', switches: { autoMerge: 'deep', baseTracking: 'push' } },
  { name: 'numbers used twice', switches: { versionReuse: true }, forgets: true },
  { name: 'late history', switches: { historyLag: 2, baseTracking: 'none' } },
  { name: 'cut messages', switches: { messageMax: 12, baseTracking: 'none' }, forgets: true },
  { name: 'empty objects folded', switches: { phpRoundTrip: true, baseTracking: 'none' } },
  { name: 'pages instead of answers', switches: { baseTracking: 'none' }, faults: [{ call: 'json-push', html: true }, { call: 'json-push', html: true, afterWork: true }, { call: 'json-pull', html: true }] },
  { name: '500 after the commit', switches: { baseTracking: 'none' }, faults: [{ call: 'json-push', status: 500, afterWork: true }] },
  { name: 'rolled back once', switches: { baseTracking: 'none' }, rollback: true, forgets: true },
];

export type Simulation = {
  readonly world: SimulatedWorld;
  readonly mode: HostMode;
  readonly seed: number;
  readonly devices: number;
  /** Edits of each device. */
  readonly edits: number;
  /** Edits between two syncs of a device, on average. */
  readonly editsPerSync: number;
  readonly weather: Weather;
  readonly crashes: number;
  readonly client: MakeClient;
};

export type Outcome = {
  readonly inserts: number;
  readonly lostInserts: number;
  readonly sets: number;
  readonly lostSets: number;
  /** Edits that a host forgot after all who knew of them had left for good. */
  readonly leftBehind: number;
  readonly deletes: number;
  readonly resurrected: number;
  readonly needlessQuestions: number;
  /** Different documents at the end; 1 when all agree. */
  readonly documents: number;
  /** What became something else without anybody's doing. An empty object stays one where it was written; no host that folds it shows others what it was. */
  readonly strays: number;
  readonly requests: number;
  readonly faults: number;
  /** Pushes after the last edit, until all agreed. */
  readonly pushesAfterQuiet: number;
  /** Pushes of a further round in which nobody had anything to say. */
  readonly pushesAtRest: number;
  readonly milliseconds: number;
};

const QUIET_ROUNDS = 12;
export const NOTHING: Shared = { owns: {}, shared: {}, heap: {}, bags: { a: {}, b: {} }, empty: {} };
const PLACES = ['x', 'y', 'z'] as const;
const BAGS = ['a', 'b'] as const;

type Book = { readonly inserted: Set<string>; readonly deleted: Set<string>; readonly own: Map<string, number>; sets: number };

/** A document that is being edited: the heap in its order, since a number says which of it is taken out. */
type Desk = { readonly owns: Record<string, number>; readonly shared: Record<string, string>; readonly keys: string[]; readonly heap: Map<string, number>; readonly bags: Record<string, Readonly<Record<string, number>>> };

const onDesk = ({ owns, shared, heap, bags }: Shared): Desk => ({ owns: { ...owns }, shared: { ...shared }, keys: Object.keys(heap), heap: new Map(Object.entries(heap)), bags: { ...bags } });

/** A heap of more than this is tidied: what would be put in is taken out. Documents stay of a size that people have, however long a story is. */
const MOST_IN_HEAP = 1_500;

/** One person's edit. What was taken out of the heap is never put in again, so that whatever comes back came by itself. */
const edit = (desk: Desk, name: string, step: number, random: () => number, book: Book): void => {
  const drawn = random();
  const kind = desk.keys.length > MOST_IN_HEAP && drawn >= 0.25 && drawn < 0.5 ? 0 : drawn;
  const id = `${name}-${String(step)}`;
  if (kind < 0.15 && desk.keys.length > 0) {
    const [gone = ''] = desk.keys.splice(Math.floor(random() * desk.keys.length), 1);
    book.deleted.add(gone);
    desk.heap.delete(gone);
  } else if (kind < 0.17) {
    const bag = BAGS[Math.floor(random() * BAGS.length)] ?? 'a';
    for (const key of Object.keys(desk.bags[bag] ?? {})) book.deleted.add(key);
    desk.bags[bag] = {};
  } else if (kind < 0.25) {
    const bag = BAGS[Math.floor(random() * BAGS.length)] ?? 'a';
    book.inserted.add(id);
    desk.bags[bag] = { ...desk.bags[bag], [id]: step };
  } else if (kind < 0.5) {
    book.inserted.add(id);
    desk.keys.push(id);
    desk.heap.set(id, step);
  } else if (kind < 0.9) {
    const place = `${name}.${String(Math.floor(random() * 3))}`;
    book.own.set(place, step);
    book.sets += 1;
    desk.owns[place] = step;
  } else desk.shared[PLACES[Math.floor(random() * PLACES.length)] ?? 'x'] = id;
};

/** A document after some edits of one person. */
const edited = (document: Shared, name: string, steps: readonly number[], random: () => number, book: Book): Shared => {
  const desk = onDesk(document);
  for (const step of steps) edit(desk, name, step, random, book);
  return { ...document, owns: desk.owns, shared: desk.shared, heap: Object.fromEntries(desk.heap), bags: desk.bags };
};

const isPush = (call: string): boolean => call === 'json-push' || call === 'json-resolve';

/** The form in which two devices have the same document: a host that folds empty objects shows them to others as lists. */
const comparable = (document: Shared): string => {
  const sorted = (record: object): unknown => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(document.owns), sorted(document.shared), sorted(document.heap), BAGS.map((bag) => sorted(document.bags[bag] ?? {})), Object.keys(document.empty)]);
};

const keysOf = (document: Shared): readonly string[] => [document.heap, ...Object.values(document.bags)].flatMap((one) => Object.keys(one));

const factOfSet = ([place, value]: readonly [string, number]): string => `${place}=${String(value)}`;
/** What is in a document, each by a name. */
const factsOf = (document: Shared): readonly string[] => [...keysOf(document), ...Object.entries(document.owns).map(factOfSet)];

/** What a device's document ever held, and what went from it. */
const memory = () => {
  const [had, letGo] = [new Set<string>(), new Set<string>()];
  return {
    had,
    letGo,
    look: (document: Shared): void => {
      const now = new Set(factsOf(document));
      for (const fact of had) if (!now.has(fact)) letGo.add(fact);
      for (const fact of now) had.add(fact);
    },
  };
};

let runs = 0;

/** Devices edit and sync in turns over a bad network, some leave for good; then the network is mended and the others sync until all agree. */
export async function simulate({ world, mode, seed, devices: count, edits, editsPerSync, weather, crashes, client }: Simulation): Promise<Outcome> {
  const began = performance.now();
  const run = (runs += 1);
  const random = randomOf(seed);
  const network = badNetwork(random, CALM);
  await world.host.control.reset();
  world.host.control.set({ wizs: mode.switches });
  const names = Array.from({ length: count }, (_, index) => `d${String(index)}`);
  const devices = names.map((name) => ({ name, client: client(`run-${String(run)}-${name}`, network), left: edits, memory: memory() }));
  devices[0]?.client.write({ owns: { nobody: 0 }, shared: { nobody: '' }, heap: { nobody: 0 }, bags: { a: {}, b: {} }, empty: {} });
  let requests = 0;
  const asked = (): readonly string[] => {
    const calls = world.asked();
    requests += calls.length;
    return calls;
  };
  asked();
  requests = 0;
  for (const one of devices) await one.client.sync();

  network.weather = weather;
  const book: Book = { inserted: new Set(), deleted: new Set(), own: new Map(), sets: 0 };
  const gone = new Set<(typeof devices)[number]>();
  const turns = Math.ceil((count * edits) / editsPerSync);
  const crashEvery = crashes === 0 ? Infinity : Math.max(1, Math.floor(turns / (crashes * count)));
  for (let turn = 0; turn < turns; turn += 1) {
    if (turn % 16 === 0) asked();
    const busy = devices.filter(({ left }) => left > 0);
    const one = busy[Math.floor(random() * busy.length)];
    if (one === undefined) break;
    const now = Math.min(one.left, 1 + Math.floor(random() * (2 * editsPerSync - 1)));
    const before = one.client.read();
    one.memory.look(before);
    const document = edited(before, one.name, Array.from({ length: now }, (_, step) => edits - one.left + step), random, book);
    one.left -= now;
    one.client.write(document);
    one.memory.look(document);
    if (mode.faults !== undefined && random() < 0.3) world.host.control.failNext(mode.faults[Math.floor(random() * mode.faults.length)] ?? {});
    if (mode.rollback === true && turn === Math.floor(turns / 2)) world.host.control.documents.rollBack({ file_key: KEY, version: Math.max(1, world.host.control.documents.versions(KEY).length - 3) });
    if (turn % crashEvery === crashEvery - 1) await one.client.crash?.(random);
    const others = devices.filter((other) => other !== one && !gone.has(other));
    const beside = others.filter(() => random() < 1.5 / others.length).slice(0, 3);
    await Promise.all([one, ...beside].map((each) => each.client.sync()));
    for (const each of [one, ...beside]) each.memory.look(each.client.read());
    if (one.left > 0 || gone.size >= count / 4) continue;
    // It has said all it had to say, and is told that all is well: nobody hears of it again.
    gone.add(one);
    network.weather = CALM;
    await Promise.all([one, ...beside].map((each) => each.client.sync()));
    for (const each of [one, ...beside]) each.memory.look(each.client.read());
    network.weather = weather;
  }

  network.weather = CALM;
  const staying = devices.filter((one) => !gone.has(one));
  asked();
  let pushesAfterQuiet = 0;
  let differing = staying.length;
  for (let round = 0; round < QUIET_ROUNDS && (differing > 1 || round < 2); round += 1) {
    for (const one of staying) await one.client.sync();
    pushesAfterQuiet += asked().filter(isPush).length;
    differing = new Set(staying.map((one) => comparable(one.client.read()))).size;
  }
  for (const one of staying.slice(0, 10)) await one.client.sync();
  const pushesAtRest = asked().filter(isPush).length;

  const final = staying[0]?.client.read() ?? NOTHING;
  const there = new Set(keysOf(final));
  const takenAlong = new Set([...gone].flatMap(({ client: left }) => factsOf(left.read())));
  const isLost = (fact: string): boolean => staying.some(({ memory: { had } }) => had.has(fact)) || !takenAlong.has(fact);
  const missing = [...book.inserted].filter((key) => !book.deleted.has(key) && !there.has(key));
  const unset = [...book.own].filter(([place, value]) => final.owns[place] !== value).map(factOfSet);
  const back = [...book.deleted].filter((key) => there.has(key));
  const [lostInserts, lostSets] = [missing.filter(isLost), unset.filter(isLost)];
  const resurrected = back.filter((key) => staying.some(({ memory: { letGo } }) => letGo.has(key)) || ![...gone].some(({ memory: { letGo } }) => letGo.has(key)));
  return {
    inserts: book.inserted.size,
    lostInserts: lostInserts.length,
    sets: book.sets,
    lostSets: lostSets.length,
    leftBehind: missing.length + unset.length + back.length - lostInserts.length - lostSets.length - resurrected.length,
    deletes: book.deleted.size,
    resurrected: resurrected.length,
    needlessQuestions: devices.reduce((sum, one) => sum + one.client.needlessQuestions(), 0),
    documents: differing,
    strays: [...there].filter((key) => key !== 'nobody' && !book.inserted.has(key)).length + (Array.isArray(devices[0]?.client.read().empty) || Object.keys(final.empty).length > 0 ? 1 : 0),
    requests,
    faults: network.faults(),
    pushesAfterQuiet,
    pushesAtRest,
    milliseconds: performance.now() - began,
  };
}
