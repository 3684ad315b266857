import type { Timers } from '../queue';

/** Merges changes and tells of them at most ten times a second; the first one at once, the last one for certain. */
export interface ChangeFeed {
  changed(): void;
  /** Grows by one with every telling. */
  rev(): number;
  /** Tells what is left and then nothing more. */
  close(): void;
}

const INTERVAL_MS = 100;

export function createChangeFeed(timers: Timers, tell: () => void): ChangeFeed {
  let rev = 0;
  let dirty = false;
  let closed = false;
  let planned: (() => void) | null = null;
  let quietFrom = -Infinity;
  const flush = (): void => {
    planned = null;
    if (!dirty) return;
    dirty = false;
    quietFrom = timers.now() + INTERVAL_MS;
    rev += 1;
    tell();
  };
  return {
    changed() {
      if (closed) return;
      dirty = true;
      planned ??= timers.after(Math.max(0, quietFrom - timers.now()), flush);
    },
    rev: () => rev,
    close() {
      if (closed) return;
      closed = true;
      planned?.();
      flush();
    },
  };
}
