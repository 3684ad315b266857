import { createStore, type StoreApi } from 'zustand/vanilla';

export type KeptRows<T> = {
  /** The rows read so far by their place; places not read yet are missing. */
  readonly rows: ReadonlyMap<number, T>;
  readonly total: number;
  readonly loaded: boolean;
};

/** Rows of a long list that another process holds, read in pages as they come into view. */
export type KeptPages<T> = {
  readonly store: StoreApi<KeptRows<T>>;
  /** Reads what is missing of a stretch. */
  readonly want: (from: number, to: number) => Promise<void>;
  /** What is in view is read again; until it is there, and beyond it, the old rows stay. */
  readonly refresh: () => Promise<void>;
};

type Read<T> = (from: number, count: number) => Promise<{ readonly total: number; readonly rows: readonly T[] }>;

/** @param read answers one page. What it rejects with, `want` and `refresh` reject with, too. */
export const createKeptPages = <T>(size: number, read: Read<T>): KeptPages<T> => {
  const store = createStore<KeptRows<T>>(() => ({ rows: new Map(), total: 0, loaded: false }));
  let turn = 0;
  /** Whether the length is what this turn read: the one before says nothing about what there is now. */
  let measured = false;
  let seen = { from: 0, to: size - 1 };
  const fresh = new Set<number>();

  const readPage = async (page: number): Promise<void> => {
    const mine = turn;
    fresh.add(page);
    const found = await read(page * size, size).catch((failure: unknown) => {
      fresh.delete(page);
      throw failure;
    });
    if (mine !== turn) return;
    measured = true;
    const rows = new Map(store.getState().rows);
    for (let place = page * size; place < (page + 1) * size; place += 1) rows.delete(place);
    for (const place of rows.keys()) if (place >= found.total) rows.delete(place);
    found.rows.forEach((row, index) => rows.set(page * size + index, row));
    store.setState({ rows, total: found.total, loaded: true });
  };

  const want = async (from: number, to: number): Promise<void> => {
    seen = { from, to };
    const pages: number[] = [];
    for (let page = Math.floor(Math.max(0, from) / size); page <= Math.floor(Math.max(0, to) / size); page += 1) {
      if (!fresh.has(page) && (!measured || page * size < store.getState().total)) pages.push(page);
    }
    await Promise.all(pages.map(readPage));
  };

  return {
    store,
    want,
    refresh: async () => {
      turn += 1;
      measured = false;
      fresh.clear();
      const mine = turn;
      await want(seen.from, seen.to);
      // A list that became shorter may have nothing left of the stretch in view.
      const { total } = store.getState();
      if (mine === turn && total > 0 && seen.from >= total) await want(Math.max(0, total - size), total - 1);
    },
  };
};
