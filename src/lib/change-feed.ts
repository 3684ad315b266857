/** What a change feed needs of time. */
export type FeedTimers = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs `act` after so many milliseconds; returns its cancelling. */
  readonly after: (ms: number, act: () => void) => () => void;
};

/** Merges changes and tells of them at most ten times a second: the first soon, the last for certain. */
export interface ChangeFeed {
  changed(): void;
  /** Grows by one with every telling. */
  rev(): number;
  /** Tells what is left and then nothing more. */
  close(): void;
}

const INTERVAL_MS = 100;

/** @param tell answers `'more'` when it left something to tell: then it is asked again as soon as others had their turn. */
export function createChangeFeed(timers: FeedTimers, tell: (rev: number) => 'more' | void): ChangeFeed {
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
    if (tell(rev) !== 'more') return;
    dirty = true;
    if (closed) flush();
    else plan(0);
  };
  const plan = (ms: number): void => {
    planned?.();
    planned = timers.after(ms, flush);
  };
  return {
    changed() {
      if (closed) return;
      dirty = true;
      // A clock that is set back must not silence the feed.
      if (planned === null) plan(Math.min(Math.max(0, quietFrom - timers.now()), INTERVAL_MS));
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
