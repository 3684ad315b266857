import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase, SqlValue } from '../../lib/sqlite';
import type { LibraryFilter, LibraryQuery } from '../../shared/model/library-query';
import { conditionsOf, filterKey } from './filter-sql';
import { searchTerms, wordsOf } from './search-text';
import { AT_ONE_GO, IN_PORTIONS, inAll, listSource, parseList, searchSource, type Portions, type SeqSource } from './seq-sources';

/** A search is counted up to here: whoever types waits for it, and beyond it the exact figure tells nobody anything. */
export const SEARCH_TOTAL_LIMIT = 1000;

/** A view's uploads by their places, in its order; only the first thousand of a search unless `complete`. */
export type ViewList = { readonly places: Float64Array; readonly complete: boolean };

/** The orders of views, kept until something changes: a library's views are few and read again and again. */
export interface ViewLists {
  /** What whoever types waits for. */
  start(query: LibraryQuery): ViewList;
  complete(query: LibraryQuery): Float64Array;
  /** The same as `complete`, in slices. */
  completeSlowly(query: LibraryQuery): Promise<Float64Array>;
  /**
   * To be called with every change that views can notice. `facts`: what filters and searches ask is different, all else
   * stands. `added`: uploads came, none went. `all`: anything.
   */
  forget(what: 'facts' | 'added' | 'all'): void;
}

/** Views kept at a time. */
const KEPT = 4;
/** Up to so many, sorting the rows themselves is cheaper than the order of everything. */
const FEW = 3000;
/** Results looked at between two looks at the clock, and the time that a slice may take. */
const LOOKS = 256;
const SLICE_MS = 6;

const NEWEST: LibraryQuery['sort'] = { by: 'time', direction: 'desc' };

