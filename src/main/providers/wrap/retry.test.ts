import { expect, test } from 'vitest';
import { problemOf } from '../../../lib/picferry-error';
import { ProviderError, type RetryHint } from '../errors';
import { nextTry } from './retry-policy';
import { withRetry } from './with-retry';

const error = (retry: RetryHint, outcomeUnknown = false): ProviderError => new ProviderError(problemOf({ kind: 'server', message: 'server' }, 0), outcomeUnknown, retry);

test('waits 1, 4 and 15 seconds, give or take a fifth, and then gives up', () => {
  expect([1, 2, 3, 4].map((attempt) => nextTry(error('backoff'), attempt, 0.5))).toEqual([1000, 4000, 15000, null]);
  expect([nextTry(error('backoff'), 1, 0), nextTry(error('backoff'), 1, 1)]).toEqual([800, 1200]);
});
test("lets the host's own time win, up to an hour", () => {
  expect(nextTry(error({ afterMs: 7000 }), 3, 0)).toBe(7000);
  expect(nextTry(error({ afterMs: 86_400_000 }), 1, 0)).toBe(3_600_000);
  expect(nextTry(error({ afterMs: 7000 }), 4, 0)).toBeNull();
});
test('never repeats what is final or has an unknown outcome', () => {
  expect(nextTry(error('never'), 1, 0)).toBeNull();
  expect(nextTry(error('backoff', true), 1, 0)).toBeNull();
  expect(nextTry(error({ afterMs: 1 }, true), 1, 0)).toBeNull();
});
test('repeats a look until it works, sleeping as the policy says', async () => {
  const slept: number[] = [];
  let calls = 0;
  const work = (): Promise<string> => {
    calls += 1;
    return calls < 3 ? Promise.reject(error('backoff')) : Promise.resolve('seen');
  };
  const sleep = (ms: number): Promise<void> => {
    slept.push(ms);
    return Promise.resolve();
  };
  expect(await withRetry(work, new AbortController().signal, { sleep, random: () => 0.5 })).toBe('seen');
  expect(slept).toEqual([1000, 4000]);
  await expect(withRetry(() => Promise.reject(error({ afterMs: 60_000 })), new AbortController().signal, { sleep, random: () => 0, longest: 5_000 })).rejects.toBeInstanceOf(ProviderError);
  await expect(withRetry(() => Promise.reject(new TypeError('ours')), new AbortController().signal, { sleep, random: () => 0 })).rejects.toBeInstanceOf(TypeError);
});
