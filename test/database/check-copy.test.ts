import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeChildren } from '../../src/main/cli/children';
import { checkInChild, openLibraryDatabase } from '../../src/main/database';
import type { ChildProcessPort } from '../../src/main/services';
import { seedStore } from '../fixtures/seed-library';

let folder: string;
let children: ChildProcessPort;
const file = () => join(folder, 'library.db');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-check-'));
  const outDir = resolve('out', 'tools', 'check-copy');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve('src/main/database/child.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      rolldownOptions: { external: [/^@photostructure\/sqlite/], output: { format: 'cjs', entryFileNames: 'check.js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
  children = nodeChildren(outDir);
  seedStore(folder, { count: 12_000, until: 1_700_000_000_000 });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a copy is looked through in a process of its own, and only a sound one stays', async () => {
  const started: string[] = [];
  const check = checkInChild({ start: (entry) => (started.push(entry), children.start(entry)) });
  const library = openLibraryDatabase(folder, { now: () => 1_700_000_000_000, check });
  expect(await library.backUp()).toBe(true);
  expect(await library.backups()).toMatchObject([{ uploads: 12_000, sound: true }]);
  expect(started).toEqual(['check', 'check']);
  const [copy = ''] = readdirSync(join(folder, 'backups'));
  const path = join(folder, 'backups', copy);
  truncateSync(path, Math.floor(statSync(path).size / 2));
  expect(await library.backups()).toMatchObject([{ sound: false }]);
  library.close();
});

test('a small copy is looked through at once, without a process', async () => {
  const small = mkdtempSync(join(folder, 'small-'));
  const check = checkInChild({
    start: () => {
      throw new Error('no process is to be started');
    },
  });
  const library = openLibraryDatabase(small, { now: () => 1_700_000_000_000, check });
  expect(await library.backUp()).toBe(true);
  expect(await library.backups()).toMatchObject([{ uploads: 0, sound: true }]);
  library.close();
});

test('where that process cannot run, the copy is looked through all the same', async () => {
  const broken = mkdtempSync(join(folder, 'broken-'));
  writeFileSync(join(broken, 'check.js'), 'process.exit(3);');
  const check = checkInChild(nodeChildren(broken));
  expect(await check(file())).toBeNull();
  writeFileSync(join(broken, 'none.db'), 'no database'.repeat(1_000_000));
  expect(await check(join(broken, 'none.db'))).toMatch(/\S/);
});
