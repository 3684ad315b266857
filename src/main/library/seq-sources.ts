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

const SMALLEST = 64;
const LARGEST = 8192;

/** What an index finds for `match`, read in portions that grow while they are used up and shrink while most is skipped. */
export function indexSource(db: SqlDatabase, table: 'uploads_text' | 'uploads_pieces', match: string): SeqSource {
  const sql: SqlStatement = db.prepare(
    `SELECT json_group_array(rowid) AS list FROM (SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?)`,
  );
  let portion: readonly number[] = [];
  let at = 0;
  let size = SMALLEST / 2;
  let used = SMALLEST;
  let ended = false;
  return {
    seek(most) {
      used += 1;
      for (;;) {
        while (at < portion.length && (portion[at] as number) > most) at += 1;
        const found = portion[at];
        if (found !== undefined) return found;
        if (ended) return -1;
        size = used * 4 > size ? Math.min(size * 2, LARGEST) : Math.max(size / 2, SMALLEST);
        used = 0;
        portion = JSON.parse(sql.get(match, most, size)?.['list'] as string) as number[];
        at = 0;
        ended = portion.length < size;
      }
    },
  };
}

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
