import { expect, test } from 'vitest';
import type { SyncCounts, SyncHistoryPage, SyncVersionRow } from '../../shared/model/sync';
import { CallFailure, type CallInput, type Client } from '../bridge';
import { createSyncHistory } from './sync-history';

const DOCUMENT = { account: 'wiz', fileKey: 'notes' };
const row = (version: number): SyncVersionRow => ({ version, hash: null, note: '', deviceId: null, deviceName: null, isThisDevice: false, createdAt: null, parents: [], marks: [] });
const rows = (from: number, to: number): SyncVersionRow[] => Array.from({ length: from - to + 1 }, (_, index) => row(from - index));
const failure = new CallFailure({ code: 'failed', id: 'x', problem: { kind: 'network', sub: null, message: 'internal', params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0 } });

type Answers = { readonly history: (page: number) => SyncHistoryPage; readonly counts?: (version: number) => SyncCounts; readonly here?: readonly SyncVersionRow[] };
const clientOf = (answers: Answers) => {
  const asked: string[] = [];
  const call = async (name: string, input: unknown): Promise<unknown> => {
    if (name === 'sync:history') {
      const { page } = input as CallInput<'sync:history'>;
      asked.push(`page ${String(page)}`);
      return answers.history(page);
    }
    if (name === 'sync:versions-here') return answers.here ?? [];
    const { version } = input as CallInput<'sync:counts'>;
    asked.push(`counts ${String(version)}`);
    return answers.counts?.(version);
  };
  return { client: { call } as unknown as Pick<Client, 'call'>, asked };
};
const versions = (history: ReturnType<typeof createSyncHistory>): number[] => history.store.getState().rows.map(({ version }) => version);

test('reads older pages one after the other, and none beyond the last', async () => {
  const { client, asked } = clientOf({ history: (page) => ({ currentVersion: 4, page, totalPages: 2, rows: page === 1 ? rows(4, 3) : rows(2, 1) }) });
  const history = createSyncHistory(client, DOCUMENT);
  await history.reload();
  await history.more();
  await history.more();
  expect(versions(history)).toEqual([4, 3, 2, 1]);
  expect(asked).toEqual(['page 1', 'page 2']);
});

test('shows each version once when the list moved on between two pages', async () => {
  let newest = 4;
  const { client } = clientOf({ history: (page) => ({ currentVersion: newest, page, totalPages: 2, rows: page === 1 ? rows(newest, newest - 1) : rows(newest - 2, 1) }) });
  const history = createSyncHistory(client, DOCUMENT);
  await history.reload();
  newest = 5;
  await history.more();
  expect(versions(history)).toEqual([4, 3, 2, 1]);
  await history.reload();
  expect(versions(history)).toEqual([5, 4, 3, 2, 1]);
  expect(history.store.getState().currentVersion).toBe(5);
});

test('keeps what was read when the host cannot be asked, and says why', async () => {
  let fails = false;
  const { client } = clientOf({
    history: (page) => {
      if (fails) throw failure;
      return { currentVersion: 1, page, totalPages: 1, rows: rows(1, 1) };
    },
  });
  const history = createSyncHistory(client, DOCUMENT);
  await history.reload();
  fails = true;
  await history.reload();
  expect(history.store.getState()).toMatchObject({ loaded: true, problem: failure.error.problem });
  expect(versions(history)).toEqual([1]);
});

test('counts the changes of each version once, and takes no answer for none', async () => {
  const { client, asked } = clientOf({
    history: (page) => ({ currentVersion: 2, page, totalPages: 1, rows: rows(2, 1) }),
    counts: (version) => {
      if (version === 1) throw failure;
      return { added: version, edited: 0, removed: 0 };
    },
  });
  const history = createSyncHistory(client, DOCUMENT);
  await history.wantCounts([2, 1]);
  await history.wantCounts([2, 1]);
  expect(asked).toEqual(['counts 2', 'counts 1']);
  expect([...history.store.getState().counts]).toEqual([[2, { added: 2, edited: 0, removed: 0 }], [1, null]]);
});

test('looks through all versions for a place, page after page, and forgets a search that was overtaken', async () => {
  const asked: string[] = [];
  const call = async (name: string, input: unknown): Promise<unknown> => {
    if (name === 'sync:history') {
      const { page } = input as CallInput<'sync:history'>;
      return { currentVersion: 12, page, totalPages: 2, rows: page === 1 ? rows(12, 7) : rows(6, 1) } satisfies SyncHistoryPage;
    }
    const { versions: few, text } = input as CallInput<'sync:changed-at'>;
    asked.push(`${text} ${few.join()}`);
    return few.filter((version) => version % 3 === 0);
  };
  const history = createSyncHistory({ call } as unknown as Pick<Client, 'call'>, DOCUMENT);
  await history.reload();
  const overtaken = history.searchPlace('old');
  await Promise.all([overtaken, history.searchPlace('new')]);
  expect(history.store.getState().search).toEqual({ text: 'new', found: new Set([12, 9, 6, 3]), looked: 12, done: true, problem: null });
  expect(asked.filter((one) => one.startsWith('new'))).toEqual(['new 12,11,10,9,8', 'new 7', 'new 6,5,4,3,2', 'new 1']);
  await history.searchPlace('');
  expect(history.store.getState().search).toBeNull();
});

test('shows the versions that this device has itself where the host never answered, counts nothing of them, and lets them go with its answer', async () => {
  let fails = true;
  const { client, asked } = clientOf({
    history: (page) => {
      if (fails) throw failure;
      return { currentVersion: 9, page, totalPages: 1, rows: rows(9, 8) };
    },
    here: [row(7), row(5)],
  });
  const history = createSyncHistory(client, DOCUMENT);
  await history.reload();
  expect(history.store.getState()).toMatchObject({ here: true, loaded: true, problem: { kind: 'network' } });
  expect(versions(history)).toEqual([7, 5]);
  await history.wantCounts([7, 5]);
  expect(asked).toEqual(['page 1']);
  fails = false;
  await history.reload();
  expect(versions(history)).toEqual([9, 8]);
  expect(history.store.getState()).toMatchObject({ here: false, problem: null });
});
