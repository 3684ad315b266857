import { expect, test } from 'vitest';
import type { QuitAnswer, QuitWork } from '../platform';
import { createQuitGuard } from './quit-guard';

const bench = (uploads: number, operations = 0) => {
  const asked: QuitWork[] = [];
  let left = 0;
  let answer: (given: QuitAnswer) => void = () => undefined;
  let fail: () => void = () => undefined;
  const guard = createQuitGuard({
    running: () => ({ uploads, operations }),
    ask: (work) => {
      asked.push(work);
      return new Promise((resolve, reject) => {
        answer = resolve;
        fail = () => reject(new Error('no display'));
      });
    },
    leave: () => (left += 1),
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { guard, asked, left: () => left, answer: (given: QuitAnswer) => (answer(given), settled()), fail: () => (fail(), settled()) };
};

test('ends at once, and once, when nothing runs', () => {
  const { guard, left, asked } = bench(0);
  guard.request();
  guard.request();
  expect([left(), asked]).toEqual([1, []]);
});

test('asks once while uploads run, and again after the person stayed', async () => {
  const { guard, left, asked, answer } = bench(3);
  guard.request();
  guard.request();
  expect(asked).toEqual([{ uploads: 3, operations: 0 }]);
  await answer('stay');
  expect(left()).toBe(0);
  guard.request();
  await answer('quit');
  expect([left(), asked.length]).toEqual([1, 2]);
});

test('asks before a deletion that waits for its undo is given up', async () => {
  const { guard, left, asked, answer } = bench(0, 1);
  guard.request();
  expect([left(), asked]).toEqual([0, [{ uploads: 0, operations: 1 }]]);
  await answer('quit');
  expect(left()).toBe(1);
});

test('ends when the question cannot be shown', async () => {
  const { guard, left, fail } = bench(1);
  guard.request();
  await fail();
  expect(left()).toBe(1);
});
