import type { SqlDatabase } from '../../lib/sqlite';
import { fold, indexedText, nameKey } from './search-text';

/** The search index of the library. What is written here is found at once; large amounts are worked off in the background. */
export interface TextIndex {
  /** Indexes these places as they are now: few at once, many a slice at a time. Runs inside the caller's transaction. */
  update(places: readonly number[]): void;
  /** True when the index knows of nothing that is gone, and of everything there is. */
  complete(): boolean;
  /** Resolves when all is indexed. Rejects with what the database threw. */
  settled(): Promise<void>;
  /** What waits is left to the next start. */
  close(): void;
}

/** So many are indexed while the caller waits: some ten milliseconds. */
const AT_ONCE = 100;
const SLICE = 100;

const TEXT_SQL = `SELECT u.name, u.url, u.stored_name, u.account_name, u.tags, u.note, u.album_id, h.name AS host_album, l.name AS local_album
  FROM uploads u LEFT JOIN host_albums h ON h.account_id = u.account_id AND h.id = u.album_id LEFT JOIN local_albums l ON l.id = u.local_album_id
  WHERE u.seq = ?`;

/** `indexed` is told after every slice in the background: searches may find something else now. */
export function createTextIndex(db: SqlDatabase, ports: { readonly indexed: () => void; readonly onFault: (error: unknown) => void }): TextIndex {
  const textSql = db.prepare(TEXT_SQL);
  const dropTriples = db.prepare('DELETE FROM uploads_text WHERE rowid = ?');
  const dropPieces = db.prepare('DELETE FROM uploads_pieces WHERE rowid = ?');
  const putTriples = db.prepare('INSERT INTO uploads_text (rowid, triples) VALUES (?, ?)');
  const putPieces = db.prepare('INSERT INTO uploads_pieces (rowid, pieces) VALUES (?, ?)');
  const nameSql = db.prepare('UPDATE uploads SET name_key = ? WHERE seq = ? AND name_key <> ?');
  const nextSql = db.prepare('SELECT seq FROM uploads_unindexed ORDER BY seq DESC LIMIT ?');
  const doneSql = db.prepare('DELETE FROM uploads_unindexed WHERE seq = ?');
  let waiting = nextSql.get(1) !== undefined;
  let working: Promise<void> | null = null;
  let closed = false;

  const indexOne = (seq: number): void => {
    dropTriples.run(seq);
    dropPieces.run(seq);
    const row = textSql.get(seq) as Readonly<Record<string, string | null>> | undefined;
    if (row === undefined) return;
    const { name = '', url = null, stored_name = null, account_name = null, tags = '[]', note = null, album_id = null, host_album = null, local_album = null } = row;
    const { triples, pieces } = indexedText([name, url, stored_name, account_name, ...(JSON.parse(tags ?? '[]') as string[]), note, album_id, host_album, local_album]);
    putTriples.run(seq, triples);
    putPieces.run(seq, pieces);
    const key = nameKey(name ?? '');
    nameSql.run(key, seq, key);
  };
  const slice = (): boolean => {
    const places = nextSql.all(SLICE).map((row) => row['seq'] as number);
    db.quickTransaction(() => {
      for (const seq of places) {
        indexOne(seq);
        doneSql.run(seq);
      }
    });
    return places.length === SLICE;
  };
  const work = async (): Promise<void> => {
    try {
      // A turn first: the caller's transaction ends before anything of it is looked at.
      do {
        await new Promise((resolve) => setImmediate(resolve));
        if (closed || !db.isOpen) return;
        waiting = slice();
        if (waiting) ports.indexed();
      } while (waiting);
    } finally {
      working = null;
    }
    ports.indexed();
  };
  const start = (): Promise<void> => (working ??= work());
  const startQuietly = (): void => void start().catch(ports.onFault);

  if (waiting) startQuietly();
  return {
    update(places) {
      if (places.length <= AT_ONCE) {
        for (const seq of places) indexOne(seq);
        return;
      }
      db.prepare('INSERT OR IGNORE INTO uploads_unindexed SELECT value FROM json_each(?)').run(JSON.stringify(places));
      waiting = true;
      startQuietly();
    },
    complete: () => !waiting,
    async settled() {
      while (waiting && !closed) await start();
    },
    close: () => void (closed = true),
  };
}

/** A tag as filters compare it. */
export const tagKey = (tag: string): string => fold(tag.trim());
