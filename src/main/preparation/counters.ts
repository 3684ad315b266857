import type { SqlDatabase } from '../../lib/sqlite';

/** The numbering of names: each profile counts on its own, from 1, over every batch and start. */
export interface Counters {
  /** The number for a file, which the next one does not get; the same for the same file again, as long as this process runs. */
  take(profileId: string, fileId: string): number;
  /** The number that would come next. */
  next(profileId: string): number;
  /** Goes on from this number. */
  set(profileId: string, next: number): void;
}

/** Files that are made ready once more are among the last ones. */
const MOST_KNOWN = 10_000;

export function createCounters(db: SqlDatabase): Counters {
  const count = db.prepare('INSERT INTO counters (profile_id, next) VALUES (?, 2) ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next - 1 AS taken');
  const look = db.prepare('SELECT next FROM counters WHERE profile_id = ?');
  const put = db.prepare('INSERT INTO counters (profile_id, next) VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next');
  const known = new Map<string, number>();
  return {
    take(profileId, fileId) {
      const key = `${fileId} ${profileId}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const number = Number(count.get(profileId)?.['taken']);
      known.set(key, number);
      if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
      return number;
    },
    next: (profileId) => Number(look.get(profileId)?.['next'] ?? 1),
    set(profileId, next) {
      put.run(profileId, next);
      known.clear();
    },
  };
}
