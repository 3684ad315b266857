import type { Timers } from './queue-deps';

/** Merges what changed and tells of it at most every tenth of a second; the first change is told at once. */
export interface ChangeFeed {
  changed(id: string): void;
  removed(id: string): void;
  /** Says that the summary alone changed. */
  touched(): void;
  /** Grows by one with every telling. */
  rev(): number;
  /** Tells what is left and then nothing more. */
  close(): void;
}

const INTERVAL_MS = 100;
/** One telling carries no more jobs than can be packed, sent and shown in a few milliseconds; the others follow at once. */
const AT_ONCE = 100;

export function createChangeFeed(timers: Timers, tell: (upsert: readonly string[], removed: readonly string[]) => void): ChangeFeed {
  const upsert = new Set<string>();
  const gone = new Set<string>();
  let rev = 0;
  let dirty = false;
  let planned = false;
  let closed = false;
  let stopTimer: (() => void) | null = null;
  let quietFrom = 0;

  const flush = (): void => {
    planned = false;
    stopTimer = null;
    if (!dirty) return;
    dirty = false;
    const changed = take(upsert, AT_ONCE);
    const removed = take(gone, Infinity);
    const more = upsert.size > 0;
    quietFrom = timers.now() + (more ? 0 : INTERVAL_MS);
    rev += 1;
    tell(changed, removed);
    if (!more || planned) return;
    dirty = true;
    if (closed) flush();
    else {
      planned = true;
      stopTimer = timers.after(0, flush);
    }
  };
  const plan = (): void => {
    dirty = true;
    if (planned || closed) return;
    planned = true;
    const wait = quietFrom - timers.now();
    if (wait > 0) stopTimer = timers.after(wait, flush);
    else queueMicrotask(flush);
  };
  return {
    changed(id) {
      upsert.add(id);
      plan();
    },
    removed(id) {
      upsert.delete(id);
      gone.add(id);
      plan();
    },
    touched: plan,
    rev: () => rev,
    close() {
      closed = true;
      stopTimer?.();
      flush();
    },
  };
}

const take = (ids: Set<string>, most: number): readonly string[] => {
  const taken: string[] = [];
  for (const id of ids) {
    if (taken.length >= most) break;
    taken.push(id);
    ids.delete(id);
  }
  return taken;
};
