import { ProviderError } from '../errors';
import { nextTry } from './retry-policy';

export type RetryDeps = {
  /** Resolves after so many milliseconds, rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Longer waits end the tries: someone is looking at the screen. Milliseconds. */
  readonly longest?: number;
};

/** Repeats a call that changes nothing at the host (lists, albums, looks). Never for uploads. */
export const withRetry = async <T>(work: () => Promise<T>, signal: AbortSignal, deps: RetryDeps): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const wait = error instanceof ProviderError ? nextTry(error, attempt, deps.random()) : null;
      if (wait === null || wait > (deps.longest ?? Infinity)) throw error;
      await deps.sleep(wait, signal);
    }
  }
};
