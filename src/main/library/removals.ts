import type { NewId } from '../../lib/ids';
import type { SqlDatabase } from '../../lib/sqlite';
import { inSlices } from './in-slices';
import { tagKey, type TextIndex } from './text-index';
import { parseTags } from './upload-rows';

/** Records taken out and brought back, whole: with tags, note, sealed link, thumbnail and history. */
export interface Removals {
  /** Takes these places out in slices; resolves to the name under which they can be brought back. */
  take(places: readonly number[]): Promise<string>;
  /** The places they have now; empty when the name is unknown, or their jobs or ids are taken. */
  bringBack(undo: string): Promise<readonly number[]>;
}

export type RemovalPorts = {
  readonly index: TextIndex;
  readonly newId: NewId;
  readonly freePlace: (at: number) => number;
  /** Told within each slice. */
  readonly touched: () => void;
};

/** What an earlier process took out is gone for good when this returns. */
export function createRemovals(db: SqlDatabase, ports: RemovalPorts): Removals {
  emptyRemoved(db);
  const columns = db
    .prepare("SELECT name FROM pragma_table_info('uploads') WHERE name <> 'seq'")
    .all()
    .map((row) => String(row['name']))
    .join(', ');
  const takeSql = db.prepare(`INSERT INTO removed_uploads (undo, seq, ${columns}) SELECT ?, seq, ${columns} FROM uploads WHERE seq IN (SELECT value FROM json_each(?))`);
  const untagSql = db.prepare('DELETE FROM upload_tags WHERE seq IN (SELECT value FROM json_each(?))');
  const deleteSql = db.prepare('DELETE FROM uploads WHERE seq IN (SELECT value FROM json_each(?))');
  const backSql = db.prepare(`INSERT OR IGNORE INTO uploads (seq, ${columns}) SELECT ?, ${columns} FROM removed_uploads WHERE undo = ? AND id = ?`);
  const tagSql = db.prepare('INSERT OR IGNORE INTO upload_tags (key, seq, name) VALUES (?, ?, ?)');
  const orphanSql = db.prepare('UPDATE uploads SET local_album_id = NULL WHERE seq = ? AND local_album_id NOT IN (SELECT id FROM local_albums)');
  const takenSql = db.prepare('SELECT 1 FROM uploads WHERE seq = ?');

  return {
    async take(places) {
      const undo = ports.newId();
      await inSlices(db, places, (slice) => {
        const list = JSON.stringify(slice);
        takeSql.run(undo, list);
        untagSql.run(list);
        deleteSql.run(list);
        ports.touched();
      });
      return undo;
    },
    async bringBack(undo) {
      const rows = db.prepare('SELECT seq, id, uploaded_at, tags FROM removed_uploads WHERE undo = ? ORDER BY seq').all(undo);
      const places: number[] = [];
      await inSlices(db, rows, (slice) => {
        const back: number[] = [];
        for (const row of slice) {
          const before = row['seq'] as number;
          // Something else may have taken its place meanwhile.
          const place = takenSql.get(before) === undefined ? before : ports.freePlace(row['uploaded_at'] as number);
          if (backSql.run(place, undo, row['id'] as string).changes === 0) continue;
          orphanSql.run(place);
          for (const tag of parseTags(row['tags'])) tagSql.run(tagKey(tag), place, tag);
          back.push(place);
        }
        ports.index.update(back);
        places.push(...back);
        ports.touched();
      });
      if (db.isOpen) db.prepare('DELETE FROM removed_uploads WHERE undo = ?').run(undo);
      return places;
    },
  };
}

function emptyRemoved(db: SqlDatabase): void {
  if (db.prepare('SELECT 1 FROM removed_uploads LIMIT 1').get() === undefined) return;
  db.transaction(() => {
    db.exec(`DELETE FROM upload_events WHERE upload_id IN (SELECT id FROM removed_uploads) AND upload_id NOT IN (SELECT id FROM uploads);
      DELETE FROM upload_sources WHERE upload_id IN (SELECT id FROM removed_uploads) AND upload_id NOT IN (SELECT id FROM uploads);
      DELETE FROM removed_uploads`);
  });
}
