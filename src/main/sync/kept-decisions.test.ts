import { expect, it } from 'vitest';
import { DOCUMENT, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';
import type { TextChoice } from '../../merge';

const { pair } = testDevices();

/** Two devices that changed the same two places; the second one is asked about both. */
const asked = async (x: readonly [unknown, unknown, unknown] = [0, 1, 2]): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = await pair({ x: x[0], y: 0 });
  a.write({ x: x[1], y: 1 });
  await a.sync();
  b.write({ x: x[2], y: 2 });
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 2 });
  return [a, b];
};
const decide = async (one: TestDevice, place: string, choice: TextChoice): Promise<void> => {
  const found = one.service.conflicts(undefined, undefined, true).find(({ path }) => path[0] === place);
  await one.service.resolve(found?.id ?? '', choice);
};
const told = async (one: TestDevice): Promise<readonly unknown[]> => (await one.service.resolved(DOCUMENT.account, DOCUMENT.fileKey)).rows.map(({ path, choice, result }) => [path?.[0], choice, result]);
const end = async (a: TestDevice, b: TestDevice): Promise<readonly unknown[]> => {
  await decide(b, 'y', { take: 'mine' });
  expect(await b.sync()).toMatchObject({ state: 'clean' });
  await a.sync();
  return [a.read(), b.read()];
};

const TYPED: TextChoice = { take: 'edited', text: '"typed"' };
const choices: readonly (readonly [string, TextChoice, unknown])[] = [
  ['a value that was typed', TYPED, 'typed'],
  ['the value before', { take: 'base' }, 0],
  ['the other one’s value', { take: 'theirs' }, 1],
  ['the own value', { take: 'mine' }, 2],
];

it.each(choices)('%s stands where the other device took this one’s meanwhile, also after a restart, and is told of', async (_what, choice, expected) => {
  const [a, b] = await asked();
  await decide(b, 'x', choice);
  a.write({ x: 2, y: 1 });
  await a.sync();
  b.restart();
  for (let look = 0; look < 2; look += 1) expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  expect(b.read()).toEqual({ x: expected, y: 2 });
  expect(b.service.conflicts(undefined, undefined, true).map(({ path }) => path)).toEqual([['y']]);
  expect(await told(b)).toEqual([['x', choice.take, JSON.stringify(expected)]]);
  expect(await end(a, b)).toEqual(Array.from({ length: 2 }, () => ({ x: expected, y: 2 })));
});

it.each(choices.slice(0, 2))('%s stands where the other device went back to what was before', async (_what, choice, expected) => {
  const [a, b] = await asked();
  await decide(b, 'x', choice);
  a.write({ x: 0, y: 1 });
  await a.sync();
  await b.sync();
  expect(b.read()).toEqual({ x: expected, y: 2 });
  expect(await end(a, b)).toEqual(Array.from({ length: 2 }, () => ({ x: expected, y: 2 })));
});

it.each(choices.slice(0, 2))('%s is this device’s in the question that comes where the other one has a value that nobody saw', async (_what, choice, expected) => {
  const [a, b] = await asked();
  await decide(b, 'x', choice);
  a.write({ x: 11, y: 1 });
  await a.sync();
  for (let look = 0; look < 2; look += 1) expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 2 });
  expect(b.service.conflicts()).toMatchObject([{ path: ['x'], mine: JSON.stringify(expected), theirs: '11' }, { path: ['y'] }]);
  expect(b.read()).toEqual({ x: expected, y: 2 });
  await decide(b, 'x', { take: 'mine' });
  expect(await end(a, b)).toEqual(Array.from({ length: 2 }, () => ({ x: expected, y: 2 })));
});

it('what was typed stands over an edit of the place that came before it', async () => {
  const [a, b] = await asked();
  b.write({ x: 0, y: 2 });
  await decide(b, 'x', TYPED);
  b.write({ x: 0, y: 2, z: 1 });
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  expect(b.read()).toEqual({ x: 'typed', y: 2, z: 1 });
  expect(await end(a, b)).toEqual(Array.from({ length: 2 }, () => ({ x: 'typed', y: 2, z: 1 })));
});

it('what was typed gives way to an edit of the place that comes after it, and is told of', async () => {
  const [a, b] = await asked();
  await decide(b, 'x', TYPED);
  b.write({ x: 'later', y: 2 });
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 2 });
  expect(b.service.conflicts()).toMatchObject([{ path: ['x'], mine: '"later"', theirs: '1' }, { path: ['y'] }]);
  expect(await told(b)).toContainEqual(['x', 'edited', '"typed"']);
  await decide(b, 'x', { take: 'mine' });
  expect(await end(a, b)).toEqual(Array.from({ length: 2 }, () => ({ x: 'later', y: 2 })));
});

it('both items of a list stay where the other device took this one’s', async () => {
  const [a, b] = await asked([['one'], ['one', 'a'], ['one', 'b']]);
  await decide(b, 'x', { take: 'both', first: 'theirs' });
  a.write({ x: ['one', 'b'], y: 1 });
  await a.sync();
  await b.sync();
  expect(b.read()).toEqual({ x: ['one', 'a', 'b'], y: 2 });
  expect(await end(a, b)).toEqual(Array.from({ length: 2 }, () => ({ x: ['one', 'a', 'b'], y: 2 })));
});

it('what was typed for items of a list is this device’s where the other one took its own and added more', async () => {
  const [a, b] = await asked([['one'], ['one', 'a'], ['one', 'b']]);
  await decide(b, 'x', { take: 'edited', text: '["typed"]' });
  a.write({ x: ['zero', 'one', 'b'], y: 1 });
  await a.sync();
  await b.sync();
  expect(b.service.conflicts()).toMatchObject([{ path: ['x', { list: [1, 1] }], mine: '["typed"]', theirs: '["b"]' }, { path: ['y'] }]);
});

it('both items of a list are asked about anew where the other device changed the list, and none of them comes twice', async () => {
  const [a, b] = await asked([['one', 'two'], ['one', 'a'], ['one', 'b']]);
  await decide(b, 'x', { take: 'both', first: 'theirs' });
  a.write({ x: ['a'], y: 1 });
  await a.sync();
  await b.sync();
  const [again] = b.service.conflicts();
  await b.service.resolve(again?.id ?? '', { take: 'both', first: 'mine' });
  const [, { x }] = (await end(a, b)) as [unknown, { readonly x: readonly string[] }];
  expect([...x].sort()).toEqual([...new Set(x)].sort());
  expect(x).toEqual(expect.arrayContaining(['a', 'b']));
});
