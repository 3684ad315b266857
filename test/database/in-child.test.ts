import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeChildren } from '../../src/main/cli/children';
import { checkInChild, emptyLogInChild, openLibraryDatabase } from '../../src/main/database';
import type { EmptyLog } from '../../src/main/database/contract';
import type { ChildProcessPort } from '../../src/main/services';
import { openDatabase } from '../../src/lib/sqlite';
import { seedStore } from '../fixtures/seed-library';

let folder: string;
let children: ChildProcessPort;
const file = () => join(folder, 'library.db');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-check-'));
  const outDir = resolve('out', 'tools', 'database-child');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve('src/main/database/child.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      rolldownOptions: { external: [/^@photostructure\/sqlite/], output: { format: 'cjs', entryFileNames: 'database.js', chunkFileNames: '[name]-[hash].js' } },
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
  expect(started).toEqual(['database', 'database']);
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
  writeFileSync(join(broken, 'database.js'), 'process.exit(3);');
  const check = checkInChild(nodeChildren(broken));
  expect(await check(file())).toBeNull();
  writeFileSync(join(broken, 'none.db'), 'no database'.repeat(1_000_000));
  expect(await check(join(broken, 'none.db'))).toMatch(/\S/);
});

/** Writes 20 MB, waits until somebody has put them into the file, and writes on: what the log and, after the end, the file hold then. */
async function writeMuch(store: string, emptyLog: EmptyLog): Promise<{ readonly asked: number; readonly before: number; readonly after: number; readonly rows: number }> {
  const asked: Promise<void>[] = [];
  const library = openLibraryDatabase(store, { now: () => 1_700_000_000_000, emptyLog: (path) => (asked.push(emptyLog(path)), asked.at(-1) ?? Promise.resolve()) });
  const size = (): number => statSync(join(store, 'library.db-wal')).size;
  library.db.exec('CREATE TABLE much (a)');
  const insert = library.db.prepare('INSERT INTO much VALUES (?)');
  const write = (): void =>
    library.db.quickTransaction(() => {
      for (let n = 0; n < 100; n += 1) insert.run('x'.repeat(8000));
    });
  for (let times = 0; times < 25; times += 1) write();
  const before = size();
  await Promise.all(asked);
  await new Promise(setImmediate);
  write();
  const after = size();
  library.close();
  const alone = openDatabase(join(store, 'library.db'), { readOnly: true });
  const { n } = alone.prepare('SELECT count(*) AS n FROM much').get() ?? {};
  alone.close();
  return { asked: asked.length, before, after, rows: Number(n) };
}
const MB = 1024 * 1024;

test('while much is written, its log is put into the file by a process of its own, and begins anew', async () => {
  const started: string[] = [];
  const emptyLog = emptyLogInChild({ start: (entry) => (started.push(entry), children.start(entry)) });
  const { asked, before, after, rows } = await writeMuch(mkdtempSync(join(folder, 'much-')), emptyLog);
  expect({ asked, started, rows }).toEqual({ asked: 1, started: ['database'], rows: 2600 });
  expect(before).toBeGreaterThan(19 * MB);
  expect(after).toBeLessThan(5 * MB);
});

const ends = (): ChildProcessPort => {
  const broken = mkdtempSync(join(folder, 'broken-'));
  writeFileSync(join(broken, 'database.js'), 'process.exit(3);');
  return nodeChildren(broken);
};
const noneToBeHad: ChildProcessPort = {
  start: () => {
    throw new Error('spawn EAGAIN');
  },
};

test.each([['ends at once', ends], ['cannot be started', () => noneToBeHad]])('where that process %s, the log is put into the file here', async (_how, broken) => {
  const { asked, before, after, rows } = await writeMuch(mkdtempSync(join(folder, 'much-')), emptyLogInChild(broken()));
  expect({ asked, rows }).toEqual({ asked: 1, rows: 2600 });
  expect(before).toBeGreaterThan(19 * MB);
  expect(after).toBeLessThan(5 * MB);
});
