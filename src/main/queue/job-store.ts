import type { SqlDatabase, SqlRow } from '../../lib/sqlite';
import { JobRecord } from './job-record';

/**
 * Jobs on disk. Every method returns when its change is committed (or joins the caller's transaction): from then on it
 * outlives this process, and a loss of power too once `flush` has resolved.
 */
export interface JobStore {
  /** All of them or none. */
  add(records: readonly JobRecord[]): void;
  save(record: JobRecord): void;
  remove(ids: readonly string[]): void;
  /**
   * The jobs on the first `limit` rows after place `after` (0: from the start), in the order they were added; `last` is
   * the place to go on from, null when there is nothing more. Rows that cannot be read are left on disk.
   */
  page(after: number, limit: number): { readonly records: readonly JobRecord[]; readonly last: number | null };
  /** Runs `work` as one transaction. */
  together<T>(work: () => T): T;
  /** Waits off the main thread until all that is committed would outlive a loss of power. Rejects with the system's error. */
  flush(): Promise<void>;
}

export function createJobStore(db: SqlDatabase): JobStore {
  const insert = db.prepare('INSERT INTO jobs (id, state, record) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE jobs SET state = ?, record = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM jobs WHERE id = ?');
  const select = db.prepare('SELECT seq, record FROM jobs WHERE seq > ? ORDER BY seq LIMIT ?');
  return {
    add(records) {
      db.quickTransaction(() => {
        for (const record of records) insert.run(record.id, record.state, JSON.stringify(record));
      });
    },
    save(record) {
      db.quickTransaction(() => update.run(record.state, JSON.stringify(record), record.id));
    },
    remove(ids) {
      db.quickTransaction(() => {
        for (const id of ids) remove.run(id);
      });
    },
    page(after, limit) {
      const rows = select.all(after, limit);
      const last = rows.length < limit ? null : Number(rows.at(-1)?.['seq']);
      return { records: rows.flatMap((row) => parseRow(row) ?? []), last };
    },
    together: (work) => db.quickTransaction(work),
    flush: () => db.flush(),
  };
}

function parseRow(row: SqlRow): JobRecord | null {
  try {
    const parsed = JobRecord.safeParse(JSON.parse(String(row['record'])));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
