import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { answerLost, interrupted } from '../../../test/sync/interrupted';
import { DOCUMENT, KEY, startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { DocumentSync } from '../providers/contract';
import { localTexts } from './local-texts';
import { DIGEST_LENGTH, tagText, UNTOLD as NOT_TOLD } from './tag';

let world: SimulatedWorld;
beforeAll(() => {
  world = startShortWorld();
});
afterAll(() => world.stop());
// As PHP's arrays do: `{}` is stored as `[]`.
beforeEach(() => {
  world.host.control.reset();
  world.host.control.set({ wizs: { phpRoundTrip: true, baseTracking: 'none' } });
});

let made = 0;
const device = (): TestDevice => world.device(`device-${(made += 1)}`);
const pair = async (start: unknown): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = [device(), device()];
  a.write(start);
  await a.sync();
  await b.sync();
  return [a, b];
};
/** Rounds of syncs in which nobody is asked anything. */
const settle = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (let round = 0; round < 4; round += 1) for (const one of devices) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
};

it.each(['the one that emptied it', 'the one that added'])('an object that one device empties and another adds to keeps what was added: %s syncs first', async (first) => {
  const [a, b] = await pair({ o: { x: 1 }, n: 1 });
  a.write({ o: {}, n: 1 });
  b.write({ o: { x: 1, y: 2 }, n: 1 });
  await settle(...(first === 'the one that added' ? [b, a] : [a, b]));
  for (const one of [a, b]) expect(one.read()).toEqual({ o: { y: 2 }, n: 1 });
});
it('an emptied object is an empty object on the other device as well, and both may add to it', async () => {
  const [a, b] = await pair({ o: { x: 1 }, n: 1 });
  a.write({ o: {}, n: 1 });
  await settle(a, b);
  expect(b.read()).toEqual({ o: {}, n: 1 });
  a.write({ o: { z: 1 }, n: 1 });
  b.write({ o: { y: 1 }, n: 1 });
  await settle(a, b);
  for (const one of [a, b]) expect(one.read()).toEqual({ o: { y: 1, z: 1 }, n: 1 });
});
it('devices that never saw anything but the list add to what was an empty object', async () => {
  const [a, b] = await pair({ o: {}, n: 1 });
  const c = device();
  await c.sync();
  c.write({ o: { c: 1 }, n: 1 });
  a.write({ o: { z: 1 }, n: 1 });
  b.write({ o: { y: 1 }, n: 2 });
  await settle(c, a, b);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ o: { c: 1, y: 1, z: 1 }, n: 2 });
});
it('a list stays a list', async () => {
  const [a, b] = await pair({ o: {}, list: ['x'], n: 1 });
  a.write({ o: {}, list: [], n: 1 });
  await settle(a, b);
  expect(b.read()).toMatchObject({ list: [], n: 1 });
  b.write({ ...(b.read() as object), list: ['y'] });
  await settle(b, a);
  expect(a.read()).toEqual({ o: {}, list: ['y'], n: 1 });
});

/** Documents whose objects the host makes lists of. */
const folding: readonly (readonly [string, unknown])[] = [
  ['one empty object', { o: {}, n: 1 }],
  ['an empty object beside an empty list', { o: {}, list: [], items: ['a'] }],
  ['keys that count up', { o: { 0: 'x' }, two: { 0: 'x', 1: { 0: {} } }, list: ['x', 'y'] }],
  ['an empty object in every item', { items: Array.from({ length: 40 }, (_, id) => ({ id, meta: {}, tags: [] })) }],
  ['an empty object in one item of many', { items: Array.from({ length: 40 }, (_, id) => ({ id, meta: id === 17 ? {} : [] })) }],
  ['the whole document', {}],
];
it.each(folding)('a device that meets a document for the first time gets its objects: %s', async (_name, document) => {
  const [a, b, c] = [device(), device(), device()];
  a.write(document);
  await a.sync();
  await b.sync();
  expect(b.read()).toEqual(document);
  // And in what came since.
  a.write({ of: document, later: { in: {}, list: [] } });
  await a.sync();
  await settle(b, c, a);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ of: document, later: { in: {}, list: [] } });
  expect(b.service.status(DOCUMENT).folded).toBeUndefined();
});
it.each(['use-cloud', 'merge'] as const)('a first meeting that begins with %s gets them too, and so does a version that is shown or put back', async (how) => {
  const [a, b] = [device(), world.device(`began-with-${how}`, { add: false })];
  a.write({ o: {}, list: [], n: 1 });
  await a.sync();
  b.write(how === 'merge' ? { mine: 1 } : { o: 'else' });
  b.service.add(DOCUMENT, b.file, { ask: true });
  await b.sync();
  await b.service.begin(DOCUMENT, how);
  await b.sync();
  expect(b.read()).toEqual({ o: {}, list: [], n: 1, ...(how === 'merge' ? { mine: 1 } : {}) });
  b.write({ o: { z: 1 }, list: [1], n: 2 });
  await b.sync();
  expect(JSON.parse(await b.service.show(DOCUMENT, 1))).toEqual({ o: {}, list: [], n: 1 });
  await b.service.restore(DOCUMENT, 1);
  expect(b.read()).toMatchObject({ o: {}, list: [], n: 1 });
});

