import type { SqlDatabase } from '../../lib/sqlite';
import { tagKey } from './text-index';
import { parseTags } from './upload-rows';

/** The longest tag. */
const LONGEST = 80;

/** Tags of uploads: a list in the row to read, and rows of their own to filter by. */
export interface Tags {
  /** Trimmed, each once whatever its case, in the spelling the library has already. */
  clean(tags: readonly string[]): readonly string[];
  /** Gives an upload these tags, cleaned, and no others. */
  write(seq: number, tags: readonly string[]): void;
  /** Adds and removes; what was added and removed by it, or null when that changes nothing. */
  change(seq: number, add: readonly string[], remove: readonly string[]): TagChange | null;
}

export type TagChange = { readonly added: readonly string[]; readonly removed: readonly string[] };

export function createTags(db: SqlDatabase): Tags {
  const spellingSql = db.prepare('SELECT name FROM upload_tags WHERE key = ? LIMIT 1');
  const readSql = db.prepare('SELECT tags FROM uploads WHERE seq = ?');
  const writeSql = db.prepare('UPDATE uploads SET tags = ? WHERE seq = ?');
  const clearSql = db.prepare('DELETE FROM upload_tags WHERE seq = ?');
  const addSql = db.prepare('INSERT OR IGNORE INTO upload_tags (key, seq, name) VALUES (?, ?, ?)');

  const clean = (tags: readonly string[]): readonly string[] => {
    const byKey = new Map<string, string>();
    for (const given of tags) {
      const tag = [...given.trim()].slice(0, LONGEST).join('').trim();
      const key = tagKey(tag);
      if (key !== '' && !byKey.has(key)) byKey.set(key, (spellingSql.get(key)?.['name'] as string | undefined) ?? tag);
    }
    return [...byKey.values()];
  };
  const write = (seq: number, tags: readonly string[]): void => {
    writeSql.run(JSON.stringify(tags), seq);
    clearSql.run(seq);
    for (const tag of tags) addSql.run(tagKey(tag), seq, tag);
  };
  return {
    clean,
    write,
    change(seq, add, remove) {
      const before = parseTags(readSql.get(seq)?.['tags']);
      const gone = new Set(remove.map(tagKey));
      const there = new Set(before.map(tagKey));
      const after = [...before.filter((tag) => !gone.has(tagKey(tag))), ...add.filter((tag) => !there.has(tagKey(tag)) || gone.has(tagKey(tag)))];
      if (after.length === before.length && after.every((tag, index) => tag === before[index])) return null;
      write(seq, after);
      return { added: after.filter((tag) => !before.includes(tag)), removed: before.filter((tag) => !after.includes(tag)) };
    },
  };
}
