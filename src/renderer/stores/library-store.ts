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

/**
 * The pages of the library read so far for one search. A newer search wins over a slower older one;
 * what main changes is brought in place, and when an event was missed the pages are read again.
 */
export const createLibraryStore = (client: Pick<Client, 'call' | 'on'>): LibraryStore => {
  const store = createStore<LibraryState>(() => empty);
  let turn = 0;
  let rev: number | null = null;

  const read = async (from: 'start' | 'next', limit = PAGE): Promise<void> => {
    const mine = (turn += 1);
    const { search, accountId, next } = store.getState();
    store.setState({ loading: true });
    try {
      const page = await client.call('library:page', { search, accountId, cursor: from === 'next' ? next : null, limit });
      if (mine !== turn) return;
      const before = from === 'next' ? store.getState().uploads : [];
      const known = new Set(before.map((upload) => upload.id));
      const uploads = [...before, ...page.uploads.filter((upload) => !known.has(upload.id))];
      store.setState({ uploads, next: page.next, total: page.total, loading: false, loaded: true, problem: null });
    } catch (failure) {
      if (mine === turn) store.setState({ loading: false, loaded: true, problem: problemOf(failure) });
    }
  };

  const reload = (): Promise<void> => read('start', Math.min(500, Math.max(PAGE, store.getState().uploads.length)));

  const off = client.on('library:changed', (event) => {
    const missed = rev !== null && event.rev > rev + 1;
    rev = event.rev;
    const { uploads, loaded, loading, total } = store.getState();
    if (!loaded && !loading) return;
    const known = new Set(uploads.map((upload) => upload.id));
    const fresh = event.upsert.some((upload) => !known.has(upload.id));
    const upserts = new Map(event.upsert.map((upload) => [upload.id, upload]));
    const removed = new Set(event.removed);
    const kept = uploads.filter((upload) => !removed.has(upload.id)).map((upload) => upserts.get(upload.id) ?? upload);
    store.setState({ uploads: kept, total: Math.max(kept.length, total - (uploads.length - kept.length)) });
    if (missed || fresh || loading) void reload();
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
