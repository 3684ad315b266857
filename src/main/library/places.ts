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
  /** The next place of the nth second from `start`; null when that is full. */
  const placeIn = (start: number, nth: number): number | null => {
    const from = start + nth * PLACES;
    const last = takenSql.get(from, from + PLACES)?.['last'] as number | null;
    const next = last === null ? from : last + 1;
    return next < from + PLACES ? next : null;
  };
  // Imports without a time share one second: the search goes on where it ended.
  let hint = { start: -1, full: -1 };
  return (at) => {
    const start = placeOf(at);
    let full = hint.start === start ? hint.full : -1;
    let nth = full + 1;
    let place = placeIn(start, nth);
    // What overflows fills one second after the other: doubling steps, then halving, find its end.
    for (let step = 1; place === null; step *= 2) {
      full = nth;
      nth += step;
      place = placeIn(start, nth);
    }
    while (nth - full > 1) {
      const middle = (nth + full) >> 1;
      const found = placeIn(start, middle);
      if (found === null) full = middle;
      else [nth, place] = [middle, found];
    }
    hint = { start, full };
    return place;
  };
};
