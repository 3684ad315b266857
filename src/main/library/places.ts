import type { SqlDatabase } from '../../lib/sqlite';

/** Places for each second in the order of time; what comes when they are full takes the next free one after them. */
export const PLACES = 64;
/** Times beyond this, millions of years ahead, are not told apart: places stay whole numbers that JavaScript holds exactly. */
const LAST_SECOND = Math.floor(2 ** 53 / PLACES) - 2 ** 20;

/** The first place of the second in which this moment lies, epoch milliseconds. */
export const placeOf = (at: number): number => Math.min(Math.max(Math.floor(at / 1000), 0), LAST_SECOND) * PLACES;

/** The moment at which a place's second begins, epoch milliseconds. */
export const momentOf = (place: number): number => Math.floor(place / PLACES) * 1000;

/** Finds free places in the order of time. */
export const createPlaces = (db: SqlDatabase): ((at: number) => number) => {
  const takenSql = db.prepare('SELECT max(seq) AS last FROM uploads WHERE seq >= ? AND seq < ?');
  const lastIn = (from: number): number | null => takenSql.get(from, from + PLACES)?.['last'] as number | null;
  // Imports without a time share one second: the search for a free place goes on where it ended.
  let hint = { second: -1, from: -1 };
  return (at) => {
    const second = placeOf(at);
    let from = hint.second === second ? hint.from : second;
    for (;;) {
      const next = (lastIn(from) ?? from - 1) + 1;
      if (next < from + PLACES) {
        hint = { second, from };
        return next;
      }
      from += PLACES;
    }
  };
};
