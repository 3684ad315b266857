import { statSync } from 'node:fs';
import { z } from 'zod';
import type { SqlDatabase } from '../../lib/sqlite';
import { UploadEvent, type UploadDetails } from '../../shared/model/upload-details';
import { COLUMNS, toUpload } from './upload-rows';

/** What happened to uploads, and what else is known of one. */
export interface Histories {
  log(id: string, event: UploadEvent): void;
  /** The same event for all of these places. */
  logAll(places: readonly number[], event: UploadEvent): void;
  details(id: string): UploadDetails | undefined;
  /** What the device calls itself that the record came from; null: this one. */
  from(id: string): string | null;
}

const LONGEST = 200;

const Extra = z.object({
  note: z.string(),
  source_path: z.string().nullable(),
  replaces: z.string().nullable(),
  link_checked_at: z.number().nullable(),
  came: z.enum(['uploaded', 'added_from_host', 'imported', 'synced']).catch('uploaded'),
  added_at: z.number().nullable(),
  source_bytes: z.number().nullable(),
});

export function createHistories(db: SqlDatabase): Histories {
  const logSql = db.prepare('INSERT INTO upload_events (upload_id, at, what, params) VALUES (?, ?, ?, ?)');
  const logAllSql = db.prepare('INSERT INTO upload_events (upload_id, at, what, params) SELECT u.id, ?, ?, ? FROM json_each(?) j CROSS JOIN uploads u ON u.seq = j.value');
  const readSql = db.prepare('SELECT at, what, params FROM upload_events WHERE upload_id = ? ORDER BY at DESC, rowid DESC LIMIT ?');
  const rowSql = db.prepare(`SELECT ${COLUMNS}, u.note, u.source_path, u.replaces, u.link_checked_at, u.came, u.added_at, s.bytes AS source_bytes FROM uploads u LEFT JOIN upload_sources s ON s.upload_id = u.id WHERE u.id = ?`);
  const replacedBySql = db.prepare('SELECT id FROM uploads WHERE replaces = ? ORDER BY seq DESC LIMIT 1');

  const fromSql = db.prepare('SELECT coalesce(d.name, o.device) AS name FROM upload_origins o LEFT JOIN shared_devices d ON d.device = o.device WHERE o.upload_id = ?');
  const from = (id: string): string | null => (fromSql.get(id)?.['name'] as string | undefined) ?? null;
  const eventsOf = (id: string, first: UploadEvent): readonly UploadEvent[] => {
    const later = readSql.all(id, LONGEST).flatMap((row) => {
      const event = UploadEvent.safeParse({ at: row['at'], what: row['what'], params: JSON.parse(String(row['params'])) });
      return event.success ? [event.data] : [];
    });
    return [...later, first].slice(0, LONGEST);
  };
  return {
    log: (id, { at, what, params }) => void logSql.run(id, at, what, JSON.stringify(params)),
    logAll: (places, { at, what, params }) => void logAllSql.run(at, what, JSON.stringify(params), JSON.stringify(places)),
    from,
    details(id) {
      const row = rowSql.get(id);
      if (row === undefined) return undefined;
      const { upload } = toUpload(row);
      const extra = Extra.parse(row);
      return {
        upload,
        note: extra.note,
        localFile: localFile(extra.source_path, extra.source_bytes ?? upload.bytes),
        linkCheckedAt: extra.link_checked_at,
        from: from(id),
        replaces: extra.replaces,
        replacedBy: (replacedBySql.get(id)?.['id'] as string | undefined) ?? null,
        // How it came stands in the row itself: an upload costs no second row for that.
        events: eventsOf(id, { at: extra.added_at ?? upload.uploadedAt, what: extra.came, params: { account: upload.accountName } }),
      };
    },
  };
}

function localFile(path: string | null, bytes: number): UploadDetails['localFile'] {
  if (path === null) return 'unknown';
  try {
    const file = statSync(path, { throwIfNoEntry: false });
    return file?.isFile() === true && file.size === bytes ? 'there' : 'gone';
  } catch {
    return 'gone';
  }
}
