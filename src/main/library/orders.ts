import type { SqlDatabase } from '../../lib/sqlite';
import { parseList } from './seq-sources';

/** The whole library in the order of names and of sizes, kept until uploads go. */
export interface Orders {
  /** Those of `newestFirst`, rising. `all` is the whole library, newest first. */
  sorted(newestFirst: Float64Array, all: Float64Array, by: 'name' | 'size'): Float64Array;
  /** To be called when anything but new uploads on top is different. */
  forget(): void;
}

/** New uploads that are put in one by one; with more, everything is read again. */
const PUT_IN = 200;

const SQL = {
  name: ['uploads_by_name', 'name_key'],
  size: ['uploads_by_size', 'bytes'],
} as const;

export function createOrders(db: SqlDatabase): Orders {
  /** Ranks in time, the oldest upload being 0: what comes on top changes none. */
  const kept = new Map<'name' | 'size', Uint32Array>();

  const readAll = (by: 'name' | 'size', all: Float64Array): Uint32Array => {
    const [index, column] = SQL[by];
    const list = parseList(db.prepare(`SELECT group_concat(seq) AS list FROM (SELECT seq FROM uploads INDEXED BY ${index} ORDER BY ${column}, seq)`).get()?.['list']);
    return Uint32Array.from(list, (place) => rankOf(place, all));
  };
  /** `order` with what came on top since, each after the upload that comes before it. */
  const putIn = (order: Uint32Array, by: 'name' | 'size', all: Float64Array): Uint32Array => {
    const [index, column] = SQL[by];
    const before = db.prepare(
      `SELECT seq FROM uploads INDEXED BY ${index} WHERE (${column}, seq) < (SELECT ${column}, seq FROM uploads WHERE seq = ?) ORDER BY ${column} DESC, seq DESC LIMIT 1`,
    );
    const news = Array.from(all.subarray(0, all.length - order.length));
    const risingSql = db.prepare(`SELECT group_concat(seq) AS list FROM (SELECT u.seq FROM json_each(?) j CROSS JOIN uploads u ON u.seq = j.value ORDER BY u.${column}, u.seq)`);
    let known = order;
    for (const place of parseList(risingSql.get(JSON.stringify(news))?.['list'])) {
      const previous = before.get(place)?.['seq'];
      const at = typeof previous === 'number' ? known.indexOf(rankOf(previous, all)) + 1 : 0;
      const longer = new Uint32Array(known.length + 1);
      longer.set(known.subarray(0, at));
      longer[at] = rankOf(place, all);
      longer.set(known.subarray(at), at + 1);
      known = longer;
    }
    return known;
  };
  const orderOf = (by: 'name' | 'size', all: Float64Array): Uint32Array => {
    const known = kept.get(by);
    if (known?.length === all.length) return known;
    const near = known !== undefined && known.length < all.length && all.length - known.length <= PUT_IN;
    const order = near ? putIn(known, by, all) : readAll(by, all);
    kept.set(by, order);
    return order;
  };
  return {
    sorted(newestFirst, all, by) {
      const order = orderOf(by, all);
      const wanted = new Uint8Array(all.length);
      let at = 0;
      for (const place of newestFirst) {
        while ((all[at] as number) > place) at += 1;
        wanted[all.length - 1 - at] = 1;
      }
      const places = new Float64Array(newestFirst.length);
      let count = 0;
      for (const rank of order) if (wanted[rank] === 1) places[count++] = all[all.length - 1 - rank] as number;
      return places;
    },
    forget: () => kept.clear(),
  };
}

function rankOf(place: number, newestFirst: Float64Array): number {
  let low = 0;
  let high = newestFirst.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((newestFirst[middle] as number) > place) low = middle + 1;
    else high = middle;
  }
  return newestFirst.length - 1 - low;
}
