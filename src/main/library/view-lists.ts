import { setImmediate as turn } from 'node:timers/promises';
import type { SqlDatabase, SqlValue } from '../../lib/sqlite';
import type { LibraryFilter, LibraryQuery } from '../../shared/model/library-query';
import { conditionsOf, filterKey } from './filter-sql';
import { createOrders } from './orders';
import { searchTerms, wordsOf, type SearchTerms } from './search-text';
import { amongNewest, AT_ONE_GO, IN_PORTIONS, inAll, inBoth, listSource, parseList, searchAll, searchSource, type Portions, type SeqSource } from './seq-sources';
import { createShortWords } from './short-words';

/** What is searched or filtered is counted up to here, some screens: whoever typed or chose waits for it, and the exact figure comes a moment later. */
export const FIRST_TOTAL_LIMIT = 250;
/** Newest texts that are looked through for a short word before the index is asked: common words are often enough in them. */
const NEWEST_TEXTS = 4000;

/** A view's uploads by their places, in its order; only the first `FIRST_TOTAL_LIMIT` of a search or a filter unless `complete`. */
export type ViewList = { readonly places: Float64Array; readonly complete: boolean };

/** The orders of views, kept until something changes: a library's views are few and read again and again. */
export interface ViewLists {
  /** What whoever types waits for. */
  start(query: LibraryQuery): ViewList;
  complete(query: LibraryQuery): Float64Array;
  /** The same as `complete`, in slices. */
  completeSlowly(query: LibraryQuery): Promise<Float64Array>;
  /** Reads the orders of names and sizes in slices, so that a change of order meets them. */
  prepare(): Promise<void>;
  /** Whether any change of order is quick now. */
  ready(): boolean;
  /**
   * To be called with every change that views can notice. `facts`: what filters and searches ask is different, all else
   * stands. `added`: uploads came, none went; the places of those that may lie below others are to be named. `all`: anything.
   */
  forget(what: 'facts' | 'added' | 'all', added?: readonly number[]): void;
}

/** Views kept at a time. */
const KEPT = 4;
/** Up to so many, sorting the rows themselves is cheaper than the order of everything. */
const FEW = 3000;
/** Results looked at between two looks at the clock, and the time that a slice may take. */
const LOOKS = 256;
const SLICE_MS = 6;

const ONE = '1'.charCodeAt(0);
const NEWEST: LibraryQuery['sort'] = { by: 'time', direction: 'desc' };

