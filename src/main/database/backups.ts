import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fileStamp } from '../../lib/clock';
import { thinOut } from '../../lib/dated-copies';
import { shortId } from '../../lib/ids';
import { openDatabase, type SqlDatabase } from '../../lib/sqlite';
import type { Backup } from '../../shared/model/transfer';
import type { CheckCopy } from './contract';

/** Backups lie in a folder of their own beside the database. */
export const backupFolder = (store: string): string => join(store, 'backups');

const DAILY = /^library-(\d{8})-\d{6}-\d{3}\.db$/;
const BEFORE_MIGRATION = /^library-v\d+-\d{8}-\d{6}-\d{3}\.db$/;
const BEFORE_IMPORT = /^library-import-\d{8}-\d{6}-\d{3}\.db$/;
const BEFORE_RESTORE = /^library-restore-\d{8}-\d{6}-\d{3}\.db$/;
/** The name of any backup; the first group is what it was made for, the second its time. */
export const BACKUP_NAME = /^library-(?:(v\d+|import|restore)-)?(\d{8}-\d{6}-\d{3})\.db$/;
const KEEP_DAYS = 7;
const KEEP_BEFORE = 3;

/** Below this size a file is looked through in no time: its own at every start, a copy wherever it is made. */
export const SMALL_BYTES = 4 * 1024 * 1024;

/** The backups there are, newest first. */
export function listBackups(store: string): readonly string[] {
  const stampOf = (name: string): string => BACKUP_NAME.exec(name)?.[2] ?? '';
  return namesIn(backupFolder(store))
    .filter((name) => BACKUP_NAME.test(name))
    .sort((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1))
    .map((name) => join(backupFolder(store), name));
}

/** Whether a daily backup of this day (UTC) exists. */
export const hasBackupOfDay = (store: string, now: number): boolean =>
  namesIn(backupFolder(store)).some((name) => DAILY.test(name) && name.startsWith(`library-${fileStamp(now).slice(0, 8)}`));

/** What a copy made beside running work is for. */
export type BackupReason = 'daily' | 'import';

/** Copies the database beside running work, then looks through the copy; only a sound copy stays and counts. */
export async function makeBackup(db: SqlDatabase, store: string, why: BackupReason, now: number, check: CheckCopy = whatIsWrongSlowly): Promise<string> {
  const folder = backupFolder(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sweep(folder);
  const partial = join(folder, `partial-${shortId()}.db`);
  const target = freeTarget(folder, why === 'daily' ? 'library-' : 'library-import-', now);
  try {
    await db.backupTo(partial);
    const unsound = await check(partial);
    if (unsound !== null) throw new Error(`the copy is damaged: ${unsound}`);
    renameSync(partial, target);
  } catch (error) {
    removeDatabase(partial);
    throw error;
  }
  if (why === 'daily') thinOutDays(folder);
  else thinOut(folder, BEFORE_IMPORT, KEEP_BEFORE);
  return target;
}

/** Two copies in one millisecond are two copies. */
function freeTarget(folder: string, prefix: string, now: number): string {
  for (let at = now; ; at += 1) {
    const target = join(folder, `${prefix}${fileStamp(at)}.db`);
    if (!existsSync(target)) return target;
  }
}

/** Keeps the first and the last copy of each of the newest days, so that copies made by hand push no day out. */
function thinOutDays(folder: string): void {
  const days = new Map<string, string[]>();
  for (const name of namesIn(folder).filter((each) => DAILY.test(each)).sort().reverse()) {
    const day = DAILY.exec(name)?.[1] ?? '';
    days.set(day, [...(days.get(day) ?? []), name]);
  }
  for (const [place, names] of [...days.values()].entries()) {
    const superfluous = place < KEEP_DAYS ? names.slice(1, -1) : names;
    for (const name of superfluous) rmSync(join(folder, name), { force: true });
  }
}

/** A copy made at once, before the tables change. */
export function backUpBeforeMigration(db: SqlDatabase, store: string, version: number, now: number): string {
  const folder = backupFolder(store);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, `library-v${version}-${fileStamp(now)}.db`);
  copyBefore(db, target);
  thinOut(folder, BEFORE_MIGRATION, KEEP_BEFORE);
  return target;
}

