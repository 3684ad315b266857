import { expect } from 'vitest';
import { CallFailure, type CallInput, type CallName, type CallOutput, type Client, type EventOf } from '../../src/renderer/bridge';
import { createLibraryStore } from '../../src/renderer/stores/library-store';
import { dayOf } from '../../src/renderer/stores/library-window';
import { NEWEST_FIRST } from '../../src/shared/model/library-defaults';
import type { LibraryQuery } from '../../src/shared/model/library-query';
import type { Upload } from '../../src/shared/model/upload';
import { inventProblem, inventUpload } from './invented-jobs';

type Asked = { readonly name: CallName; readonly input: unknown; readonly answer: () => void; readonly fail: () => void };
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export const up = (number: number, changed: Partial<Upload> = {}): Upload => inventUpload(number, { id: `up-${String(number)}`, ...changed });

/** A main process with a library of its own, whose answers come when the test lets them: made when asked, told later. */
export const slowMain = (first: readonly Upload[], { exact = true } = {}) => {
  let uploads = first;
  let rev = 0;
  let listener: ((event: EventOf<'library:changed'>) => void) | null = null;
  const asked: Asked[] = [];
  const find = ({ filter }: LibraryQuery): readonly Upload[] => uploads.filter(({ name }) => name.includes(filter.search));
  const days = (found: readonly Upload[]) => {
    const counts = new Map<string, number>();
    for (const { uploadedAt } of found) counts.set(dayOf(uploadedAt), (counts.get(dayOf(uploadedAt)) ?? 0) + 1);
    return [...counts].map(([day, count]) => ({ day, count }));
  };
  const answerTo = (name: CallName, input: unknown): unknown => {
    switch (name) {
      case 'library:view': {
        const { query, limit } = input as CallInput<'library:view'>;
        const found = find(query);
        return exact ? { uploads: found.slice(0, limit), total: found.length, exact, days: days(found) } : { uploads: found.slice(0, limit), total: Math.min(1000, found.length), exact, days: [] };
      }
      case 'library:rows': {
        const { query, offset, limit } = input as CallInput<'library:rows'>;
        return { uploads: find(query).slice(offset, offset + limit) };
      }
      default:
        return { total: find(input as LibraryQuery).length, days: days(find(input as LibraryQuery)), bytes: 0 };
    }
  };
  const client: Pick<Client, 'call' | 'on'> = {
    call: <K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> =>
      new Promise((resolve, reject) => {
        const answer = answerTo(name, input);
        asked.push({
          name,
          input,
          answer: () => resolve(answer as CallOutput<K>),
          fail: () => reject(new CallFailure({ code: 'failed', id: 'e1', problem: inventProblem({ message: 'internal' }) })),
        });
      }),
    on: (_name, take) => {
      listener = take as (event: EventOf<'library:changed'>) => void;
      return () => {
        listener = null;
      };
    },
  };
  const library = createLibraryStore(client, { sort: NEWEST_FIRST, wait: () => Promise.resolve() });
  const state = () => library.store.getState();
  return {
    library,
    asked,
    state,
    uploads: () => uploads,
    listening: () => listener !== null,
    names: (from: number, to: number) => Array.from({ length: to - from }, (_, index) => library.at(from + index)?.id ?? null),
    next: async (index = 0): Promise<void> => {
      asked.splice(index, 1)[0]?.answer();
      await settled();
    },
    calm: async (): Promise<void> => {
      for (let turns = 0; asked.length > 0; turns += 1) {
        expect(turns).toBeLessThan(500);
        asked.shift()?.answer();
        await settled();
      }
    },
    change: (after: readonly Upload[], upsert: readonly Upload[], removed: readonly string[], { reordered = true, missed = 0 } = {}): void => {
      uploads = after;
      rev += 1 + missed;
      listener?.({ rev, upsert: [...upsert], removed: [...removed], reordered });
    },
  };
};

export const ups = (count: number): readonly Upload[] => Array.from({ length: count }, (_, index) => up(index));
