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
  ['no JSON, with the place', '{\n  "a": 1;\n}', { message: 'syncNotJson', params: { line: 2, column: 9 } }],
  ['a comma too many, and where', '{\n  "a": 1,\n}', { message: 'syncTrailingComma', params: { line: 3, column: 1 } }],
  ['comments, and where the first is', '// mine\n{"a":1}', { message: 'syncHasComments', params: { line: 1, column: 1 } }],
  ['comments behind a value', '\uFEFF{\n  "a": "//", /* mine */\n  "b": 2\n}', { message: 'syncHasComments', params: { line: 2, column: 14 } }],
  ['a key that stands twice', '{"a":1,"a":2}', { message: 'syncDuplicateKeys', params: { keys: '"a" (1, 1)' } }],
  ['keys that stand twice, in their order and with their lines', '{\n"b": {"x": 1,\n"x": 2},\n"a": 1, "a": 2,\n"b": 3\n}', { message: 'syncDuplicateKeys', params: { keys: '"b" (2, 5), "x" (2, 3), "a" (4, 4)' } }],
  ['more of them than five', `{${'abcdef'.split('').map((key) => `"${key}":1,"${key}":2`).join(',')}}`, { message: 'syncDuplicateKeys', params: { keys: '"a" (1, 1), "b" (1, 1), "c" (1, 1), "d" (1, 1), "e" (1, 1), …' } }],
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
