import { createChangeFeed, type ChangeFeed } from '../../lib/change-feed';
import type { Timers } from './queue-deps';

/** Tells which jobs changed, as a change feed does. */
export interface ChangedJobs extends Pick<ChangeFeed, 'rev' | 'close'> {
  changed(id: string): void;
  removed(id: string): void;
  /** Says that the summary alone changed. */
  touched(): void;
}

/** One telling carries no more jobs than can be packed, sent and shown in a few milliseconds. */
const AT_ONCE = 100;

export function createChangedJobs(timers: Timers, tell: (upsert: readonly string[], removed: readonly string[]) => void): ChangedJobs {
  const upsert = new Set<string>();
  const gone = new Set<string>();
  const feed = createChangeFeed(timers, () => {
    tell(take(upsert, AT_ONCE), take(gone, Infinity));
    return upsert.size > 0 ? 'more' : undefined;
  });
  return {
    changed(id) {
      upsert.add(id);
      feed.changed();
    },
    removed(id) {
      upsert.delete(id);
      gone.add(id);
      feed.changed();
    },
    touched: feed.changed,
    rev: feed.rev,
    close: feed.close,
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
