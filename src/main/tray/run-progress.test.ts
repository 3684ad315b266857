import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobState } from '../../shared/model/job';
import { createRunProgress } from './run-progress';

const job = (id: string, state: JobState, sentBytes = 0) => ({ id, state, bytes: 100, sentBytes });

test('counts from the first job of a run to its last, and leaves earlier runs out', () => {
  const take = createRunProgress();
  const of = (...upsert: readonly ReturnType<typeof job>[]) => take({ upsert, removed: [] });
  expect(of(job('old', 'done', 100))).toBeNull();
  expect(of(job('a', 'queued'), job('b', 'queued'))).toBe(0);
  expect(of(job('a', 'done', 100))).toBe(0.5);
  expect(of(job('b', 'sending', 50))).toBeCloseTo(0.7375);
  expect(of(job('b', 'failed', 50))).toBeNull();
  expect(of(job('c', 'sending', 0))).toBe(0);
});

test('forgets a job that is taken away', () => {
  const take = createRunProgress();
  take({ upsert: [job('a', 'done'), job('b', 'queued'), job('c', 'queued')], removed: [] });
  expect(take({ upsert: [job('b', 'done')], removed: ['c'] })).toBeNull();
});

test('is always null or between 0 and 1', () => {
  const states: readonly JobState[] = ['queued', 'preparing', 'sending', 'done', 'failed', 'cancelled', 'unknown'];
  const change = fc.record({
    upsert: fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), state: fc.constantFrom(...states), bytes: fc.option(fc.integer({ min: 0, max: 100 })), sentBytes: fc.integer({ min: 0, max: 120 }) })),
    removed: fc.array(fc.constantFrom('a', 'b', 'c', 'd')),
  });
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const take = createRunProgress();
      for (const one of changes) {
        const fraction = take(one);
        if (fraction !== null) expect(fraction >= 0 && fraction <= 1).toBe(true);
      }
    }),
  );
});
