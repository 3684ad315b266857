import { createStore, type StoreApi } from 'zustand/vanilla';
import { NEWEST_FIRST, NO_FILTER } from '../../shared/model/library-defaults';
import type { LibraryFilter, LibraryQuery, LibrarySort } from '../../shared/model/library-query';
import type { Problem } from '../../shared/model/problem';
import type { Upload } from '../../shared/model/upload';
import { CallFailure, type Client } from '../bridge';
import { createLateChanges } from './late-changes';
import { createForesight } from './library-foresight';
import { walkLibrary } from './library-walk';
import { daysWithout, PAGE, isMissing, placeOf, pruned, rowAt, wantedPages, withChanged, withoutUploads, type DayCount, type Pages, type Seen } from './library-window';

export type LibraryState = {
  /** What was asked for last. */
  readonly query: LibraryQuery;
  /** What the pages answer: differs from `query` while its answer is on the way; null before the first one. */
  readonly shown: LibraryQuery | null;
  readonly pages: Pages;
  readonly total: number;
  /** False: at least `total` match, and how many is being counted. */
  readonly exact: boolean;
  /** Local days in the order shown; empty unless sorted by time. */
  readonly days: readonly DayCount[];
  /** True once a first answer has come, be it a failure. */
  readonly loaded: boolean;
  readonly problem: Problem | null;
};

type Change = { readonly filter?: Partial<LibraryFilter>; readonly sort?: LibrarySort };

/** A row by its place and, once it is known, by its id: the id wins when rows move. */
export type Spot = { readonly place: number; readonly id: string | null };

/** A view of the library of any size: a bounded window of pages around what is on screen. */
export type LibraryStore = {
  readonly store: StoreApi<LibraryState>;
  readonly setFilter: (change: Partial<LibraryFilter>) => void;
  /** Reads ahead what `setFilter` or `setSort` would show: somebody points at it. */
  readonly foresee: (change: Change) => void;
  readonly setSort: (sort: LibrarySort) => void;
  /** Back to the whole library, in the same order. */
  readonly clearFilters: () => void;
  /**
   * Says which places are on screen, so that they are read and far ones let go; `room`: how many of any view the screen holds,
   * which is as many as the first answer to another question brings.
   */
  readonly show: (first: number, last: number, room?: number) => void;
  /** What `show` said last: where a list that was left goes on. */
  readonly seen: () => Seen;
  /** Notes the row that has the keyboard when the list is left. */
  readonly leave: (spot: Spot) => void;
  /** That row, for whoever comes back; null once something else was asked for. */
  readonly left: () => Spot | null;
  /** Tells whenever other places are on screen; returns the unsubscribe. */
  readonly onSeen: (listener: () => void) => () => void;
  readonly at: (place: number) => Upload | undefined;
  readonly placeOf: (id: string) => number | null;
  /**
   * Gives every upload between two places, both included, reading what is not at hand without keeping it. Resolves to
   * false when the view changed meanwhile or could not be read; what was given is then to be thrown away.
   */
  readonly walk: (from: number, to: number, take: (upload: Upload, place: number) => void) => Promise<boolean>;
  /** Reads everything again; the first call begins. */
  readonly reload: () => void;
  /** Says that the view is looked at: from then on it is read and kept up to date, until what is returned is called. */
  readonly attend: () => () => void;
  /** Reads the first rows ahead of the first look, and nothing more until then. */
  readonly prepare: () => void;
  readonly stop: () => void;
};

/** Pages read at the same time: one for what is on screen, one ahead. */
const AT_ONCE = 2;
/** Between two looks at a library that keeps changing, in milliseconds. */
const PAUSE = 200;

export type LibraryStoreParts = { readonly sort?: LibrarySort; readonly wait: (ms: number) => Promise<void> };

const problemOf = (failure: unknown): Problem => {
  if (failure instanceof CallFailure) return failure.error.problem;
  throw failure;
};

/** A walk that could not be read. */
const noneOf = (failure: unknown): false => {
  problemOf(failure);
  return false;
};

const changed = (query: LibraryQuery, { filter, sort }: Change): LibraryQuery => ({ filter: { ...query.filter, ...filter }, sort: sort ?? query.sort });
const same = (a: LibraryQuery, b: LibraryQuery): boolean => JSON.stringify(a) === JSON.stringify(b);

