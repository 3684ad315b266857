import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Upload } from '../../shared/model/upload';
import { CallFailure, type Client } from '../bridge';
import type { Problem } from '../../shared/model/problem';

export type LibraryState = {
  readonly search: string;
  readonly accountId: string | null;
  readonly uploads: readonly Upload[];
  readonly total: number;
  readonly next: string | null;
  readonly loading: boolean;
  /** True once a first page has come. */
  readonly loaded: boolean;
  readonly problem: Problem | null;
};

export type LibraryStore = {
  readonly store: StoreApi<LibraryState>;
  readonly setSearch: (search: string) => Promise<void>;
  readonly setAccount: (accountId: string | null) => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly stop: () => void;
};

const PAGE = 100;
/** The most that main gives at once. */
const LARGEST = 500;
/** Main counts what a search finds up to here. */
const SEARCH_COUNTED_TO = 1000;

/** Whether `total` is the least there can be, and not the number. */
export const isLowerBound = ({ search, total }: Pick<LibraryState, 'search' | 'total'>): boolean => search.trim() !== '' && total >= SEARCH_COUNTED_TO;

const empty: LibraryState = {
  search: '',
  accountId: null,
  uploads: [],
  total: 0,
  next: null,
  loading: false,
  loaded: false,
  problem: null,
};

const problemOf = (failure: unknown): Problem => {
  if (failure instanceof CallFailure) return failure.error.problem;
  throw failure;
};

/** Puts a fresh first page over the rows read so far; null when the two do not meet. */
const joined = (fresh: readonly Upload[], before: readonly Upload[]): readonly Upload[] | null => {
  const ids = new Set(fresh.map((upload) => upload.id));
  const meets = before.some((upload) => ids.has(upload.id));
  return meets ? [...fresh, ...before.filter((upload) => !ids.has(upload.id))] : null;
};

/**
 * The pages of the library read so far for one search. A newer search wins over a slower older one;
 * what main changes is brought in place, and when an event was missed the pages are read again.
 */
export const createLibraryStore = (client: Pick<Client, 'call' | 'on'>): LibraryStore => {
  const store = createStore<LibraryState>(() => empty);
  let turn = 0;
  let rev: number | null = null;

  /** What changed while a read was under way: its answer may be older than that. */
  let gone = new Set<string>();
  let newer = new Map<string, Upload>();
  /** What is to be read again when the read under way is through. */
  let stale: 'head' | 'all' | null = null;
  let arrived = 0;

  const read = async (from: 'start' | 'head' | 'next', limit = PAGE): Promise<void> => {
    const mine = (turn += 1);
    const { search, accountId, next: cursor } = store.getState();
    gone = new Set();
    newer = new Map();
    store.setState({ loading: true });
    try {
      const page = await client.call('library:page', { search, accountId, cursor: from === 'next' ? cursor : null, limit });
      if (mine !== turn) return;
      const { uploads: before, next } = store.getState();
      const fresh = page.uploads.filter((upload) => !gone.has(upload.id)).map((upload) => newer.get(upload.id) ?? upload);
      const known = new Set(before.map((upload) => upload.id));
      const headed = from === 'head' && page.next !== null ? joined(fresh, before) : null;
      store.setState({
        uploads: from === 'next' ? [...before, ...fresh.filter((upload) => !known.has(upload.id))] : (headed ?? fresh),
        next: headed === null ? page.next : next,
        total: page.total,
        loading: false,
        loaded: true,
        problem: null,
      });
    } catch (failure) {
      if (mine !== turn) return;
      store.setState({ loading: false, loaded: true, problem: problemOf(failure) });
    }
    await catchUp();
  };

  const reload = (): Promise<void> => read('start', Math.min(LARGEST, Math.max(PAGE, store.getState().uploads.length)));

  /** One read at a time, however many changes come: a running queue ends many uploads a second. */
  const catchUp = async (): Promise<void> => {
    if (stale === null || store.getState().loading) return;
    const what = stale;
    const limit = Math.min(LARGEST, PAGE + arrived);
    stale = null;
    arrived = 0;
    await (what === 'all' ? reload() : read('head', limit));
  };

  const off = client.on('library:changed', (event) => {
    const missed = rev !== null && event.rev > rev + 1;
    rev = event.rev;
    const { uploads, loaded, loading, total } = store.getState();
    if (!loaded && !loading) return;
    for (const id of event.removed) gone.add(id);
    for (const upload of event.upsert) {
      gone.delete(upload.id);
      newer.set(upload.id, upload);
    }
    const known = new Set(uploads.map((upload) => upload.id));
    const fresh = event.upsert.filter((upload) => !known.has(upload.id)).length;
    const upserts = new Map(event.upsert.map((upload) => [upload.id, upload]));
    const removed = new Set(event.removed);
    const kept = uploads.filter((upload) => !removed.has(upload.id)).map((upload) => upserts.get(upload.id) ?? upload);
    store.setState({ uploads: kept, total: Math.max(kept.length, total - (uploads.length - kept.length)) });
    arrived += fresh;
    if (missed) stale = 'all';
    else if (fresh > 0 || loading) stale ??= 'head';
    void catchUp();
  });

  return {
    store,
    setSearch: async (search) => {
      store.setState({ search });
      await read('start');
    },
    setAccount: async (accountId) => {
      store.setState({ accountId });
      await read('start');
    },
    loadMore: async () => {
      const { next, loading } = store.getState();
      if (next !== null && !loading) await read('next');
    },
    reload,
    stop: off,
  };
};
