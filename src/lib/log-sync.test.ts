import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogSync } from './log-sync';
import { openDatabase } from './sqlite';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-log-sync-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('shares one wait among calls that come during another, and lets a missing file be', async () => {
  const path = join(folder, 'log');
  const sync = createLogSync(path);
  await sync.flush();
  writeFileSync(path, 'one');
  const first = sync.flush();
  const second = sync.flush();
  expect(sync.flush()).toBe(second);
  await Promise.all([first, second]);
  sync.close();
  await sync.flush();
});

it('quick transactions are there for other connections at once, roll back as a whole, and leave the others their full wait', async () => {
  const path = join(folder, 'a.db');
  const db = openDatabase(path);
  db.exec('CREATE TABLE t (v TEXT)');
  const other = openDatabase(path, { readOnly: true });
  db.quickTransaction(() => db.prepare('INSERT INTO t VALUES (?)').run('one'));
  expect(other.prepare('SELECT v FROM t').all()).toEqual([{ v: 'one' }]);
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  expect(() =>
    db.quickTransaction(() => {
      db.transaction(() => db.prepare('INSERT INTO t VALUES (?)').run('two'));
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(other.prepare('SELECT v FROM t').all()).toEqual([{ v: 'one' }]);
  await db.flush();
  other.close();
  db.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});
