import type { ProviderError } from '../errors';

/** Waits before the second, third and fourth try. */
const WAITS = [1_000, 4_000, 15_000] as const;
const SPREAD = 0.2;
/** A host may ask for less patience than this, not for more. */
const LONGEST = 3_600_000;

/**
 * Milliseconds to wait after the `attempt`-th try (from 1) failed, or null when nothing may be sent
 * again by itself: an outcome is unknown, the error is final, or three repeats were made.
 * The host's own time wins over ours. `random` is in [0, 1).
 */
export const nextTry = (error: Pick<ProviderError, 'retry' | 'outcomeUnknown'>, attempt: number, random: number): number | null => {
  if (error.outcomeUnknown || error.retry === 'never') return null;
  const wait = WAITS[attempt - 1];
  if (wait === undefined) return null;
  if (error.retry !== 'backoff') return Math.min(error.retry.afterMs, LONGEST);
  return Math.round(wait * (1 - SPREAD + 2 * SPREAD * random));
};