/** A copy made at once under this name among the backups, whole or not at all. */
export function copyBefore(db: SqlDatabase, target: string): void {
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, `partial-${shortId()}.db`);
  try {
    db.prepare('VACUUM INTO ?').run(partial);
    renameSync(partial, target);
  } catch (error) {
    removeDatabase(partial);
    throw error;
  }
  if (BEFORE_RESTORE.test(basename(target))) thinOut(folder, BEFORE_RESTORE, KEEP_BEFORE);
}

const reasons: Readonly<Record<string, Backup['why']>> = { import: 'before_import', restore: 'before_restore' };

/** A backup as people see it. Looks through the whole file, with pauses. */
export async function describeBackup(path: string, version: number, check: CheckCopy): Promise<Backup> {
  const name = basename(path);
  const [, what, stamp = ''] = BACKUP_NAME.exec(name) ?? [];
  const [year, month, day, hour, minute, second, ms] = [0, 4, 6, 9, 11, 13, 16].map((at, index) => Number(stamp.slice(at, at + (index === 0 ? 4 : index === 6 ? 3 : 2))));
  const facts = await factsOf(path, check);
  return {
    name,
    madeAt: Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour, minute, second, ms),
    bytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    why: what === undefined ? 'daily' : (reasons[what] ?? 'before_update'),
    uploads: facts?.uploads ?? null,
    sound: facts !== null && facts.version <= version,
  };
}

/** How many uploads a sound database file holds and which schema it has; null for anything else. */
export async function factsOf(path: string, check: CheckCopy): Promise<{ readonly uploads: number; readonly version: number } | null> {
  if (!existsSync(path) || (await check(path)) !== null) return null;
  const db = openDatabase(path, { readOnly: true });
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    return { uploads: Number(db.prepare('SELECT count(*) AS n FROM uploads').get()?.['n'] ?? 0), version };
  } catch {
    // A database without our tables.
    return null;
  } finally {
    db.close();
    removeEmptyLog(path);
  }
}

/**
 * Looks through a database file without changing it: null when nothing is wrong, else SQLite's words.
 * `quick` reads every page of the tables once (150 MB take 260 ms); `glance` only what is needed to open it.
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
    removeEmptyLog(path);
  }
}

/** A read-only connection leaves its empty log files behind. */
const removeEmptyLog = (path: string): void => {
  if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size === 0) for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
};

/** Like `whatIsWrong` on an open connection. Throws what the driver throws. */
export function findFault(db: SqlDatabase, how: 'quick' | 'glance'): string | null {
  const tables = tablesOf(db);
  return how === 'glance' ? null : (tables.map((table) => faultIn(db, table)).find((fault) => fault !== null) ?? null);
}

/** Like `whatIsWrong` with `quick`, giving way to other work after every table. */
export async function whatIsWrongSlowly(path: string): Promise<string | null> {
  let db: SqlDatabase | undefined;
  try {
    db = openDatabase(path, { readOnly: true });
    for (const table of tablesOf(db)) {
      const fault = faultIn(db, table);
      if (fault !== null) return fault;
      await turn();
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  } finally {
    db?.close();
    removeEmptyLog(path);
  }
}

/**
 * The tables that have pages. A check of the whole database would also read the text indexes word by word, which takes
 * eight times as long and says nothing of the uploads: an index can be made anew.
 */
const tablesOf = (db: SqlDatabase): readonly string[] =>
  db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .all()
    .map((row) => String(row['name']));

function faultIn(db: SqlDatabase, table: string): string | null {
  const answer = db.prepare(`PRAGMA quick_check('${table.replaceAll("'", "''")}')`).get()?.['quick_check'];
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