export const createLibraryStore = (client: Pick<Client, 'call' | 'on'>, { sort = NEWEST_FIRST, wait }: LibraryStoreParts): LibraryStore => {
  const store = createStore<LibraryState>(() => ({
    query: { filter: NO_FILTER, sort },
    shown: null,
    pages: new Map(),
    total: 0,
    exact: true,
    days: [],
    loaded: false,
    problem: null,
  }));
  let begun = false;
  /** `yes`: nobody looks, and what is out of date stays so. `soon`: that begins when all is read. */
  let away: 'no' | 'soon' | 'yes' = 'no';
  let stopped = false;
  /** Grows with every query: answers to an older one are dropped. */
  let turn = 0;
  /** Grows whenever places may be out of date: pages of an older edition are shown, but read again. */
  let edition = 0;
  let rev: number | null = null;
  let seen: Seen = { first: 0, last: 0 };
  let room = PAGE;
  let spot: Spot | null = null;
  const watchers = new Set<() => void>();
  let outline: 'due' | 'reading' | 'resting' | 'fresh' = 'fresh';
  let dueAgain = false;
  /** A question is under way; one that comes meanwhile waits for its end, and only the latest is asked. */
  let asking = false;
  let counting: 'no' | 'yes' | 'again' = 'no';
  /** Pages read in this edition, and pages on their way. */
  const fresh = new Set<number>();
  const flights = new Set<number>();
  const { reading, note, patched } = createLateChanges();
  const foresight = createForesight((query, limit) => client.call('library:view', { query, limit }));

  const outdate = (): void => {
    edition += 1;
    fresh.clear();
    if (outline === 'reading' || outline === 'resting') dueAgain = true;
    else outline = 'due';
  };

  const place = (number: number, uploads: readonly Upload[], at: number, before: Pages, whole = true): Pages => {
    const rows = patched(uploads);
    const isFresh = at === edition && rows.length === uploads.length && whole;
    // An answer of an older edition comes late for a page that was read again meanwhile.
    if (!isFresh && fresh.has(number) && before.has(number)) return before;
    if (isFresh) fresh.add(number);
    return new Map([...before, [number, rows]]);
  };

  const readOutline = async (): Promise<void> => {
    if (asking) return;
    const mine = turn;
    const at = edition;
    const { query, shown } = store.getState();
    const isNew = shown === null || !same(shown, query);
    const withRows = isNew || seen.first < PAGE;
    const ahead = isNew ? foresight.take(query) : null;
    const limit = ahead?.limit ?? (isNew ? Math.min(PAGE, room) : withRows ? PAGE : 1);
    outline = 'reading';
    asking = true;
    let counts = false;
    try {
      const view = ahead?.view ?? (await reading(() => client.call('library:view', { query, limit })));
      asking = false;
      if (mine !== turn) return pump();
      counts = !view.exact;
      const before = store.getState();
      // An exact number stays until the next one is counted.
      const keeps = !view.exact && before.exact && !isNew && before.total >= view.total;
      const base: Pages = isNew ? new Map() : before.pages;
      if (isNew) seen = { first: 0, last: 0 };
      const { total, exact, days } = keeps ? before : view;
      store.setState({
        shown: query,
        total,
        exact,
        days,
        pages: pruned(withRows ? place(0, view.uploads, at, base, limit === PAGE || view.uploads.length < limit) : base, seen, total),
        loaded: true,
        problem: null,
      });
    } catch (failure) {
      asking = false;
      if (mine !== turn) return pump();
      store.setState({ loaded: true, problem: problemOf(failure) });
    }
    outline = 'resting';
    pump();
    await wait(PAUSE);
    if (mine !== turn) return;
    if (counts) void count();
    outline = dueAgain ? 'due' : 'fresh';
    dueAgain = false;
    pump();
  };

  const count = async (): Promise<void> => {
    if (counting !== 'no') {
      counting = 'again';
      return;
    }
    counting = 'yes';
    const mine = turn;
    try {
      const counted = await client.call('library:count', store.getState().query);
      if (mine === turn) store.setState({ total: counted.total, exact: true, days: counted.days });
    } catch (failure) {
      // What is on screen stays a lower bound.
      problemOf(failure);
    }
    const again = (counting as 'yes' | 'again') === 'again';
    counting = 'no';
    if (again && !stopped) void count();
    else pump();
  };

  const readPage = async (number: number): Promise<void> => {
    const mine = turn;
    const at = edition;
    flights.add(number);
    try {
      const { uploads } = await reading(() => client.call('library:rows', { query: store.getState().query, offset: number * PAGE, limit: PAGE }));
      if (mine !== turn) return;
      const { pages, total } = store.getState();
      store.setState({ pages: pruned(place(number, uploads, at, pages), seen, total) });
    } catch (failure) {
      if (mine !== turn) return;
      store.setState({ problem: problemOf(failure) });
    }
    flights.delete(number);
    pump();
  };

  const pump = (): void => {
    if (stopped || !begun || away === 'yes') return;
    const { query, shown, pages, total, problem } = store.getState();
    if (outline === 'due') void readOutline();
    if (problem !== null || shown === null || !same(shown, query)) return;
    // Whoever types or just came sees the first rows before others are read.
    const waits = outline === 'resting' && seen.first === 0;
    const wanted = wantedPages(seen, total).filter((number) => !waits || isMissing(pages, number, seen));
    for (const number of wanted) {
      if (flights.size >= AT_ONCE) return;
      // A page that was let go is fresh no longer.
      if (!(fresh.has(number) && pages.has(number)) && !flights.has(number)) void readPage(number);
    }
    if (away === 'soon' && outline === 'fresh' && flights.size === 0) away = 'yes';
  };

  const ask = (query: LibraryQuery): void => {
    if (same(query, store.getState().query)) return;
    turn += 1;
    edition += 1;
    spot = null;
    fresh.clear();
    flights.clear();
    outline = 'due';
    dueAgain = false;
    store.setState({ query, problem: null });
    pump();
  };

  const off = client.on('library:changed', (event) => {
    const missed = rev !== null && event.rev > rev + 1;
    const many = event.reordered && event.upsert.length === 0 && event.removed.length === 0;
    rev = event.rev;
    if (!begun) return;
    foresight.forget();
    const upserts = new Map(event.upsert.map((upload) => [upload.id, upload]));
    note(upserts, event.removed);
    const { pages, total, days } = store.getState();
    const { pages: left, removed, firstTouched } = withoutUploads(pages, new Set(event.removed));
    const next = withChanged(left, upserts);
    if (next !== pages) store.setState({ pages: next, total: Math.max(0, total - removed.length), days: daysWithout(days, removed) });
    if (missed || many || event.reordered || firstTouched !== null) outdate();
    pump();
  });

  const reload = (): void => {
    begun = true;
    store.setState({ problem: null });
    outdate();
    pump();
  };

  return {
    store,
    setFilter: (filter) => ask(changed(store.getState().query, { filter })),
    foresee: (change) => {
      const next = changed(store.getState().query, change);
      if (!stopped && begun && !same(next, store.getState().query)) foresight.look(next, Math.min(PAGE, room));
    },
    setSort: (next) => ask(changed(store.getState().query, { sort: next })),
    clearFilters: () => ask(changed(store.getState().query, { filter: NO_FILTER })),
    show: (first, last, holds = room) => {
      room = holds;
      if (first === seen.first && last === seen.last) return;
      seen = { first, last };
      for (const watcher of watchers) watcher();
      pump();
    },
    seen: () => seen,
    leave: (left) => {
      spot = left;
    },
    left: () => spot,
    onSeen: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
    at: (place_) => rowAt(store.getState().pages, place_),
    placeOf: (id) => placeOf(store.getState().pages, id),
    walk: (from, to, take) => walkLibrary(Math.min(from, to), Math.max(from, to), take, { client, store, isFresh: (page) => fresh.has(page), moment: () => `${turn} ${edition}` }).catch(noneOf),
    reload,
    attend: () => {
      away = 'no';
      if (begun && store.getState().problem === null) pump();
      else reload();
      return () => {
        away = 'yes';
      };
    },
    prepare: () => {
      if (begun) return;
      away = 'soon';
      reload();
    },
    stop: () => {
      stopped = true;
      off();
    },
  };
};
