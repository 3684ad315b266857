import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lookAtFile, suggestedKey } from './look-at-file';

const folder = mkdtempSync(join(tmpdir(), 'picferry-look-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const look = (path: string) => lookAtFile(path, [], 1);

test('takes a JSON file as it is, and names it after the file', async () => {
  expect(await look(file('My Notes.json', '{"a":1}'))).toMatchObject({ name: 'My Notes.json', fileKey: 'my-notes', bytes: 7, problem: null, warnings: [], takenBy: null });
});

test.each([
  ['Settings.json', 'settings'],
  ['  .hidden.JSON', 'hidden'],
  ['Größe.json', 'gro-e'],
  ['笔记.json', 'document'],
  [`${'a'.repeat(80)}.json`, 'a'.repeat(64)],
  ['a.b_c-d.json', 'a.b_c-d'],
])('makes a key that hosts take of %j', (name, key) => expect(suggestedKey(name)).toBe(key));

test.each([
  ['no JSON, with the place', '{\n  "a": 1,\n}', { message: 'syncNotJson', params: { line: 3, column: 1 } }],
  ['a key that stands twice', '{"a":1,"a":2}', { message: 'syncDuplicateKeys', params: { key: 'a' } }],
  ['deep nesting', `${'['.repeat(600)}${']'.repeat(600)}`, { message: 'syncTooDeep' }],
  ['an empty file', '', { message: 'syncNotJson' }],
])('says %s', async (_what, content, problem) => {
  expect((await look(file('bad.json', content))).problem).toMatchObject(problem);
});

test('says that a text is not UTF-8', async () => {
  expect((await look(file('latin.json', new Uint8Array([0x22, 0xe4, 0x22])))).problem).toMatchObject({ message: 'syncNotText' });
});

test('warns of numbers and half characters that others do not keep', async () => {
  expect((await look(file('odd.json', '{"n":9007199254740993,"s":"\\ud800"}'))).warnings).toEqual(['exact-numbers', 'lone-surrogates']);
});

test('warns of a file that its owner made read-only', async () => {
  const path = file('fixed.json', '{}');
  chmodSync(path, 0o444);
  expect(await look(path)).toMatchObject({ problem: null, warnings: ['read-only'] });
});

test('refuses what is too large without reading it', async () => {
  const path = file('large.json', '');
  truncateSync(path, 50 * 1024 * 1024 + 1);
  expect((await look(path)).problem).toMatchObject({ message: 'syncLookTooBig', params: { size: 52.5, limit: 50 } });
});

test('says that a folder is one, and that nothing is there', async () => {
  mkdirSync(join(folder, 'folder.json'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link.json'));
  expect((await look(join(folder, 'folder.json'))).problem).toMatchObject({ message: 'syncLookFolder' });
  expect((await look(join(folder, 'missing.json'))).problem).toMatchObject({ message: 'syncLookMissing' });
  expect((await look(join(folder, 'link.json'))).problem).toMatchObject({ message: 'syncLookMissing' });
});

test('names the document that has the file already', async () => {
  const path = file('taken.json', '{}');
  expect((await lookAtFile(path, [{ account: 'wiz', fileKey: 'mine', path }], 1)).takenBy).toEqual({ account: 'wiz', fileKey: 'mine' });
});
