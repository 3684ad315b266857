import { expect, it } from 'vitest';
import { interrupted } from '../../../test/sync/interrupted';
import type { TestDevice } from '../../../test/sync/sync-world';
import { postsIn, settle, testDevices } from '../../../test/sync/test-devices';
import { problemOf } from '../../lib/picferry-error';
import { ProviderError } from '../providers/errors';

/** Two devices that pushed at one moment are asked the same; what one of them answers may be just what the host has, which then makes no version. */
const { world, device, deviceVia, versions } = testDevices();

let made = 0;
type Raced = { readonly a: TestDevice; readonly b: TestDevice; readonly answer: (take: 'mine' | 'theirs') => Promise<void> };

/** A is asked about what B pushed between its look and its push. */
const raced = async (b = device()): Promise<Raced> => {
  const [a, acts] = interrupted(world, `raced-${String((made += 1))}`);
  a.write({ place: 'old', other: 0 });
  await a.sync();
  await b.sync();
  a.write({ place: 'A', other: 0 });
  b.write({ place: 'B', other: 0 });
  acts.push(() => b.sync());
  expect(await a.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  const answer: Raced['answer'] = async (take) => {
    for (const { id } of a.service.conflicts()) await a.service.resolve(id, { take });
    expect(await a.sync()).toMatchObject({ state: 'clean' });
  };
  return { a, b, answer };
};

it('a question ends by itself where another device answered it with what the host has, and nothing is sent for that', async () => {
  const { a, b, answer } = await raced();
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  await answer('mine');
  world.asked();
  expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
  await settle(b, a);
  for (const one of [a, b]) expect(one.read()).toEqual({ place: 'A', other: 0 });
  expect(postsIn(world.asked())).toBe(0);
  expect(versions()).toHaveLength(3);
});

it('nobody is asked who meets such an answer later, and what they send next tells it to others', async () => {
  const { a, b, answer } = await raced();
  const c = device();
  await answer('mine');
  expect(await b.sync()).toMatchObject({ state: 'clean' });
  b.write({ place: 'A', other: 1 });
  await settle(b, a, c);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ place: 'A', other: 1 });
});

it('nobody who had taken the other version from the host is asked, either', async () => {
  const c = device();
  const [a, acts] = interrupted(world, `raced-${String((made += 1))}`);
  const b = device();
  a.write({ place: 'old' });
  for (const one of [a, b, c]) await one.sync();
  a.write({ place: 'A' });
  b.write({ place: 'B' });
  acts.push(async () => {
    await b.sync();
    await c.sync();
  });
  await a.sync();
  c.write({ place: 'B', ofC: 1 });
  expect(await c.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  for (const { id } of a.service.conflicts()) await a.service.resolve(id, { take: 'mine' });
  await settle(a, c, b);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ place: 'A', ofC: 1 });
});

it('what was edited at the place since is still a question', async () => {
  const { b, answer } = await raced();
  await b.sync();
  b.write({ place: 'later', other: 0 });
  await answer('mine');
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  expect(b.service.conflicts()).toMatchObject([{ path: ['place'], mine: '"later"', theirs: '"A"' }]);
});

it('it stays a question until somebody answers it, and where the host closed its conflict in another way', async () => {
  const { b } = await raced();
  for (let round = 0; round < 2; round += 1) expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
  const host = world.hostOf();
  const call = { signal: new AbortController().signal };
  const [conflict] = await host.conflicts('doc', false, call);
  await host.resolve(conflict?.id ?? 0, 'keep_local', null, call);
  expect(versions()).toHaveLength(3);
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
});

it('a host that gives no list of conflicts leaves the question, and fails nothing', async () => {
  const closed = deviceVia(() => ({ conflicts: () => Promise.reject(new ProviderError(problemOf({ kind: 'protocol', message: 'notUnderstood', retryable: false }, 0), false, 'never')) }));
  const { b, answer } = await raced(closed);
  await b.sync();
  await answer('mine');
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1, problem: null });
});
