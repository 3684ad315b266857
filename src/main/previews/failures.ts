import { PicferryError } from '../../lib/picferry-error';

/** Trouble that may pass is forgotten after this time. */
const PASSING_MS = 10 * 60_000;
const MOST = 20_000;

/** What could not be had, so that it is not asked for again on every look. Until the process ends, or for a while where it may pass. */
export interface Failures {
  has(key: string): boolean;
  note(key: string, passing: boolean): void;
  forget(key: string): void;
}

export function createFailures(now: () => number): Failures {
  const until = new Map<string, number>();
  return {
    has: (key) => (until.get(key) ?? 0) > now(),
    forget: (key) => void until.delete(key),
    note(key, passing) {
      until.delete(key);
      until.set(key, passing ? now() + PASSING_MS : Infinity);
      const [first] = until.keys();
      if (until.size > MOST && first !== undefined) until.delete(first);
    },
  };
}

/** Whether the same thing may go well another time. */
export const isPassing = (error: unknown): boolean => !(error instanceof PicferryError) || error.problem.retryable || error.problem.kind === 'cancelled' || error.problem.kind === 'file';
