import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase } from '../../lib/sqlite';
import { parseList } from './seq-sources';

/** The whole library in the order of names and of sizes, kept until uploads go. */
export interface Orders {
  /** Those of `newestFirst`, rising. `all` is the whole library, newest first. */
  sorted(newestFirst: Float64Array, all: Float64Array, by: 'name' | 'size'): Float64Array;
  /** Reads both orders of `all`, the whole library, newest first, in slices of some ten milliseconds. Given up when they are forgotten meanwhile. */
  prepare(all: Float64Array): Promise<void>;
  ready(): boolean;
  /** To be called when anything but new uploads on top is different. */
  forget(): void;
}

/** New uploads that are put in one by one; with more, everything is read again. */
const PUT_IN = 200;
/** Uploads that one slice reads. */
const SLICE = 4096;

const SQL = {
  name: ['uploads_by_name', 'name_key'],
  size: ['uploads_by_size', 'bytes'],
} as const;

export function createOrders(db: SqlDatabase): Orders {
  /** Ranks in time, the oldest upload being 0: what comes on top changes none. */
  const kept = new Map<'name' | 'size', Uint32Array>();
  let forgotten = 0;

  const readAll = (by: 'name' | 'size', all: Float64Array): Uint32Array => {
    const [index, column] = SQL[by];
    const list = parseList(db.prepare(`SELECT group_concat(seq) AS list FROM (SELECT seq FROM uploads INDEXED BY ${index} ORDER BY ${column}, seq)`).get()?.['list']);
    return Uint32Array.from(list, (place) => rankOf(place, all));
  };
  /** The order of those in `all`; undefined when something went meanwhile. */
  const readSlowly = async (by: 'name' | 'size', all: Float64Array): Promise<Uint32Array | undefined> => {
    const [index, column] = SQL[by];
    const before = forgotten;
    const order = new Uint32Array(all.length);
    let count = 0;
    for (let last: readonly [string | number, number] | null = null; ; ) {
      if (!db.isOpen || forgotten !== before) return undefined;
      const after = last === null ? '1' : `(${column}, seq) > (?, ?)`;
      const sql = db.prepare(`SELECT group_concat(seq) AS list FROM (SELECT seq FROM uploads INDEXED BY ${index} WHERE ${after} ORDER BY ${column}, seq LIMIT ${SLICE})`);
      const places = parseList(sql.get(...(last ?? []))?.['list']);
      for (const place of places) {
        const rank = rankOf(place, all);
        // What came since is put in later.
        if (all[all.length - 1 - rank] !== place) continue;
        if (count < order.length) order[count] = rank;
        count += 1;
      }
      const end = places.at(-1);
      if (end === undefined || places.length < SLICE) return count === order.length ? order : undefined;
      last = [db.prepare(`SELECT ${column} AS key FROM uploads WHERE seq = ?`).get(end)?.['key'] as string | number, end];
      await turn();
    }
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
      if (newestFirst.length === all.length) return new Float64Array(order.length).map((_, at) => all[all.length - 1 - (order[at] as number)] as number);
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
    async prepare(all) {
      for (const by of ['name', 'size'] as const) {
        if (kept.has(by)) continue;
        const order = await readSlowly(by, all);
        if (order === undefined) return;
        // Somebody may have waited for it meanwhile.
        if (!kept.has(by)) kept.set(by, order);
      }
    },
    ready: () => kept.size === 2,
    forget() {
      forgotten += 1;
      kept.clear();
    },
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
