import type { SqlDatabase } from '../../lib/sqlite';
import { isShort, searchTerms, type SearchTerms } from './search-text';

/** Places in falling order, looked into from the top down. */
export interface SeqSource {
  /** The greatest place that is not above `at`; -1 when there is none. `at` never grows from call to call. */
  seek(at: number): number;
}

/** A list in falling order as a source. */
export function listSource(list: Float64Array): SeqSource {
  let low = 0;
  return {
    seek(at) {
      // Doubling steps, then halving: short ways are short, long ones do not look at everything between.
      let step = 1;
      while (low + step < list.length && (list[low + step] as number) > at) step *= 2;
      let high = Math.min(low + step, list.length);
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((list[middle] as number) > at) low = middle + 1;
        else high = middle;
      }
      return list[low] ?? -1;
    },
  };
}

/** Hits that are read at a time: `first` of them, then `growth` times as many as before, up to `most`. */
export type Portions = { readonly first: number; readonly growth: number; readonly most: number };
/** Whoever types waits for the newest screens; a filter may need more. */
export const AT_ONE_GO: Portions = { first: 300, growth: 8, most: 2 ** 31 - 1 };
/** Portions of a few milliseconds each. To go on in the middle costs SQLite the way there, so they are not small. */
export const IN_PORTIONS: Portions = { first: 4096, growth: 1, most: 4096 };

/** What a search finds, newest first. */
export function searchSource(db: SqlDatabase, { match, like }: SearchTerms, portions: Portions): SeqSource {
  const sql = db.prepare(`SELECT group_concat(seq) AS list FROM (${searchSql(match !== null, like.length)})`);
  const values = match === null ? like : [match, ...like];
  let portion: readonly number[] = [];
  let at = 0;
  let size = portions.first;
  let ended = false;
  return {
    seek(most) {
      for (;;) {
        while (at < portion.length && (portion[at] as number) > most) at += 1;
        const found = portion[at];
        if (found !== undefined) return found;
        if (ended) return -1;
        portion = parseList(sql.get(...values, most, size)?.['list']);
        at = 0;
        ended = portion.length < size;
        size = Math.min(size * portions.growth, portions.most);
      }
    },
  };
}

/** What the newest `texts` hold of short words, at most `most` of it, newest first. Nothing where the index knows a word. */
export function amongNewest(db: SqlDatabase, words: readonly string[], texts: number, most: number): number[] {
  if (words.some((word) => !isShort(word))) return [];
  const { like } = searchTerms(words);
  const sql = `SELECT group_concat(seq) AS list FROM (SELECT w.seq FROM (SELECT seq, text FROM uploads_words ORDER BY seq DESC LIMIT ?) w WHERE 1${likes(like.length)} LIMIT ?)`;
  return parseList(db.prepare(sql).get(texts, ...like, most)?.['list']);
}

const likes = (patterns: number): string => " AND w.text LIKE ? ESCAPE '\\'".repeat(patterns);

/** Everything that a search finds, newest first. */
export const searchAll = (db: SqlDatabase, { match, like }: SearchTerms): Float64Array =>
  new Float64Array(
    parseList(
      db.prepare(`SELECT group_concat(seq) AS list FROM (${searchSql(match !== null, like.length)})`).get(...(match === null ? [] : [match]), ...like, Number.MAX_SAFE_INTEGER, -1)?.['list'],
    ),
  );

/** What is in both lists, in their falling order. */
export function inBoth(a: Float64Array, b: Float64Array): Float64Array {
  let at = 0;
  return a.filter((place) => {
    while (at < b.length && (b[at] as number) > place) at += 1;
    return b[at] === place;
  });
}

/** Values: what to match if anything, the patterns, the highest place, how many. */
function searchSql(matches: boolean, patterns: number): string {
  const like = likes(patterns);
  if (!matches) return `SELECT w.seq FROM uploads_words w WHERE 1${like} AND w.seq <= ? ORDER BY w.seq DESC LIMIT ?`;
  const words = patterns === 0 ? '' : 'CROSS JOIN uploads_words w ON w.seq = t.rowid';
  return `SELECT t.rowid AS seq FROM uploads_text t ${words} WHERE t.uploads_text MATCH ?${like} AND t.rowid <= ? ORDER BY t.rowid DESC LIMIT ?`;
}

/** Numbers as SQLite's `group_concat` joins them: the quickest way for a hundred thousand of them. */
export const parseList = (list: unknown): number[] => (typeof list === 'string' ? (JSON.parse(`[${list}]`) as number[]) : []);

/** What is in all of these sources, in falling order. */
export function* inAll(sources: readonly SeqSource[]): Generator<number, void, undefined> {
  let at = Number.MAX_SAFE_INTEGER;
  for (;;) {
    let agreed = 0;
    for (let index = 0; agreed < sources.length; index = (index + 1) % sources.length) {
      const found = (sources[index] as SeqSource).seek(at);
      if (found < 0) return;
      agreed = found === at ? agreed + 1 : 1;
      at = found;
    }
    yield at;
    at -= 1;
    if (at < 0) return;
  }
}
