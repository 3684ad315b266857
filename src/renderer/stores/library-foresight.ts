import type { LibraryQuery } from '../../shared/model/library-query';
import type { CallOutput } from '../bridge';

export type Foreseen = { readonly view: CallOutput<'library:view'>; readonly limit: number };

/** The answer to a question that somebody is about to ask: an order or filter that is pointed at, not chosen yet. */
export type Foresight = {
  /** Reads it; of those that wait for the one on its way only the latest. */
  readonly look: (query: LibraryQuery, limit: number) => void;
  /** What was read for just this question, once. */
  readonly take: (query: LibraryQuery) => Foreseen | null;
  /** To be called with every change: what was read or is on its way is out of date. */
  readonly forget: () => void;
};

/** @param read what it rejects with is left: whoever asks in earnest is told. */
export const createForesight = (read: (query: LibraryQuery, limit: number) => Promise<CallOutput<'library:view'>>): Foresight => {
  let held: (Foreseen & { readonly key: string }) | null = null;
  let onItsWay: string | null = null;
  let waiting: { readonly query: LibraryQuery; readonly limit: number } | null = null;
  let changes = 0;

  const look = (query: LibraryQuery, limit: number): void => {
    const key = JSON.stringify(query);
    if (held?.key === key) return;
    if (onItsWay !== null) {
      waiting = onItsWay === key ? null : { query, limit };
      return;
    }
    const before = changes;
    onItsWay = key;
    read(query, limit)
      .then(
        (view) => {
          if (changes === before) held = { key, view, limit };
        },
        () => undefined,
      )
      .finally(() => {
        onItsWay = null;
        const next = waiting;
        waiting = null;
        if (next !== null) look(next.query, next.limit);
      });
  };

  return {
    look,
    take: (query) => {
      const found = held?.key === JSON.stringify(query) ? held : null;
      if (found !== null) held = null;
      return found;
    },
    forget: () => {
      changes += 1;
      held = null;
      waiting = null;
    },
  };
};
