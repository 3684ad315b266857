import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileStamp } from '../../lib/clock';
import { thinOut } from '../../lib/dated-copies';
import { shortId } from '../../lib/ids';
import { openDatabase, type SqlDatabase } from '../../lib/sqlite';

/** Backups lie in a folder of their own beside the database. */
export const backupFolder = (store: string): string => join(store, 'backups');

const DAILY = /^library-\d{8}-\d{6}-\d{3}\.db$/;
const BEFORE_MIGRATION = /^library-v\d+-\d{8}-\d{6}-\d{3}\.db$/;
const ANY = /^library-(?:v\d+-)?(\d{8}-\d{6}-\d{3})\.db$/;
const KEEP_DAILY = 5;
const KEEP_BEFORE_MIGRATION = 3;

/** The backups there are, newest first. */
export function listBackups(store: string): readonly string[] {
  const stampOf = (name: string): string => ANY.exec(name)?.[1] ?? '';
  return namesIn(backupFolder(store))
    .filter((name) => ANY.test(name))
    .sort((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1))
    .map((name) => join(backupFolder(store), name));
}

/** Whether a daily backup of this day (UTC) exists. */
export const hasBackupOfDay = (store: string, now: number): boolean =>
  namesIn(backupFolder(store)).some((name) => DAILY.test(name) && name.startsWith(`library-${fileStamp(now).slice(0, 8)}`));

/** Copies the database beside running work, then looks through the copy; only a sound copy stays and counts. */
export async function makeDailyBackup(db: SqlDatabase, store: string, now: number): Promise<string> {
  const folder = backupFolder(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sweep(folder);
  const partial = join(folder, `partial-${shortId()}.db`);
  const target = join(folder, `library-${fileStamp(now)}.db`);
  try {
    await db.backupTo(partial);
    const unsound = whatIsWrong(partial, 'quick');
    if (unsound !== null) throw new Error(`the copy is damaged: ${unsound}`);
    renameSync(partial, target);
  } catch (error) {
    removeDatabase(partial);
    throw error;
  }
  thinOut(folder, DAILY, KEEP_DAILY);
  return target;
}

/** A copy made at once, before the tables change. */
export function backUpBeforeMigration(db: SqlDatabase, store: string, version: number, now: number): string {
  const folder = backupFolder(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, `library-v${version}-${fileStamp(now)}.db`);
  const partial = join(folder, `partial-${shortId()}.db`);
  try {
    db.prepare('VACUUM INTO ?').run(partial);
    renameSync(partial, target);
  } catch (error) {
    removeDatabase(partial);
    throw error;
  }
  thinOut(folder, BEFORE_MIGRATION, KEEP_BEFORE_MIGRATION);
  return target;
}

/**
 * Looks through a database file without changing it: null when nothing is wrong, else SQLite's words.
 * `quick` reads every page once (45 MB take 40 ms); `glance` only what is needed to open it.
 */
export function whatIsWrong(path: string, how: 'quick' | 'glance'): string | null {
  let db: SqlDatabase | undefined;
  try {
    db = openDatabase(path, { readOnly: true });
    return findFault(db, how);
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  } finally {
    db?.close();
    // A read-only connection leaves its empty log files behind.
    if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size === 0) for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
  }
}

/** Like `whatIsWrong` on an open connection. Throws what the driver throws. */
export function findFault(db: SqlDatabase, how: 'quick' | 'glance'): string | null {
  db.prepare('SELECT count(*) FROM sqlite_master').get();
  if (how === 'glance') return null;
  const answer = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  return answer === 'ok' ? null : String(answer);
}

/** The files that SQLite keeps for one database. */
export const databaseFiles = (path: string): readonly string[] => [path, `${path}-wal`, `${path}-shm`];

const removeDatabase = (path: string): void => {
  for (const file of databaseFiles(path)) rmSync(file, { force: true });
};

const sweep = (folder: string): void => {
  for (const name of namesIn(folder)) if (name.startsWith('partial-')) rmSync(join(folder, name), { force: true });
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
