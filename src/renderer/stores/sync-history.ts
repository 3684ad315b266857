import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../shared/model/problem';
import type { SyncName, SyncVersionCounts, SyncVersionRow } from '../../shared/model/sync';
import { CallFailure, type Client } from '../bridge';

/** `looked`: how many versions were looked through, the newest first. */
export type PlaceSearch = { readonly text: string; readonly found: ReadonlySet<number>; readonly looked: number; readonly done: boolean; readonly problem: Problem | null };

/** Versions asked for at once: each may take two documents. */
const LOOKED_AT_ONCE = 5;

export type HistoryState = {
  readonly rows: readonly SyncVersionRow[];
  readonly currentVersion: number;
  /** The last page read; 0 before the first. */
  readonly page: number;
  readonly totalPages: number;
  readonly loading: boolean;
  /** True once a first answer has come, be it a failure. */
  readonly loaded: boolean;
  readonly problem: Problem | null;
  /** The host could not be asked: these are the versions that this device has itself. */
  readonly here: boolean;
  /** What changed in a version; null where it cannot be told. */
  readonly counts: ReadonlyMap<number, SyncVersionCounts | null>;
  /** The versions that changed a place, as far as they were looked through; null while nobody searches for one. */
  readonly search: PlaceSearch | null;
};

export type SyncHistory = {
  readonly store: StoreApi<HistoryState>;
  /** Reads the newest page again; what was read before stays until the answer is there. */
  readonly reload: () => Promise<void>;
  /** Reads the next page, unless one is being read or there is none. */
  readonly more: () => Promise<void>;
  /** Counts the changes of versions on screen; each is asked for once. */
  readonly wantCounts: (versions: readonly number[]) => Promise<void>;
  /** Looks through all versions, page after page, for those that changed such a place; '' ends the search. */
  readonly searchPlace: (text: string) => Promise<void>;
};

/** Newest first, each version once: the list moves on between two pages when somebody pushes. */
const joined = (before: readonly SyncVersionRow[], page: readonly SyncVersionRow[]): readonly SyncVersionRow[] => {
  const all = new Map([...before, ...page].map((row) => [row.version, row]));
  return [...all.values()].sort((a, b) => b.version - a.version);
};

/** A document's versions, page after page. An answer that was overtaken by a reload is dropped. */
export const createSyncHistory = (client: Pick<Client, 'call'>, document: SyncName): SyncHistory => {
  const store = createStore<HistoryState>(() => ({ rows: [], currentVersion: 0, page: 0, totalPages: 1, loading: false, loaded: false, problem: null, here: false, counts: new Map(), search: null }));
  let turn = 0;
  const asked = new Set<number>();
  let searching = 0;

  const read = async (page: number): Promise<void> => {
    const mine = (turn += 1);
    store.setState({ loading: true, problem: null });
    try {
      const found = await client.call('sync:history', { document, page });
      if (mine !== turn) return;
      const { rows: before, page: last, here } = store.getState();
      const rows = joined(here ? [] : before, found.rows);
      store.setState({ rows, here: false, currentVersion: found.currentVersion, page: Math.max(page, last), totalPages: found.totalPages, loading: false, loaded: true });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      if (mine !== turn) return;
      const kept = store.getState().rows.length > 0 ? null : await keptHere();
      if (mine !== turn) return;
      store.setState({ loading: false, loaded: true, problem: failure.error.problem, ...(kept === null ? {} : { rows: kept, here: true }) });
    }
  };

  /** What this device has of the document by itself; null where that is nothing. */
  const keptHere = async (): Promise<readonly SyncVersionRow[] | null> => {
    try {
      const rows = await client.call('sync:versions-here', { document });
      return rows.length === 0 ? null : rows;
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      return null;
    }
  };

  const count = async (version: number): Promise<void> => {
    let counts: SyncVersionCounts | null;
    try {
      counts = await client.call('sync:counts', { document, version });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      counts = null;
    }
    store.setState({ counts: new Map(store.getState().counts).set(version, counts) });
  };

  return {
    store,
    reload: () => read(1),
    more: async () => {
      const { loading, page, totalPages, problem } = store.getState();
      if (!loading && problem === null && page > 0 && page < totalPages) await read(page + 1);
    },
    searchPlace: async (text) => {
      searching += 1;
      if (text === '') return store.setState({ search: null });
      const mine = searching;
      store.setState({ search: { text, found: new Set(), looked: 0, done: false, problem: null } });
      const put = (change: Partial<PlaceSearch>): void => store.setState(({ search }) => ({ search: search === null ? null : { ...search, ...change } }));
      const looked = new Set<number>();
      for (;;) {
        const { rows, page, totalPages, problem } = store.getState();
        const next = rows.filter(({ version }) => !looked.has(version)).slice(0, LOOKED_AT_ONCE);
        if (next.length === 0 && (page === 0 || page >= totalPages || problem !== null)) return put({ done: true, problem });
        try {
          if (next.length === 0) await read(page + 1);
          const versions = next.map(({ version }) => version);
          const found = versions.length === 0 ? [] : await client.call('sync:changed-at', { document, versions, text });
          if (mine !== searching) return;
          versions.forEach((version) => looked.add(version));
          put({ found: new Set([...(store.getState().search?.found ?? []), ...found]), looked: looked.size });
        } catch (failure) {
          if (!(failure instanceof CallFailure)) throw failure;
          if (mine === searching) put({ done: true, problem: failure.error.problem });
          return;
        }
      }
    },
    wantCounts: async (versions) => {
      // They would ask the host.
      if (store.getState().here) return;
      const fresh = versions.filter((version) => !asked.has(version));
      fresh.forEach((version) => asked.add(version));
      // One after the other: each may fetch two documents.
      for (const version of fresh) await count(version);
    },
  };
};
