import type { NewId } from '../../lib/ids';
import type { SqlDatabase, SqlRow } from '../../lib/sqlite';
import { inSlices } from './in-slices';
import { tagKey, type TextIndex } from './text-index';
import { parseTags } from './upload-rows';

/** Records taken out and brought back, whole: with tags, note, sealed link, thumbnail and history. */
export interface Removals {
  /** Takes these places out in slices; resolves to the name under which they can be brought back. `everywhere`: devices that share the library are told so. */
  take(places: readonly number[], options?: { readonly everywhere?: boolean }): Promise<string>;
  /** Takes these places out under a name, within the caller's transaction; how many there were. */
  takeNow(places: readonly number[], undo: string): number;
  /** The place of the record that was taken out under this name, now that it is back; null when there is none, or its id is taken. */
  backNow(id: string, undo: string): number | null;
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
  const everywhereSql = db.prepare('UPDATE shared_waiting SET everywhere = 1 WHERE upload_id IN (SELECT id FROM removed_uploads WHERE undo = ? AND seq IN (SELECT value FROM json_each(?)))');
  const whereSql = db.prepare('SELECT seq, id, uploaded_at, tags FROM removed_uploads WHERE id = ? AND undo = ? LIMIT 1');
  const forgetSql = db.prepare('DELETE FROM removed_uploads WHERE id = ? AND undo = ?');

  const takeNow = (slice: readonly number[], undo: string): number => {
    const list = JSON.stringify(slice);
    const { changes } = takeSql.run(undo, list);
    untagSql.run(list);
    deleteSql.run(list);
    ports.touched();
    return changes;
  };
  /** The place it has now; null when its job or id is taken. */
  const back = (row: SqlRow, undo: string): number | null => {
    const before = row['seq'] as number;
    // Something else may have taken its place meanwhile.
    const place = takenSql.get(before) === undefined ? before : ports.freePlace(row['uploaded_at'] as number);
    if (backSql.run(place, undo, row['id'] as string).changes === 0) return null;
    orphanSql.run(place);
    for (const tag of parseTags(row['tags'])) tagSql.run(tagKey(tag), place, tag);
    return place;
  };

  return {
    async take(places, { everywhere = false } = {}) {
      const undo = ports.newId();
      await inSlices(db, places, (slice) => {
        takeNow(slice, undo);
        if (everywhere) everywhereSql.run(undo, JSON.stringify(slice));
      });
      return undo;
    },
    takeNow,
    backNow(id, undo) {
      const row = whereSql.get(id, undo);
      if (row === undefined) return null;
      const place = back(row, undo);
      forgetSql.run(id, undo);
      if (place === null) return null;
      ports.index.update([place]);
      ports.touched();
      return place;
    },
    async bringBack(undo) {
      const rows = db.prepare('SELECT seq, id, uploaded_at, tags FROM removed_uploads WHERE undo = ? ORDER BY seq').all(undo);
      const places: number[] = [];
      await inSlices(db, rows, (slice) => {
        const brought = slice.flatMap((row) => back(row, undo) ?? []);
        ports.index.update(brought);
        places.push(...brought);
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
