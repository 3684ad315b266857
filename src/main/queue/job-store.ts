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
  /** Every job in the order they were added. Rows that cannot be read are left on disk and counted. */
  load(): { readonly records: readonly JobRecord[]; readonly unreadable: number };
  /** Runs `work` as one transaction. */
  together<T>(work: () => T): T;
  /** Waits off the main thread until all that is committed would outlive a loss of power. Rejects with the system's error. */
  flush(): Promise<void>;
}

export function createJobStore(db: SqlDatabase): JobStore {
  const insert = db.prepare('INSERT INTO jobs (id, state, record) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE jobs SET state = ?, record = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM jobs WHERE id = ?');
  const select = db.prepare('SELECT record FROM jobs ORDER BY seq');
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
    load() {
      const records: JobRecord[] = [];
      let unreadable = 0;
      for (const row of select.iterate()) {
        const record = parseRow(row);
        if (record === null) unreadable += 1;
        else records.push(record);
      }
      return { records, unreadable };
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
