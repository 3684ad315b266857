import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase } from '../../lib/sqlite';

/** Records that are changed at one go: some ten milliseconds. */
const SLICE = 64;

/**
 * Does `work` with all of these, a slice in each transaction, and everything else has its turn in between. The first
 * slice is done when this returns its promise. Ends early when the database is closed. Rejects with what `work` throws;
 * the slices before stand.
 */
export async function inSlices<T>(db: SqlDatabase, all: readonly T[], work: (slice: readonly T[]) => void): Promise<void> {
  for (let at = 0; at < all.length; at += SLICE) {
    if (at > 0) await turn();
    if (!db.isOpen) return;
    db.transaction(() => work(all.slice(at, at + SLICE)));
  }
}
