import { expect, test } from 'vitest';
import type { Problem } from '../../shared/model/problem';
import type { SyncDocument } from '../../shared/model/sync';
import { accountNames, countsWords, fileWords, inOrder, lastSyncWords, pathText, relativeTime, stateWords, wrongWords } from './sync-words';
import { createText } from './text';

const en = createText('en');
const zh = createText('zh-CN');
const stand = (state: SyncDocument['state'], more: Partial<SyncDocument> = {}) => ({ state, running: false, waiting: 0, conflicts: 0, newer: null, ...more });

test('says how a document stands in words, with its figures', () => {
  expect(stateWords(stand('up-to-date'), en)).toBe('Up to date');
  expect(stateWords(stand('changes-waiting', { waiting: 3 }), en)).toBe('3 changes waiting');
  expect(stateWords(stand('changes-waiting', { waiting: 1 }), en)).toBe('1 change waiting');
  expect(stateWords(stand('offline'), en)).toBe('Offline');
  expect(stateWords(stand('offline', { waiting: 2 }), en)).toBe('Offline (2 waiting)');
  expect(stateWords(stand('conflict', { conflicts: 3 }), en)).toBe('Conflict (3)');
  expect(stateWords(stand('paused'), en)).toBe('Paused');
  expect(stateWords(stand('paused', { waiting: 2 }), en)).toBe('Paused (2 waiting)');
  expect(stateWords(stand('server-older'), en)).toBe('Server data older than yours');
  expect(stateWords(stand('sign-in-needed'), zh)).toBe('已暂停：需要登录');
  expect(stateWords(stand('failed', { running: true }), en)).toBe('Syncing…');
});

test('tells a version that is at the host only, and a file that no version is like', () => {
  expect(stateWords(stand('up-to-date', { newer: 3 }), en)).toBe('Version 3 is at the host, not here yet');
  const file = { waiting: 0, version: 1, newer: null, problem: null };
  const problem = (sub: string) => ({ kind: 'file', sub, message: sub }) as Problem;
  expect(fileWords(file, en)).toBe('Same as version 1');
  expect(fileWords({ ...file, newer: 3 }, en)).toBe('Same as version 1; version 3 is not here yet');
  expect(fileWords({ ...file, problem: problem('not-json') }, en)).toBe('Cannot be read or written');
  expect(fileWords({ ...file, problem: problem('syncFileGone') }, en)).toBe('There is no file any more');
});

test('names a place by its steps, list items counted from one', () => {
  expect(pathText(['editor', { idKey: 'id', idValue: '"a"' }, 'size'], en)).toBe('editor › id "a" › size');
  expect(pathText(['tags', { list: [2, 4] }], en)).toBe('tags › items 3–4');
  expect(pathText(['tags', { list: [2, 3] }], en)).toBe('tags › item 3');
  expect(pathText(['tags', { list: [2, 3] }], zh)).toBe('tags › 第 3 项');
  expect(pathText(['tags', { list: [0, 0] }], zh)).toBe('tags › 第 1 项之前');
  expect(pathText(['', 'size'], en)).toBe('"" › size');
  expect(pathText([], en)).toBe('whole document');
});

test('counts changed places short and in words', () => {
  expect(countsWords({ added: 3, edited: 5, removed: 1 }, en)).toEqual({ short: '+3 ~5 −1', long: '3 added, 5 changed, 1 removed' });
  expect(countsWords({ added: 0, edited: 0, removed: 0 }, en).short).toBe('No difference');
});

test('puts the older side first; the file is newer than every version', () => {
  expect(inOrder(7, 3)).toEqual([3, 7]);
  expect(inOrder('file', 3)).toEqual([3, 'file']);
  expect(inOrder(3, 'file')).toEqual([3, 'file']);
});

test('says when a document was synced, never as a time to come', () => {
  const synced = (lastSync: number | null, state: SyncDocument['state'] = 'up-to-date') => ({ lastSync, state });
  expect(lastSyncWords(synced(null, 'new'), 1e12, en)).toBe('Never synced');
  expect(lastSyncWords(synced(null, 'conflict'), 1e12, en)).toBe('First sync not finished');
  expect(lastSyncWords(synced(null, 'conflict'), 1e12, zh)).toBe('首次同步尚未完成');
  expect(lastSyncWords(synced(1e12 + 6_000), 1e12, en)).toBe('Last synced less than a minute ago');
  expect(lastSyncWords(synced(1e12 - 6_000), 1e12, zh)).toBe('上次同步：不到一分钟前');
  expect(lastSyncWords(synced(1e12 - 120_000), 1e12, en)).toBe('Last synced 2 minutes ago');
  expect(lastSyncWords(synced(1e12 - 59_700), 1e12, en)).toBe('Last synced less than a minute ago');
  expect(lastSyncWords(synced(1e12 - 60_000), 1e12, en)).toBe('Last synced 1 minute ago');
});

test('says what is wrong and when it is tried again, but not of a document that is paused', () => {
  const problem = { kind: 'network', sub: null, message: 'resolverBroke', params: {}, detail: null, retryable: true, at: 0 } as unknown as SyncDocument['problem'];
  const wrong = { problem, nextTry: 1e12 + 11_000 };
  expect(wrongWords({ ...wrong, state: 'failed' }, 1e12, zh)).toMatch(/。11 秒后再试。$/);
  expect(wrongWords({ ...wrong, state: 'failed' }, 1e12, en)).toMatch(/\. Tries again in 11 seconds\.$/);
  expect(wrongWords({ ...wrong, state: 'paused' }, 1e12, en)).toBeNull();
  expect(wrongWords({ ...wrong, problem: null, state: 'failed' }, 1e12, en)).toBeNull();
});

test.each([
  [-120_000, '2 分钟前'],
  [11_000, '11 秒后'],
  [59_700, '1 分钟后'],
  [-3 * 86_400_000, '3 天前'],
  [-86_400_000, '昨天'],
])('says a time %d ms away in Chinese with a space at the number', (off, words) => expect(relativeTime(1e12 + off, 1e12, 'zh-CN')).toBe(words));

test.each([
  [-5_000, '5 seconds ago'],
  [-120_000, '2 minutes ago'],
  [3_600_000, 'in 1 hour'],
  [-3 * 86_400_000, '3 days ago'],
])('says a time %d ms away as people do', (off, words) => expect(relativeTime(1e12 + off, 1e12, 'en')).toBe(words));

test('accounts are called by their names, those that would come as well; one that is here keeps the name it has here', () => {
  const rows = [
    { path: ['id-1'], there: '{"name":"theirs"}', cut: false },
    { path: ['id-2'], there: '{"name":"new"}', cut: false },
    { path: ['id-3'], there: '{"na', cut: true },
    { path: ['id-4', 'name'], there: '"x"', cut: false },
  ];
  expect([...accountNames([{ id: 'id-1', name: 'mine' }], rows)]).toEqual([['id-1', 'mine'], ['id-2', 'new']]);
});
