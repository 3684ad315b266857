import type { SqlDatabase, SqlStatement } from '../../lib/sqlite';

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

/** The portions in which an index is read: what is typed wants the newest thousand, or else everything at one go. */
export const AT_ONE_GO = { first: 1100, then: 2 ** 31 - 1 } as const;
/** Portions of a few milliseconds each. To go on in the middle costs SQLite the way there, so they are not small. */
export const IN_PORTIONS = { first: 8192, then: 16_384 } as const;

/** What an index finds for `match`, newest first. */
export function indexSource(
  db: SqlDatabase,
  table: 'uploads_text' | 'uploads_pieces',
  match: string,
  portions: { readonly first: number; readonly then: number },
): SeqSource {
  const sql: SqlStatement = db.prepare(
    `SELECT group_concat(rowid) AS list FROM (SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?)`,
  );
  let portion: readonly number[] = [];
  let at = 0;
  let size: number = portions.first;
  let ended = false;
  return {
    seek(most) {
      for (;;) {
        while (at < portion.length && (portion[at] as number) > most) at += 1;
        const found = portion[at];
        if (found !== undefined) return found;
        if (ended) return -1;
        portion = parseList(sql.get(match, most, size)?.['list']);
        at = 0;
        ended = portion.length < size;
        size = portions.then;
      }
    },
  };
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
