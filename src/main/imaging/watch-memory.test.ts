import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchMemory } from './watch-memory';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('tells once when there is too much, and no more after its end', () => {
  let held = 10;
  const over = vi.fn();
  const stop = watchMemory(over, 100, () => held);
  vi.advanceTimersByTime(1000);
  expect(over).not.toHaveBeenCalled();
  held = 101;
  vi.advanceTimersByTime(1000);
  expect(over).toHaveBeenCalledTimes(1);
  stop();
  const ended = watchMemory(over, 100, () => held);
  ended();
  vi.advanceTimersByTime(1000);
  expect(over).toHaveBeenCalledTimes(1);
});