export function createViewLists(db: SqlDatabase): ViewLists {
  let changes = 0;
  const kept = new Map<string, ViewList>();
  const orders = new Map<'name' | 'size', Float64Array>();
  /** Everything, newest first; `sure` until something was added. */
  let everything: { places: Float64Array; sure: boolean } | null = null;
  const keep = (key: string, list: ViewList): ViewList => {
    kept.delete(key);
    kept.set(key, list);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return list;
  };
  const read = (sql: string, ...values: readonly SqlValue[]): Float64Array =>
    new Float64Array(parseList(db.prepare(`SELECT group_concat(seq) AS list FROM (${sql})`).get(...values)?.['list']));

  const newerSql = db.prepare('SELECT seq FROM uploads WHERE seq > ? ORDER BY seq DESC LIMIT 1000');
  const countSql = db.prepare('SELECT count(*) AS n FROM uploads');
  /** Usually the only difference is what came on top; the count tells when it is not. */
  const topped = (known: Float64Array): Float64Array | undefined => {
    const newer = newerSql.all(known[0] ?? -1).map((row) => row['seq'] as number);
    if (countSql.get()?.['n'] !== known.length + newer.length) return undefined;
    if (newer.length === 0) return known;
    const places = new Float64Array(newer.length + known.length);
    places.set(newer);
    places.set(known, newer.length);
    return places;
  };
  const all = (): Float64Array => {
    if (everything?.sure === true) return everything.places;
    const places = (everything === null ? undefined : topped(everything.places)) ?? read('SELECT seq FROM uploads INDEXED BY uploads_facts ORDER BY seq DESC');
    everything = { places, sure: true };
    return places;
  };

  /** All that a filter lets through but for its search, newest first. */
  const filtered = (filter: LibraryFilter): Float64Array => {
    if (filterKey(filter) === '') return all();
    const key = `time ${filterKey(filter)}`;
    const { where, values } = conditionsOf(filter);
    const sql = `SELECT seq FROM uploads u INDEXED BY uploads_facts WHERE ${where.join(' AND ')} ORDER BY seq DESC`;
    return keep(key, kept.get(key) ?? { places: read(sql, ...values), complete: true }).places;
  };
  const searched = (filter: LibraryFilter, portions: Portions): Generator<number, void, undefined> => {
    const sources: SeqSource[] = [searchSource(db, searchTerms(wordsOf(filter.search)), portions)];
    if (filterKey(filter) !== '') sources.push(listSource(filtered(filter)));
    return inAll(sources);
  };
  const orderOf = (by: 'name' | 'size'): Float64Array => {
    const known = orders.get(by);
    if (known !== undefined) return known;
    const [index, column] = by === 'name' ? ['uploads_by_name', 'name_key'] : ['uploads_by_size', 'bytes'];
    const order = read(`SELECT seq FROM uploads INDEXED BY ${index} ORDER BY ${column}, seq`);
    orders.set(by, order);
    return order;
  };
  const sorted = (newestFirst: Float64Array, sort: LibraryQuery['sort']): Float64Array => {
    if (sort.by === 'time') return sort.direction === 'desc' ? newestFirst : newestFirst.slice().reverse();
    const rising = newestFirst.length <= FEW ? sortFew(newestFirst, sort.by) : onlyThose(orderOf(sort.by), newestFirst);
    return sort.direction === 'asc' ? rising : rising.reverse();
  };
  const sortFew = (places: Float64Array, by: 'name' | 'size'): Float64Array =>
    read(`SELECT u.seq FROM json_each(?) j CROSS JOIN uploads u ON u.seq = j.value ORDER BY u.${by === 'name' ? 'name_key' : 'bytes'}, u.seq`, JSON.stringify([...places]));

  const keyOf = ({ filter, sort }: LibraryQuery): string => JSON.stringify([wordsOf(filter.search), filterKey(filter), sort.by, sort.direction]);
  const isSearch = (query: LibraryQuery): boolean => wordsOf(query.filter.search).length > 0;
  const complete = (query: LibraryQuery): Float64Array => {
    const key = keyOf(query);
    const known = kept.get(key);
    if (known?.complete === true) return keep(key, known).places;
    if (!isSearch(query) && query.sort.by !== 'time' && filterKey(query.filter) === '') {
      const rising = orderOf(query.sort.by);
      return keep(key, { places: query.sort.direction === 'asc' ? rising : rising.slice().reverse(), complete: true }).places;
    }
    const newestFirst = isSearch(query) ? Float64Array.from(searched(query.filter, AT_ONE_GO)) : filtered(query.filter);
    return keep(key, { places: sorted(newestFirst, query.sort), complete: true }).places;
  };

  return {
    complete,
    start(query) {
      const key = keyOf(query);
      const known = kept.get(key);
      if (known !== undefined) return keep(key, known);
      if (!isSearch(query) || query.sort.by !== 'time' || query.sort.direction !== 'desc') return { places: complete(query), complete: true };
      const found: number[] = [];
      for (const place of searched(query.filter, AT_ONE_GO)) if (found.push(place) > SEARCH_TOTAL_LIMIT) break;
      const all = found.length <= SEARCH_TOTAL_LIMIT;
      return keep(key, { places: new Float64Array(all ? found : found.slice(0, -1)), complete: all });
    },
    async completeSlowly(query) {
      if (!isSearch(query)) return complete(query);
      for (let tries = 0; tries < 3; tries += 1) {
        const known = kept.get(keyOf(query));
        if (known?.complete === true) return known.places;
        const before = changes;
        const found: number[] = [];
        let until = performance.now() + SLICE_MS;
        for (const place of searched(query.filter, IN_PORTIONS)) {
          if (found.push(place) % LOOKS !== 0 || performance.now() < until) continue;
          await turn();
          if (changes !== before || !db.isOpen) break;
          until = performance.now() + SLICE_MS;
        }
        if (!db.isOpen) return new Float64Array(found);
        if (changes !== before) continue;
        keep(keyOf({ ...query, sort: NEWEST }), { places: new Float64Array(found), complete: true });
        return keep(keyOf(query), { places: sorted(new Float64Array(found), query.sort), complete: true }).places;
      }
      // Something changes all the time: the answer is owed all the same.
      return complete(query);
    },
    forget(what) {
      changes += 1;
      kept.clear();
      if (what === 'facts') return;
      orders.clear();
      everything = what === 'added' && everything !== null ? { ...everything, sure: false } : null;
    },
  };
}

/** Those of `order` that are in `newestFirst`, in the order of `order`. */
function onlyThose(order: Float64Array, newestFirst: Float64Array): Float64Array {
  if (order.length === newestFirst.length) return order.slice();
  const wanted = new Set(newestFirst);
  return order.filter((place) => wanted.has(place));
}