/** So many places, each an object or not by itself, that no search tells them. */
const UNTOLD = { items: Array.from({ length: 60 }, (_, n) => ({ n, meta: n % 3 === 0 ? {} : [] })) };
it('says that objects became lists where nothing tells which, and costs no other device its objects', async () => {
  const [a, b, c] = [device(), device(), device()];
  a.write(UNTOLD);
  await a.sync();
  expect(await b.sync()).toMatchObject({ state: 'clean', folded: true });
  b.write({ ...(b.read() as object), ofB: 1 });
  expect(await b.sync()).toMatchObject({ state: 'clean', folded: true });
  // It does not pass for a document that never held any.
  expect(await c.sync()).toMatchObject({ state: 'clean', folded: true });
  expect((await a.sync()).folded).toBeUndefined();
  expect(a.read()).toEqual({ ...UNTOLD, ofB: 1 });
  b.restart();
  expect(b.service.status(DOCUMENT).folded).toBe(true);
  // The next step that is named: the file from the device that it came from.
  a.write({ ...UNTOLD, ofB: 1, ofA: 1 });
  await a.sync();
  for (const one of [b, c]) one.writeText(a.text());
  await settle(b, c, a);
  for (const one of [a, b, c]) expect([one.read(), one.service.status(DOCUMENT).folded]).toEqual([{ ...UNTOLD, ofB: 1, ofA: 1 }, undefined]);
});

