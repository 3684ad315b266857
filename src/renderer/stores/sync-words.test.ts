import { expect, test } from 'vitest';
import type { SyncDocument } from '../../shared/model/sync';
import { countsWords, inOrder, lastSyncWords, pathText, relativeTime, stateWords } from './sync-words';
import { createText } from './text';

const en = createText('en');
const zh = createText('zh-CN');
const stand = (state: SyncDocument['state'], more: Partial<SyncDocument> = {}) => ({ state, running: false, waiting: 0, conflicts: 0, ...more });

test('says how a document stands in words, with its figures', () => {
  expect(stateWords(stand('up-to-date'), en)).toBe('Up to date');
  expect(stateWords(stand('changes-waiting', { waiting: 3 }), en)).toBe('3 changes waiting');
  expect(stateWords(stand('changes-waiting', { waiting: 1 }), en)).toBe('1 change waiting');
  expect(stateWords(stand('offline'), en)).toBe('Offline');
  expect(stateWords(stand('offline', { waiting: 2 }), en)).toBe('Offline (2 waiting)');
  expect(stateWords(stand('conflict', { conflicts: 3 }), en)).toBe('Conflict (3)');
  expect(stateWords(stand('server-older'), en)).toBe('Server data older than yours');
  expect(stateWords(stand('sign-in-needed'), zh)).toBe('已暂停：需要登录');
  expect(stateWords(stand('failed', { running: true }), en)).toBe('Syncing…');
});

test('names a place by its steps, list items counted from one', () => {
  expect(pathText(['editor', { idKey: 'id', idValue: '"a"' }, 'size'], en)).toBe('editor › id "a" › size');
  expect(pathText(['tags', { list: [2, 4] }], en)).toBe('tags › items 3–4');
  expect(pathText(['tags', { list: [2, 3] }], en)).toBe('tags › item 3');
  expect(pathText(['tags', { list: [0, 0] }], zh)).toBe('tags › 第 1 项之前');
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
  expect(lastSyncWords(null, 1e12, en)).toBe('Never synced');
  expect(lastSyncWords(1e12 + 6_000, 1e12, en)).toBe('Synced just now');
  expect(lastSyncWords(1e12 - 6_000, 1e12, zh)).toBe('刚刚同步');
  expect(lastSyncWords(1e12 - 120_000, 1e12, en)).toBe('Last synced 2 minutes ago');
});

test.each([
  [-5_000, '5 seconds ago'],
  [-120_000, '2 minutes ago'],
  [3_600_000, 'in 1 hour'],
  [-3 * 86_400_000, '3 days ago'],
])('says a time %d ms away as people do', (off, words) => expect(relativeTime(1e12 + off, 1e12, 'en')).toBe(words));
