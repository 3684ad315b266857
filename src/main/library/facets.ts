import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase } from '../../lib/sqlite';
import type { LibraryService } from './contract';

/** Figures about the whole library or a part of it. */
export interface Facets {
  read(): ReturnType<LibraryService['facets']>;
  /** The sizes of these uploads together, added up in slices. */
  bytes(places: Float64Array): Promise<number>;
}

const STEP = 2000;

export function createFacets(db: SqlDatabase): Facets {
  // The newest upload of an account has the name the account goes by now.
  const accountsSql = db.prepare(
    `SELECT f.account_id AS id, u.account_name AS name, f.n AS count
     FROM (SELECT account_id, count(*) AS n, max(seq) AS newest FROM uploads INDEXED BY uploads_by_account GROUP BY account_id) f
     JOIN uploads u ON u.seq = f.newest ORDER BY f.n DESC, f.account_id`,
  );
  const tagsSql = db.prepare('SELECT min(name) AS name, count(*) AS count FROM upload_tags GROUP BY key ORDER BY count(*) DESC, key');
  const oldestSql = db.prepare('SELECT uploaded_at FROM uploads ORDER BY seq LIMIT 1');
  const bytesSql = db.prepare('SELECT total(u.bytes) AS bytes FROM json_each(?) j CROSS JOIN uploads u INDEXED BY uploads_facts ON u.seq = j.value');
  return {
    read: () => ({
      accounts: accountsSql.all().map((row) => ({ id: String(row['id']), name: String(row['name']), count: Number(row['count']) })),
      tags: tagsSql.all().map((row) => ({ name: String(row['name']), count: Number(row['count']) })),
      oldest: (oldestSql.get()?.['uploaded_at'] as number | undefined) ?? null,
    }),
    async bytes(places) {
      let sum = 0;
      for (let at = 0; at < places.length && db.isOpen; at += STEP) {
        if (at > 0) await turn();
        if (db.isOpen) sum += bytesSql.get(JSON.stringify([...places.subarray(at, at + STEP)]))?.['bytes'] as number;
      }
      return sum;
    },
  };
}
