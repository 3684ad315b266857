import type { SqlDatabase } from '../../lib/sqlite';
import { fold, nameKey, searchableText } from './search-text';

/** The texts that searches look into. What is written here is found at once; what is deleted leaves by itself. */
export interface TextIndex {
  /** Writes what these places are found by now. Some tenths of a millisecond each; runs inside the caller's transaction. */
  update(places: readonly number[]): void;
}

const TEXT_SQL = `SELECT u.name, u.url, u.stored_name, u.account_name, u.tags, u.note, u.album_id, h.name AS host_album, l.name AS local_album
  FROM uploads u LEFT JOIN host_albums h ON h.account_id = u.account_id AND h.id = u.album_id LEFT JOIN local_albums l ON l.id = u.local_album_id
  WHERE u.seq = ?`;

type TextRow = Readonly<Record<'name' | 'account_name' | 'tags' | 'note', string>> & Readonly<Record<'url' | 'stored_name' | 'album_id' | 'host_album' | 'local_album', string | null>>;

/** Makes the last characters of a text the beginning of three, too: that is how words shorter than three are known. */
const END = '\n\n';

/** Rows that an upgrade brought are given their words before this returns. */
export function createTextIndex(db: SqlDatabase): TextIndex {
  const textSql = db.prepare(TEXT_SQL);
  const knownSql = db.prepare('SELECT text FROM uploads_words WHERE seq = ?');
  const addSql = db.prepare('INSERT INTO uploads_words (seq, text) VALUES (?, ?)');
  const changeSql = db.prepare('UPDATE uploads_words SET text = ? WHERE seq = ?');
  // The index takes a text out only when it is told what that text was.
  const unindexSql = db.prepare("INSERT INTO uploads_text (uploads_text, rowid, text) VALUES ('delete', ?, ?)");
  const indexSql = db.prepare('INSERT INTO uploads_text (rowid, text) VALUES (?, ?)');

  const write = (seq: number, text: string): void => {
    const known = knownSql.get(seq)?.['text'];
    if (known === text) return;
    if (typeof known === 'string') {
      unindexSql.run(seq, known);
      changeSql.run(text, seq);
    } else addSql.run(seq, text);
    indexSql.run(seq, text);
  };
  const update = (places: readonly number[]): void => {
    // The index begins a new stretch for every place that is below the one before.
    for (const seq of [...places].sort((a, b) => a - b)) {
      const row = textSql.get(seq) as TextRow | undefined;
      if (row === undefined) continue;
      const { name, url, stored_name, account_name, tags, note, album_id, host_album, local_album } = row;
      const text = searchableText([name, url, stored_name, account_name, ...(JSON.parse(tags) as string[]), note, album_id, host_album, local_album]);
      write(seq, `${text}${END}`);
    }
  };
  completeUpgrade(db, update);
  return { update };
}

function completeUpgrade(db: SqlDatabase, update: TextIndex['update']): void {
  const rows = db.prepare('SELECT seq, name FROM uploads WHERE name_key IS NULL').all();
  if (rows.length === 0) return;
  const keySql = db.prepare('UPDATE uploads SET name_key = ? WHERE seq = ?');
  db.transaction(() => {
    for (const row of rows) keySql.run(nameKey(String(row['name'])), row['seq'] as number);
    update(rows.map((row) => row['seq'] as number));
  });
}

/** A tag as filters compare it. */
export const tagKey = (tag: string): string => fold(tag.trim());
