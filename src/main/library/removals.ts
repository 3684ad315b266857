import type { NewId } from '../../lib/ids';
import type { SqlDatabase } from '../../lib/sqlite';
import { tagKey, type TextIndex } from './text-index';
import { parseTags } from './upload-rows';

/** Records taken out and brought back, whole: with tags, note, sealed link, thumbnail and history. */
export interface Removals {
  /** Takes these places out; the name under which they can be brought back. */
  take(places: readonly number[]): string;
  /** The places they have now; empty when the name is unknown, or their jobs or ids are taken. */
  bringBack(undo: string): readonly number[];
}

/** What an earlier process took out is gone for good when this returns. */
export function createRemovals(db: SqlDatabase, ports: { readonly index: TextIndex; readonly newId: NewId; readonly freePlace: (at: number) => number }): Removals {
  emptyRemoved(db);
  const columns = db
    .prepare("SELECT name FROM pragma_table_info('uploads') WHERE name <> 'seq'")
    .all()
    .map((row) => String(row['name']))
    .join(', ');
  const backSql = db.prepare(`INSERT OR IGNORE INTO uploads (seq, ${columns}) SELECT ?, ${columns} FROM removed_uploads WHERE undo = ? AND id = ?`);
  const tagSql = db.prepare('INSERT OR IGNORE INTO upload_tags (key, seq, name) VALUES (?, ?, ?)');
  const orphanSql = db.prepare('UPDATE uploads SET local_album_id = NULL WHERE seq = ? AND local_album_id NOT IN (SELECT id FROM local_albums)');
  const takenSql = db.prepare('SELECT 1 FROM uploads WHERE seq = ?');

  return {
    take(places) {
      const undo = ports.newId();
      const list = JSON.stringify(places);
      db.transaction(() => {
        db.prepare(`INSERT INTO removed_uploads (undo, seq, ${columns}) SELECT ?, seq, ${columns} FROM uploads WHERE seq IN (SELECT value FROM json_each(?))`).run(undo, list);
        db.prepare('DELETE FROM upload_tags WHERE seq IN (SELECT value FROM json_each(?))').run(list);
        db.prepare('DELETE FROM uploads WHERE seq IN (SELECT value FROM json_each(?))').run(list);
        ports.index.update(places);
      });
      return undo;
    },
    bringBack: (undo) =>
      db.transaction(() => {
        const rows = db.prepare('SELECT seq, id, uploaded_at, tags FROM removed_uploads WHERE undo = ? ORDER BY seq').all(undo);
        const places: number[] = [];
        for (const row of rows) {
          const before = row['seq'] as number;
          // Something else may have taken its place meanwhile.
          const place = takenSql.get(before) === undefined ? before : ports.freePlace(row['uploaded_at'] as number);
          if (backSql.run(place, undo, row['id'] as string).changes === 0) continue;
          orphanSql.run(place);
          for (const tag of parseTags(row['tags'])) tagSql.run(tagKey(tag), place, tag);
          places.push(place);
        }
        db.prepare('DELETE FROM removed_uploads WHERE undo = ?').run(undo);
        ports.index.update(places);
        return places;
      }),
  };
}

function emptyRemoved(db: SqlDatabase): void {
  if (db.prepare('SELECT 1 FROM removed_uploads LIMIT 1').get() === undefined) return;
  db.transaction(() => {
    db.exec(`DELETE FROM upload_events WHERE upload_id IN (SELECT id FROM removed_uploads) AND upload_id NOT IN (SELECT id FROM uploads);
      DELETE FROM removed_uploads`);
  });
}
