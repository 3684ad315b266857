import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './sqlite';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-sqlite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openDatabase', () => {
  it('opens a file in WAL mode with full sync and foreign keys on', () => {
    const db = openDatabase(join(folder, 'a.db'));
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    db.close();
    expect(db.isOpen).toBe(false);
    db.close();
  });

  it('takes positional and named values and iterates rows', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)');
    expect(db.prepare('INSERT INTO t (b) VALUES (?)').run('图').changes).toBe(1);
    db.prepare('INSERT INTO t (b) VALUES (:b)').run({ b: "o'clock" });
    expect([...db.prepare('SELECT b FROM t ORDER BY a').iterate()]).toEqual([{ b: '图' }, { b: "o'clock" }]);
    expect(db.prepare('SELECT b FROM t WHERE a = ?').get(9)).toBeUndefined();
    db.close();
  });

  it('keeps nothing of a transaction that throws, and the outer part of a nested one', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE t (a)');
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    const count = (): unknown => db.prepare('SELECT count(*) AS n FROM t').get()?.['n'];
    const fail = (): never => {
      throw new Error('no');
    };
    expect(() => db.transaction(() => (insert.run(1), fail()))).toThrow('no');
    expect(count()).toBe(0);
    db.transaction(() => {
      insert.run(1);
      expect(() => db.transaction(() => (insert.run(2), fail()))).toThrow('no');
    });
    expect(count()).toBe(1);
    expect(db.transaction(() => 7)).toBe(7);
    db.close();
  });

  it('refuses to write through a read-only connection', () => {
    const path = join(folder, 'a.db');
    const writable = openDatabase(path);
    writable.exec('CREATE TABLE t (a)');
    const reader = openDatabase(path, { readOnly: true });
    expect(() => reader.exec('INSERT INTO t VALUES (1)')).toThrow(/readonly/);
    reader.close();
    writable.close();
  });
});
