import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Act, answerLost, interrupted as interruptedOf } from '../../../test/sync/interrupted';
import { KEY, startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';
import { PicferryError } from '../../lib/picferry-error';

/** What a device sets back, or takes out again, after a host merged its push into another's unasked. */
let world: SimulatedWorld;
beforeAll(() => {
  world = startShortWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.host.control.reset());

let made = 0;
const device = (): TestDevice => world.device(`d${(made += 1)}`);
const interrupted = (): readonly [TestDevice, Act[]] => interruptedOf(world, `d${(made += 1)}`);
const changed = (one: TestDevice, change: Readonly<Record<string, unknown>>): void => one.write({ ...(one.read() as object), ...change });

describe('where a host merges a push into another device’s, which does not know it', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>])[] = [
    ['a value', { x: 0 }, { x: 1 }, { x: 0 }],
    ['an insert', {}, { x: 1 }, {}],
    ['a deletion', { x: 0 }, {}, { x: 0 }],
    ['an item of a list', { x: ['one'] }, { x: ['one', 'two'] }, { x: ['one'] }],
    ['an element with an id', { x: [{ id: 1 }] }, { x: [{ id: 1, n: 1 }, { id: 2 }] }, { x: [{ id: 1 }] }],
    ['something deeper', { x: { y: { z: 0 }, w: 0 } }, { x: { y: { z: 1 }, w: 0 } }, { x: { y: { z: 0 }, w: 0 } }],
  ];
  it.each(cases)('%s that is set back stays so, and a later value is no question', async (_what, before, pushed, after) => {
    for (const later of [after, { x: 'later' }]) {
      world.host.control.reset();
      const b = device();
      const [a, acts] = interrupted();
      a.write({ ...before, other: 0 });
      await a.sync();
      await b.sync();
      b.write({ ...pushed, other: 0 });
      changed(a, { other: 1 });
      acts.push(() => b.sync());
      await a.sync();
      expect(a.read()).toEqual({ ...pushed, other: 1 });
      b.write({ ...later, other: 0 });
      expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
      await a.sync();
      expect([a.read(), b.read()]).toEqual(Array.from({ length: 2 }, () => ({ ...later, other: 1 })));
    }
  });

  it('what was taken from a third device and set back stays so', async () => {
    const [b, c] = [device(), device()];
    const [a, acts] = interrupted();
    a.write({ x: 0, other: 0 });
    for (const one of [a, b, c]) await one.sync();
    changed(c, { x: 1 });
    changed(a, { other: 1 });
    acts.push(async () => {
      await c.sync();
      await b.sync();
    });
    await a.sync();
    expect(b.read()).toEqual({ x: 1, other: 0 });
    changed(b, { x: 0 });
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    for (const one of [a, c]) await one.sync();
    expect([a, b, c].map((one) => one.read())).toEqual(Array.from({ length: 3 }, () => ({ x: 0, other: 1 })));
  });

  it('the same after the other one went on, and at a first meeting', async () => {
    const b = device();
    const [a, acts] = interrupted();
    a.write({ x: 0, y: 0 });
    await a.sync();
    await b.sync();
    changed(b, { x: 1 });
    changed(a, { y: 1 });
    acts.push(() => b.sync());
    await a.sync();
    changed(a, { y: 2 });
    await a.sync();
    changed(b, { x: 0 });
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    expect(b.read()).toEqual({ x: 0, y: 2 });

    world.host.control.reset();
    const first = device();
    const [second, then] = interrupted();
    first.write({ ofFirst: 0 });
    second.write({ ofSecond: 0 });
    then.push(() => first.sync());
    await second.sync();
    first.write({ ofFirst: 5 });
    expect(await first.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await second.sync();
    expect([first.read(), second.read()]).toEqual(Array.from({ length: 2 }, () => ({ ofFirst: 5, ofSecond: 0 })));
  });
});

describe('what others decided and changed on top of what a host made of a push', () => {
  it.each([['base', 'old'], ['mine', 'of b'], ['theirs', 'of a']] as const)('stays so beside a question about another place (%s)', async (take, decided) => {
    const b = device();
    const [a, acts] = interrupted();
    a.write({ at: 'old', then: 0, other: 1, list: ['one', 'two'] });
    await a.sync();
    await b.sync();
    a.write({ at: 'of a', then: 1, other: 1, list: ['one', 'two', 'of a'] });
    changed(b, { at: 'of b', other: 2 });
    acts.push(() => b.sync());
    await a.sync();
    await b.sync();
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take });
    await b.sync();
    changed(b, { then: 2, clash: 'b', list: ['one', 'of a'] });
    await b.sync();
    changed(a, { clash: 'a', list: ['one', 'two'] });
    await a.sync();
    expect(a.service.conflicts().map(({ path }) => path)).toEqual([['clash']]);
    expect(a.read()).toEqual({ at: decided, then: 2, other: 2, list: ['one'], clash: 'a' });
  });

  it.each(['deep', 'shallow'] as const)('is taken, also where the host laid older values of the push over it (%s)', async (autoMerge) => {
    world.host.control.set({ wizs: { autoMerge, baseTracking: 'push' } });
    for (const later of [5, 0]) {
      const b = device();
      const [a, acts] = interrupted();
      for (const one of [a, b]) await one.sync();
      a.write({ x: 0, n: 0, clash: 0 });
      await a.sync();
      await b.sync();
      changed(b, { x: 1 });
      changed(a, { n: 1 });
      acts.push(() => b.sync(), answerLost);
      await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
      await b.sync();
      changed(b, { x: later, clash: 'b' });
      await b.sync();
      changed(a, { clash: 'a' });
      await a.sync();
      expect(a.service.conflicts().map(({ path }) => path)).toEqual([['clash']]);
      expect(a.read()).toEqual({ x: later, n: 1, clash: 'a' });
      world.host.control.reset();
      world.host.control.set({ wizs: { autoMerge, baseTracking: 'push' } });
    }
  });
});