/** The same, as keys of one object. */
const MANY = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${String(n)}`, n % 3 === 0 ? {} : []]));
const foldedAt = (...devices: readonly TestDevice[]): readonly (boolean | undefined)[] => devices.map((one) => one.service.status(DOCUMENT).folded);
/** A device that made the document, and one that cannot tell what was in it. */
const untoldPair = async (start: object): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = await pair({ ...start, many: MANY });
  expect(foldedAt(a, b)).toEqual([undefined, true]);
  return [a, b];
};
const objectsIn = (value: unknown): number => (typeof value !== 'object' || value === null ? 0 : (Array.isArray(value) ? 0 : 1) + Object.values(value).reduce<number>((sum, one) => sum + objectsIn(one), 0));

it('a version whose objects cannot be told is shown and put back as it is stored', async () => {
  const [, b] = await untoldPair({ n: 1 });
  // Of some of them a search would find a digest that begins like the mark.
  for (const n of [2, 3, 4]) {
    b.write({ ...(b.read() as object), n });
    await b.sync();
    expect(objectsIn(JSON.parse(await b.service.show(DOCUMENT, n)))).toBe(2);
  }
  b.write({ tags: [], items: [[], ['a']], n: 5 });
  await b.sync();
  b.write({ tags: ['t'], items: [], n: 6 });
  await b.sync();
  await b.service.restore(DOCUMENT, 5);
  expect(b.read()).toEqual({ tags: [], items: [[], ['a']], n: 5 });
});
it('a host that keeps objects is not taken for one that makes lists of them because a device could not tell', async () => {
  world.host.control.set({ wizs: { phpRoundTrip: false, baseTracking: 'none' } });
  const text = '{"n": 1, "l": []}';
  const read = await localTexts.read(text, {});
  const digest = read.ok ? read.facts.loose.slice(0, DIGEST_LENGTH) : '';
  await world.hostOf().push({ fileKey: KEY, text, deviceId: 'else', deviceName: 'else', message: tagText({ op: 'A', base: 0, merged: [], digest, exact: NOT_TOLD }) }, { signal: new AbortController().signal });
  const c = device();
  // Nothing that it stands on tells it.
  expect(await c.sync()).toMatchObject({ state: 'clean', folded: true });
  c.write({ n: 1, l: {} });
  await c.sync();
  expect(JSON.parse(world.host.control.documents.versions(KEY).at(-1)?.content ?? '')).toEqual({ n: 1, l: {} });
});
it('what cannot be told stays so beside a version that can, and is not pushed as if it were known', async () => {
  const [a, b] = [device(), device()];
  let first = true;
  // While it sends its document to a host without any, another is sent; and its answer is lost.
  const racing = (host: DocumentSync): DocumentSync => ({
    ...host,
    async push(...of) {
      if (!first) return host.push(...of);
      first = false;
      a.write({ many: MANY, n: 1 });
      await a.sync();
      await b.sync();
      await host.push(...of);
      throw new PicferryError(problemOf({ kind: 'network', sub: 'down', message: 'syncOffline', retryable: true }, 0));
    },
  });
  const c = world.device('racing', { through: racing });
  c.write({ o: {}, c: 1 });
  await expect(c.sync()).rejects.toThrow();
  expect(foldedAt(a, b)).toEqual([undefined, true]);
  for (const one of [b, c]) expect(await one.sync()).toMatchObject({ state: 'clean', folded: true });
  await settle(a);
  expect([a.read(), ...foldedAt(a)]).toEqual([{ many: MANY, n: 1, o: {}, c: 1 }, undefined]);
  a.write({ many: MANY, n: 2, o: {}, c: 1 });
  await a.sync();
  for (const one of [b, c]) one.writeText(a.text());
  await settle(b, c, a);
  for (const one of [a, b, c]) expect([one.read(), ...foldedAt(one)]).toEqual([{ many: MANY, n: 2, o: {}, c: 1 }, undefined]);
});
it('a device that has been there tells it, however often one that could not has pushed since', async () => {
  const [a, b] = await untoldPair({ n: 1 });
  for (const n of [2, 3, 4]) {
    b.write({ ...(b.read() as object), n, tags: ['x', n] });
    await b.sync();
  }
  await settle(a);
  expect([a.read(), ...foldedAt(a)]).toEqual([{ many: MANY, n: 4, tags: ['x', 4] }, undefined]);
});
it('a first meeting does not pass for having been there', async () => {
  const [, b] = await untoldPair({ n: 1 });
  b.write({ ...(b.read() as object), n: 2 });
  await b.sync();
  const c = device();
  c.write({ ofC: {} });
  expect(await c.sync()).toMatchObject({ state: 'clean', folded: true });
});
it('nothing is untold of a document without lists', async () => {
  const [a, b] = await untoldPair({ n: 1 });
  b.write({ n: 5 });
  await settle(b, a);
  const c = device();
  await c.sync();
  expect(foldedAt(a, b, c)).toEqual([undefined, undefined, undefined]);
  expect(world.host.control.documents.versions(KEY).at(-1)?.message).not.toContain('c=');
});
it('a list that becomes an object, or an object a list, is so on every device', async () => {
  const [a, b] = await pair({ o: { 0: 'x', 1: 'y' }, n: 1 });
  b.write({ o: ['x', 'y', 'z'], n: 1 });
  await settle(b, a);
  expect(a.read()).toEqual({ o: ['x', 'y', 'z'], n: 1 });
  a.write({ o: {}, n: 2 });
  await settle(a, b);
  expect(b.read()).toEqual({ o: {}, n: 2 });
  b.write({ o: [], n: 3 });
  await settle(b, a);
  expect(a.read()).toEqual({ o: [], n: 3 });
});
it.each(['merge', 'begin'] as const)('a copy of what the host had holds the objects that were pushed: kept for a %s', async (cause) => {
  const a = device();
  const there = { x: 2, o: {}, s: { k: {}, 0: { 0: 'z' } } };
  a.write(there);
  await a.sync();
  const b = world.device(`copies-${cause}`, { add: false });
  b.write({ y: 1 });
  b.service.add(DOCUMENT, b.file, { ask: true });
  await b.sync();
  await b.service.begin(DOCUMENT, cause === 'merge' ? 'merge' : 'use-device');
  await b.sync();
  const copy = b.service.copies(DOCUMENT).find((one) => one.whose === 'theirs' && one.cause === cause);
  await b.service.putBack(DOCUMENT, copy?.id ?? '');
  expect(b.read()).toEqual(there);
  await settle(b, a);
  expect(a.read()).toEqual(there);
});
it('what was removed while the push that added it was under way stays so, also where the host merged that into another', async () => {
  world.host.control.set({ wizs: { autoMerge: 'deep', baseTracking: 'push' } });
  const [a, acts] = interrupted(world, `device-${(made += 1)}`);
  const b = device();
  a.write({ own: {}, n: 0 });
  await a.sync();
  for (const next of [{ own: {}, n: 1 }, { own: { b: {} }, n: 1 }]) {
    await b.sync();
    b.write(next);
  }
  a.write({ own: { a: { v: 0 } }, n: 0 });
  acts.push(() => b.sync(), () => {
    a.write({ ...(a.read() as object), own: { a: {} } });
    return answerLost();
  });
  await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
  await b.sync();
  b.write({ ...(b.read() as object), n: 2 });
  await settle(b, a);
  for (const one of [a, b]) expect(one.read()).toEqual({ own: { a: {}, b: {} }, n: 2 });
});
