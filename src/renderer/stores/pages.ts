import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../shared/model/problem';
import { CallFailure } from '../bridge';

export type PagesState<T> = {
  /** The rows read so far by their place. */
  readonly rows: ReadonlyMap<number, T>;
  readonly total: number;
  readonly loaded: boolean;
  readonly problem: Problem | null;
};

/** Rows of a long list, read in pages as they come into view. */
export type Pages<T> = {
  readonly store: StoreApi<PagesState<T>>;
  /** Reads what is missing of a stretch; nothing when all of it is there. */
  readonly want: (from: number, to: number) => Promise<void>;
  /** Forgets all and reads the stretch asked for last again. */
  readonly refresh: () => Promise<void>;
};

/** @param read answers one page; it may reject with CallFailure, and is then asked again by `refresh`. */
export const createPages = <T>(size: number, read: (offset: number, limit: number) => Promise<{ readonly rows: readonly T[]; readonly total: number }>): Pages<T> => {
  const store = createStore<PagesState<T>>(() => ({ rows: new Map(), total: 0, loaded: false, problem: null }));
  let turn = 0;
  let seen = { from: 0, to: size - 1 };
  const asked = new Set<number>();
  /** The first page says what the others belong to. */
  let first: Promise<void> | null = null;

  const readPage = async (page: number): Promise<void> => {
    const mine = turn;
    asked.add(page);
    try {
      const found = await read(page * size, size);
      if (mine !== turn) return;
      const rows = new Map(store.getState().rows);
      found.rows.forEach((row, index) => rows.set(page * size + index, row));
      store.setState({ rows, total: found.total, loaded: true, problem: null });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      if (mine !== turn) return;
      asked.delete(page);
      store.setState({ loaded: true, problem: failure.error.problem });
    }
  };

  const want = async (from: number, to: number): Promise<void> => {
    seen = { from, to };
    const mine = turn;
    first ??= readPage(0);
    await first;
    if (mine !== turn || store.getState().problem !== null) return;
    const [low, high] = [Math.floor(Math.max(0, from) / size), Math.floor(Math.max(0, to) / size)];
    const pages = Array.from({ length: high - low + 1 }, (_, index) => low + index).filter((page) => !asked.has(page) && page * size < store.getState().total);
    await Promise.all(pages.map(readPage));
  };

  return {
    store,
    want,
    refresh: async () => {
      turn += 1;
      asked.clear();
      first = null;
      store.setState({ rows: new Map(), total: 0, loaded: false, problem: null });
      await want(seen.from, seen.to);
    },
  };
};
