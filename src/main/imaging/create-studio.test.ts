import { expect, test } from 'vitest';
import { createFakeChildren } from '../../../test/pictures/fake-children';
import { PRIVATE } from '../../shared/model/preparation-profiles';
import { createStudio } from './create-studio';

const never = new AbortController().signal;
const bench = (size = 2) => {
  const fake = createFakeChildren();
  const studio = createStudio({ children: fake.children, size, after: fake.after });
  return { ...fake, studio, make: (path: string, signal = never) => studio.make(path, `${path}.new`, PRIVATE, signal) };
};
const made = (id: number) => ({ id, outcome: { type: 'made', extension: 'jpg', recoded: true, removed: [] } });

test('works on as many pictures at once as it may, and on the others in their order', async () => {
  const { make, started } = bench();
  const all = ['/a', '/b', '/c'].map((path) => make(path));
  expect(started.map(({ asked }) => asked)).toMatchObject([[{ do: 'profile', id: 1, path: '/a', to: '/a.new' }], [{ id: 2, path: '/b' }]]);
  started[1]?.reply(made(2));
  expect(await all[1]).toMatchObject({ type: 'made', extension: 'jpg' });
  expect(started[1]?.asked.map(({ path }) => path)).toEqual(['/b', '/c']);
  started[0]?.reply({ id: 1, outcome: { type: 'alone', why: 'nothing' } });
  started[1]?.reply(made(3));
  expect(await Promise.all(all)).toMatchObject([{ type: 'alone', why: 'nothing' }, { type: 'made' }, { type: 'made' }]);
  expect(started).toHaveLength(2);
});

test('kills the process of a picture that is cancelled, takes one that waits out of line, and goes on', async () => {
  const { make, started } = bench(1);
  const [first, second] = [new AbortController(), new AbortController()];
  const all = [make('/a', first.signal), make('/b', second.signal), make('/c')];
  second.abort();
  first.abort();
  expect(await Promise.all(all.slice(0, 2))).toEqual([{ type: 'cancelled' }, { type: 'cancelled' }]);
  expect([started[0]?.killed, started.length]).toEqual([true, 2]);
  expect(started[1]?.asked.map(({ path }) => path)).toEqual(['/c']);
  started[1]?.reply(made(2));
  expect(await all[2]).toMatchObject({ type: 'made' });
  expect(await make('/d', AbortSignal.abort())).toEqual({ type: 'cancelled' });
});

test('a process that takes too long is killed, one that dies is given the picture once more', async () => {
  const { make, started, elapse } = bench(1);
  const slow = make('/slow');
  elapse(120_000);
  expect([await slow, started[0]?.killed]).toEqual([{ type: 'failed', why: 'timeout' }, true]);
  const deadly = make('/deadly');
  started[1]?.die();
  started[2]?.die();
  expect(await deadly).toEqual({ type: 'failed', why: 'crashed' });
  const good = make('/good');
  started[3]?.reply(made(4));
  expect(await good).toMatchObject({ type: 'made' });
});

test('ends a process that has nothing to do for a while, and all of them when it is closed', async () => {
  const { make, started, elapse, studio } = bench(1);
  const one = make('/a');
  started[0]?.reply(made(1));
  await one;
  elapse(20_000);
  expect(started[0]?.killed).toBe(true);
  const two = make('/b');
  studio.close();
  expect([await two, started[1]?.killed, await make('/c')]).toEqual([{ type: 'failed', why: 'crashed' }, true, { type: 'failed', why: 'crashed' }]);
});

test('says that a picture failed when the process says nothing that it understands', async () => {
  const { make, started } = bench(1);
  const one = make('/a');
  started[0]?.reply({ id: 1, ok: true, name: 'x' });
  expect(await one).toEqual({ type: 'failed', why: 'failed' });
});

test('kills a process that takes too much memory while it works, does not try that picture again, and goes on', async () => {
  const { make, started, elapse } = bench(1);
  const [large, small] = [make('/large'), make('/small')];
  const first = started[0];
  if (first === undefined) throw new Error('no process');
  first.holds = 3 * 1024 ** 3;
  elapse(150);
  expect(first.killed).toBe(false);
  first.holds += 1;
  elapse(150);
  expect(await large).toEqual({ type: 'failed', why: 'memory' });
  expect([first.killed, started.length, started[1]?.asked.map(({ path }) => path)]).toEqual([true, 2, ['/small']]);
  started[1]?.reply(made(2));
  expect(await small).toMatchObject({ type: 'made' });
  // What it holds between two pictures is its own affair.
  if (started[1] !== undefined) started[1].holds = 4 * 1024 ** 3;
  elapse(150);
  expect(started[1]?.killed).toBe(false);
});
