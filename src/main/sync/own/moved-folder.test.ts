import { join } from 'node:path';
import { expect, test } from 'vitest';
import { movedTo } from './moved-folder';

const own = join('/', 'home', 'ann', 'store', 'sync-own');

test('finds the own files of a data folder that was moved or came from another system', () => {
  expect(movedTo('/Users/ann/Library/store/sync-own/account/library/1.json', own)).toBe(join(own, 'account', 'library', '1.json'));
  expect(movedTo('C:\\Users\\ann\\store\\sync-own\\account\\settings.json', own)).toBe(join(own, 'account', 'settings.json'));
});

test('leaves alone what lies as known, and what was never below it', () => {
  expect(movedTo(join(own, 'account', 'settings.json'), own)).toBeNull();
  expect(movedTo(join('/', 'home', 'ann', 'notes.json'), own)).toBeNull();
});
