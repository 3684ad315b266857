import { expect, test } from 'vitest';
import { inventProblem, inventUpload } from '../../../test/renderer/invented-jobs';
import type { Upload } from '../../shared/model/upload';
import { CallFailure, type CallInput, type CallName, type CallOutput, type Client, type EventOf } from '../bridge';
import { createLibraryStore, isLowerBound } from './library-store';

type Query = CallInput<'library:page'>;
type Page = CallOutput<'library:page'>;
type Asked = { readonly query: Query; readonly answer: (page: Page) => void; readonly fail: () => void };

const up = (number: number, name = `p${String(number)}.png`): Upload => inventUpload(number, { id: `up-${String(number)}`, name });
const ups = (from: number, to: number): readonly Upload[] => Array.from({ length: from - to + 1 }, (_, index) => up(from - index));
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A main process whose answers the test gives, one by one. */
const slowMain = () => {
  const asked: Asked[] = [];
  let listener: ((event: EventOf<'library:changed'>) => void) | null = null;
  const client: Pick<Client, 'call' | 'on'> = {
    call: <K extends CallName>(_name: K, input: CallInput<K>): Promise<CallOutput<K>> =>
      new Promise((resolve, reject) => {
        asked.push({
          query: input as Query,
          answer: (page) => resolve(page as CallOutput<K>),
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
  const library = createLibraryStore(client);
  let rev = 0;
  return {
    library,
    asked,
    listening: () => listener !== null,
    shown: () => library.store.getState().uploads.map(({ id }) => id),
    answer: async (index: number, uploads: readonly Upload[], next: string | null = null, total = uploads.length): Promise<void> => {
      asked[index]?.answer({ uploads: [...uploads], next, total });
      await settled();
    },
    change: async (change: { readonly upsert?: readonly Upload[]; readonly removed?: readonly string[]; readonly missed?: number }): Promise<void> => {
      rev += 1 + (change.missed ?? 0);
      listener?.({ rev, upsert: [...(change.upsert ?? [])], removed: [...(change.removed ?? [])] });
      await settled();
    },
  };
};

const idsOf = (uploads: readonly Upload[]): readonly string[] => uploads.map(({ id }) => id);

test('shows the answer to the newest search, even when an older one comes later', async () => {
  const main = slowMain();
  void main.library.setSearch('ha');
  void main.library.setSearch('harbour');
  await main.answer(1, [up(2)]);
  await main.answer(0, [up(1), up(2)]);
  expect(main.shown()).toEqual(['up-2']);
  expect(main.library.store.getState().loading).toBe(false);
});

test('adds the next page below and never shows an upload twice', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.answer(0, [up(4), up(3)], 'c3', 4);
  void main.library.loadMore();
  expect(main.asked[1]?.query.cursor).toBe('c3');
  await main.answer(1, [up(3), up(2), up(1)], null, 4);
  expect(main.shown()).toEqual(['up-4', 'up-3', 'up-2', 'up-1']);
  await main.library.loadMore();
  expect(main.asked).toHaveLength(2);
});

test('shows what changed in its place and drops what was removed, without reading again', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.answer(0, [up(3), up(2), up(1)]);
  await main.change({ upsert: [up(2, 'renamed.png')], removed: ['up-3'] });
  expect(main.library.store.getState().uploads.map(({ name }) => name)).toEqual(['renamed.png', 'p1.png']);
  expect(main.library.store.getState().total).toBe(2);
  expect(main.asked).toHaveLength(1);
});

test('puts new uploads on top and keeps the pages that were read', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.answer(0, ups(200, 101), 'c101', 200);
  void main.library.loadMore();
  await main.answer(1, ups(100, 1), null, 200);
  await main.change({ upsert: [up(201)] });
  await main.answer(2, ups(201, 101), 'c101', 201);
  expect(main.shown()).toEqual(idsOf(ups(201, 1)));
  expect(main.library.store.getState()).toMatchObject({ next: null, total: 201 });
});

test('reads once more after many uploads that came while it was reading', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.answer(0, [up(1)]);
  for (let number = 2; number <= 50; number += 1) await main.change({ upsert: [up(number)] });
  expect(main.asked).toHaveLength(2);
  await main.answer(1, [up(2), up(1)]);
  expect(main.asked).toHaveLength(3);
  await main.answer(2, ups(50, 1));
  expect(main.shown()).toEqual(idsOf(ups(50, 1)));
  expect(main.asked).toHaveLength(3);
});

test('does not bring back an upload that was removed while its page was on the way', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.change({ removed: ['up-1'] });
  await main.answer(0, [up(2), up(1)]);
  expect(main.shown()).toEqual(['up-2']);
  await main.answer(1, [up(2)]);
  expect(main.shown()).toEqual(['up-2']);
});

test('reads everything again when a change was missed', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.answer(0, [up(3), up(2), up(1)]);
  await main.change({});
  await main.change({ missed: 1 });
  await main.answer(1, [up(2)]);
  expect(main.shown()).toEqual(['up-2']);
});

test('keeps what it shows when a read fails, and says why', async () => {
  const main = slowMain();
  void main.library.reload();
  await main.answer(0, [up(1)]);
  void main.library.reload();
  main.asked[1]?.fail();
  await settled();
  expect(main.library.store.getState()).toMatchObject({ loading: false, problem: { message: 'internal' } });
  expect(main.shown()).toEqual(['up-1']);
});

test('leaves changes alone before anybody asked for the library, and after it was stopped', async () => {
  const main = slowMain();
  await main.change({ upsert: [up(1)] });
  expect(main.asked).toHaveLength(0);
  main.library.stop();
  expect(main.listening()).toBe(false);
});

test('calls the total of a search a lower bound from a thousand on, and that of the whole library never', () => {
  expect(isLowerBound({ search: 'png', total: 1000 })).toBe(true);
  expect(isLowerBound({ search: 'png', total: 999 })).toBe(false);
  expect(isLowerBound({ search: ' ', total: 100_000 })).toBe(false);
});