export function createViewLists(db: SqlDatabase): ViewLists {
  let changes = 0;
  const kept = new Map<string, ViewList>();
  const orders = createOrders(db);
  /** Everything, newest first, but for what was `added` since; `sure` until something was. */
  let everything: { places: Float64Array; sure: boolean; added: readonly number[] } | null = null;
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
  /** With what came on top, and what was said to have come between; the count tells when there is another difference. */
  const grown = (known: Float64Array, added: readonly number[]): Float64Array | undefined => {
    const newer = newerSql.all(known[0] ?? -1).map((row) => row['seq'] as number);
    const news = Float64Array.from(new Set([...newer, ...added.filter((place) => !holds(known, place))])).sort().reverse();
    if (countSql.get()?.['n'] !== known.length + news.length) return undefined;
    if ((news.at(-1) ?? Infinity) < (known[0] ?? -1)) orders.forget();
    return news.length === 0 ? known : merged(news, known);
  };
  const all = (): Float64Array => {
    if (everything?.sure === true) return everything.places;
    const after = everything === null ? undefined : grown(everything.places, everything.added);
    if (after === undefined) orders.forget();
    const places = after ?? read('SELECT seq FROM uploads INDEXED BY uploads_facts ORDER BY seq DESC');
    everything = { places, sure: true, added: [] };
    return places;
  };

  /** All that a filter lets through but for its search, newest first. */
  const filtered = (filter: LibraryFilter): Float64Array => {
    if (filterKey(filter) === '') return all();
    const key = `time ${filterKey(filter)}`;
    const known = kept.get(key);
    return keep(key, known ?? { places: throughFilter(filter), complete: true }).places;
  };
  const throughFilter = (filter: LibraryFilter): Float64Array => {
    const { where, values } = conditionsOf(filter);
    const few = filter.tag !== null || filter.album !== null || filter.from !== null || filter.before !== null;
    if (few) return read(`SELECT seq FROM uploads u INDEXED BY uploads_facts WHERE ${where.join(' AND ')} ORDER BY seq DESC`, ...values);
    // A yes or no for each upload takes a fraction of the time that naming most of them does.
    const sql = `SELECT group_concat(yes, '') AS list FROM (SELECT ${where.join(' AND ')} AS yes FROM uploads u INDEXED BY uploads_facts ORDER BY seq DESC)`;
    const answers = (db.prepare(sql).get(...values)?.['list'] ?? '') as string;
    return all().filter((_, at) => answers.charCodeAt(at) === ONE);
  };
  /** The newest of a filter, and one more when there are more than are counted at first. */
  const firstFiltered = (filter: LibraryFilter): Float64Array => {
    const { where, values } = conditionsOf(filter);
    return read(`SELECT seq FROM uploads u INDEXED BY uploads_facts WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT ${FIRST_TOTAL_LIMIT + 1}`, ...values);
  };
  const shortWords = createShortWords(db);
  const terms = (filter: LibraryFilter): SearchTerms => searchTerms(wordsOf(filter.search), shortWords);
  const searched = (filter: LibraryFilter, portions: Portions): Generator<number, void, undefined> => {
    const sources: SeqSource[] = [searchSource(db, terms(filter), portions)];
    if (filterKey(filter) !== '') sources.push(listSource(filtered(filter)));
    return inAll(sources);
  };
  const firstFound = (filter: LibraryFilter): Float64Array => {
    const newest = filterKey(filter) === '' ? amongNewest(db, wordsOf(filter.search), NEWEST_TEXTS, FIRST_TOTAL_LIMIT + 1) : [];
    if (newest.length > FIRST_TOTAL_LIMIT) return new Float64Array(newest);
    const hits: number[] = [];
    for (const place of searched(filter, AT_ONE_GO)) if (hits.push(place) > FIRST_TOTAL_LIMIT) break;
    return new Float64Array(hits);
  };
  /** Everything that a search finds, at one go. */
  const found = (filter: LibraryFilter): Float64Array => {
    const hits = searchAll(db, terms(filter));
    return filterKey(filter) === '' ? hits : inBoth(hits, filtered(filter));
  };
  const sorted = (newestFirst: Float64Array, sort: LibraryQuery['sort']): Float64Array => {
    if (sort.by === 'time') return sort.direction === 'desc' ? newestFirst : newestFirst.slice().reverse();
    const rising = newestFirst.length <= FEW ? sortFew(newestFirst, sort.by) : orders.sorted(newestFirst, all(), sort.by);
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
    const newestFirst = isSearch(query) ? found(query.filter) : filtered(query.filter);
    return keep(key, { places: sorted(newestFirst, query.sort), complete: true }).places;
  };

  return {
    complete,
    start(query) {
      const key = keyOf(query);
      const known = kept.get(key);
      if (known !== undefined) return keep(key, known);
      const { filter, sort } = query;
      const isAll = !isSearch(query) && (filterKey(filter) === '' || kept.has(`time ${filterKey(filter)}`));
      if (isAll || sort.by !== 'time' || sort.direction !== 'desc') return { places: complete(query), complete: true };
      const hits = isSearch(query) ? firstFound(filter) : firstFiltered(filter);
      const whole = hits.length <= FIRST_TOTAL_LIMIT;
      return keep(key, { places: whole ? hits : hits.slice(0, -1), complete: whole });
    },
    async completeSlowly(query) {
      if (!isSearch(query)) return complete(query);
      for (let tries = 0; tries < 3; tries += 1) {
        const known = kept.get(keyOf(query));
        if (known?.complete === true) return known.places;
        const before = changes;
        const hits: number[] = [];
        let until = performance.now() + SLICE_MS;
        for (const place of searched(query.filter, IN_PORTIONS)) {
          if (hits.push(place) % LOOKS !== 0 || performance.now() < until) continue;
          await turn();
          if (changes !== before || !db.isOpen) break;
          until = performance.now() + SLICE_MS;
        }
        if (!db.isOpen) return new Float64Array(hits);
        if (changes !== before) continue;
        keep(keyOf({ ...query, sort: NEWEST }), { places: new Float64Array(hits), complete: true });
        return keep(keyOf(query), { places: sorted(new Float64Array(hits), query.sort), complete: true }).places;
      }
      // Something changes all the time: the answer is owed all the same.
      return complete(query);
    },
    prepare: async () => (db.isOpen ? orders.prepare(all()) : undefined),
    ready: () => orders.ready() || (everything !== null && everything.places.length <= FEW),
    forget(what, added = []) {
      changes += 1;
      kept.clear();
      if (what === 'facts') return;
      if (what === 'all') orders.forget();
      everything = what === 'added' && everything !== null ? { ...everything, sure: false, added: added.length === 0 ? everything.added : [...everything.added, ...added] } : null;
    },
  };
}

/** Whether a falling list has the place. */
function holds(falling: Float64Array, place: number): boolean {
  let low = 0;
  let high = falling.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((falling[middle] as number) > place) low = middle + 1;
    else high = middle;
  }
  return falling[low] === place;
}

/** Two falling lists without a common place as one. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  let [from, to] = [0, 0];
  for (const place of a) {
    while (from < b.length && (b[from] as number) > place) all[to++] = b[from++] as number;
    all[to++] = place;
  }
  all.set(b.subarray(from), to);
  return all;
}
