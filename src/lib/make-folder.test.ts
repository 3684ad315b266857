import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataFolder } from './data-folder';
import { makeFolder } from './make-folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes every missing level, and takes those that are there', () => {
  const deep = join(folder, 'a', 'b', 'c');
  makeFolder(deep);
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
});

it('says what the system says where a file is in the way', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file', 'a'))).toThrow(/EEXIST|ENOTDIR/);
  expect(openDataFolder(join(folder, 'file'))).toMatchObject({ writable: false });
});

it.runIf(process.platform === 'linux')('gives up at once where the system lets nobody make a folder', () => {
  expect(openDataFolder('/proc/nope')).toMatchObject({ writable: false, why: expect.stringMatching(/^E/) as string });
});
