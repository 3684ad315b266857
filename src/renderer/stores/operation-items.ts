import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ItemOutcome, OperationItem } from '../../shared/model/operation';
import type { Problem } from '../../shared/model/problem';
import { CallFailure, type Client } from '../bridge';

export type ItemsState = {
  readonly outcome: ItemOutcome | null;
  /** The items read so far by their place. */
  readonly items: ReadonlyMap<number, OperationItem>;
  readonly total: number;
  readonly loaded: boolean;
  readonly problem: Problem | null;
};

export type OperationItems = {
  readonly store: StoreApi<ItemsState>;
  /** Reads what is missing of a stretch; nothing when all of it is there. */
  readonly want: (from: number, to: number) => Promise<void>;
  /** Null shows every item. */
  readonly setOutcome: (outcome: ItemOutcome | null) => Promise<void>;
  /** Reads the stretch asked for last again: the operation went on. */
  readonly refresh: () => Promise<void>;
  /** Every item, for a report. */
  readonly all: () => Promise<readonly OperationItem[]>;
};

const PAGE = 100;
const LARGEST = 500;

/** The items of one operation, read in pages as they come into view. An answer that a newer question overtook is dropped. */
export const createOperationItems = (client: Pick<Client, 'call'>, id: string): OperationItems => {
  const store = createStore<ItemsState>(() => ({ outcome: null, items: new Map(), total: 0, loaded: false, problem: null }));
  let turn = 0;
  let seen = { from: 0, to: PAGE - 1 };
  const asked = new Set<number>();

  const read = async (page: number): Promise<void> => {
    const mine = turn;
    const { outcome } = store.getState();
    asked.add(page);
    try {
      const found = await client.call('operations:items', { id, offset: page * PAGE, limit: PAGE, outcomes: outcome === null ? null : [outcome] });
      if (mine !== turn) return;
      const items = new Map(store.getState().items);
      found.items.forEach((item, index) => items.set(page * PAGE + index, item));
      store.setState({ items, total: found.total, loaded: true, problem: null });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      if (mine !== turn) return;
      asked.delete(page);
      store.setState({ loaded: true, problem: failure.error.problem });
    }
  };

  const want = async (from: number, to: number): Promise<void> => {
    seen = { from, to };
    const first = Math.floor(Math.max(0, from) / PAGE);
    const last = Math.floor(Math.max(0, to) / PAGE);
    const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((page) => !asked.has(page));
    await Promise.all(pages.map(read));
  };

  const again = async (): Promise<void> => {
    turn += 1;
    asked.clear();
    await want(seen.from, seen.to);
  };

  return {
    store,
    want,
    setOutcome: async (outcome) => {
      store.setState({ outcome, items: new Map(), total: 0, loaded: false, problem: null });
      seen = { from: 0, to: PAGE - 1 };
      await again();
    },
    refresh: again,
    all: async () => {
      const items: OperationItem[] = [];
      for (;;) {
        const found = await client.call('operations:items', { id, offset: items.length, limit: LARGEST, outcomes: null });
        items.push(...found.items);
        if (found.items.length === 0 || items.length >= found.total) return items;
      }
    },
  };
};