describe.each(['deep', 'shallow'] as const)('where a host lays a push over what it has (%s), and its answer is lost', (autoMerge) => {
  const cases: readonly (readonly [string, unknown, unknown])[] = [
    ['a value that is set back', 0, 0],
    ['an insert that is taken out', undefined, undefined],
    ['a later value', 0, 2],
  ];
  it.each(cases)('%s stays so, also beside a question', async (_what, before, after) => {
    for (const shared of ['s', 'of a']) {
      world.host.control.reset();
      world.host.control.set({ wizs: { autoMerge, baseTracking: 'push' } });
      const b = device();
      const [a, acts] = interrupted();
      a.write({ n: before, shared: 's' });
      await a.sync();
      await b.sync();
      changed(b, { added: 1 });
      a.write({ n: 1, shared: 's' });
      acts.push(() => b.sync(), answerLost);
      await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
      await b.sync();
      changed(b, { shared: 'of b' });
      await b.sync();
      a.write({ n: after, shared });
      await a.sync();
      expect(a.service.conflicts().map(({ path }) => path)).toEqual(shared === 's' ? [] : [['shared']]);
      for (const { id } of a.service.conflicts()) await a.service.resolve(id, { take: 'theirs' });
      await a.sync();
      await b.sync();
      const end = JSON.parse(JSON.stringify({ n: after, shared: 'of b', added: 1 })) as unknown;
      expect([a.read(), b.read()]).toEqual([end, end]);
    }
  });
});

it('a deletion that leaves just what the host has is not undone by a device that merges the overwritten version', async () => {
  world.host.control.set({ wizs: { baseTracking: 'none' } });
  const { documents } = world.host.control;
  const first = device();
  const [second, acts] = interrupted();
  first.write({ ofFirst: 0 });
  second.write({ ofSecond: 0 });
  // The first one's push is overwritten unseen by the second one's, whose answer is lost.
  acts.push(() => first.sync(), answerLost);
  await expect(second.sync()).rejects.toBeInstanceOf(PicferryError);
  first.write({});
  expect(await first.sync()).toMatchObject({ state: 'clean' });
  expect([first.read(), documents.versions(KEY).length]).toEqual([{ ofSecond: 0 }, 2]);
  for (const one of [second, first, second]) await one.sync();
  expect([first.read(), second.read()]).toEqual(Array.from({ length: 2 }, () => ({ ofSecond: 0 })));
});

it.each(['three-way', 'deep'] as const)('what a host put into a push of this device (%s), which another one overwrote unseen, is not taken for deleted here', async (autoMerge) => {
  world.host.control.set({ wizs: { autoMerge, baseTracking: 'push' } });
  const c = device();
  const [[a, actsOfA], [b, actsOfB]] = [interrupted(), interrupted()];
  a.write({ n: 0 });
  for (const one of [a, b, c]) await one.sync();
  changed(c, { ofC: 0 });
  changed(a, { ofA: 0 });
  let pushes: () => void = () => undefined;
  let begins: () => void = () => undefined;
  const [aPushed, bBegins] = [new Promise<void>((resolve) => (pushes = resolve)), new Promise<void>((resolve) => (begins = resolve))];
  let ofB: Promise<unknown> = Promise.resolve();
  // b knows c's push, which the host puts into a's; and then a's into b's. Neither a nor b hears of the other.
  actsOfA.push(
    async () => {
      await c.sync();
      await b.sync();
      changed(b, { ofB: 0 });
      actsOfB.push(() => {
        begins();
        return aPushed;
      }, answerLost);
      ofB = b.sync().catch((error: unknown) => error);
      await bBegins;
    },
    async () => {
      pushes();
      expect(await ofB).toBeInstanceOf(PicferryError);
      await answerLost();
    },
  );
  await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
  expect(world.host.control.documents.versions(KEY).map(({ content }) => JSON.parse(content) as unknown).slice(1)).toEqual([{ n: 0, ofC: 0 }, { n: 0, ofC: 0, ofA: 0 }, { n: 0, ofC: 0, ofA: 0, ofB: 0 }]);
  for (const one of [a, b, c, a]) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
  for (const one of [a, b, c]) expect(one.read()).toEqual({ n: 0, ofA: 0, ofB: 0, ofC: 0 });
});
