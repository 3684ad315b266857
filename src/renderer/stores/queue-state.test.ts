import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inventJob } from '../../../test/renderer/invented-jobs';
import { applyQueueChange, emptySummary, nextInState, progressOf, queueOf } from './queue-state';

const job = (id: string, batchId: string, position: number, createdAt: number) => inventJob({ id, batchId, position, createdAt });

test('shows the newest batch first and the inputs of a batch in their order', () => {
  const queue = queueOf([job('a1', 'a', 1, 10), job('b0', 'b', 0, 20), job('a0', 'a', 0, 10), job('b1', 'b', 1, 20)], emptySummary);
  expect(queue.order).toEqual(['b0', 'b1', 'a0', 'a1']);
});

test('keeps the order object when only progress changed', () => {
  const before = queueOf([job('a0', 'a', 0, 1)], emptySummary);
  const after = applyQueueChange(before, { rev: 1, upsert: [{ ...job('a0', 'a', 0, 1), sentBytes: 5 }], removed: [], summary: emptySummary });
  expect(after.order).toBe(before.order);
  expect(after.byId.get('a0')?.sentBytes).toBe(5);
});

test('forgets a removed job', () => {
  const before = queueOf([job('a0', 'a', 0, 1), job('a1', 'a', 1, 1)], emptySummary);
  const after = applyQueueChange(before, { rev: 1, upsert: [], removed: ['a0'], summary: emptySummary });
  expect(after.order).toEqual(['a1']);
});

test('gives no progress for a job whose size is unknown', () => {
  expect(progressOf({ ...job('a', 'a', 0, 1), state: 'sending', bytes: null })).toBeNull();
});

test('finds the next job in a state, and goes around the end', () => {
  const jobs = ['queued', 'failed', 'done', 'failed'] as const;
  const queue = queueOf(jobs.map((state, index) => ({ ...job(String(index), 'a', index, 1), state })), emptySummary);
  expect([0, 1, 2, 4].map((from) => nextInState(queue, 'failed', from))).toEqual([1, 1, 3, 1]);
  expect(nextInState(queue, 'unknown', 0)).toBeNull();
});

test('comes to the same order in whatever portions the jobs arrive', () => {
  const jobs = Array.from({ length: 60 }, (_, index) => job(`j${String(index)}`, `b${String(index % 7)}`, Math.floor(index / 7), 10 + (index % 7) * 3 + Math.floor(index / 7)));
  const whole = queueOf(jobs, emptySummary).order;
  fc.assert(
    fc.property(fc.shuffledSubarray(jobs, { minLength: jobs.length }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 59 }), (mixed, portion, first) => {
      let queue = queueOf(mixed.slice(0, first), emptySummary);
      for (let at = first; at < mixed.length; at += portion)
        queue = applyQueueChange(queue, { rev: at, upsert: mixed.slice(at, at + portion), removed: [], summary: emptySummary });
      expect(queue.order).toEqual(whole);
    }),
  );
});
