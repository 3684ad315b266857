import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';
import { fileStamp, type Clock } from '../../lib/clock';
import { diskProblem } from '../../lib/disk-problem';
import { shortId } from '../../lib/ids';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { openDatabase, sqliteCodeOf, type SqlDatabase } from '../../lib/sqlite';
import type { Notice } from '../../shared/model/notice';
import type { Backup } from '../../shared/model/transfer';
import { backUpBeforeMigration, backupFolder, type BackupReason, describeBackup, factsOf, findFault, hasBackupOfDay, listBackups, makeBackup, SMALL_BYTES, whatIsWrong, whatIsWrongSlowly } from './backups';
import type { CheckCopy, EmptyLog, LibraryDatabase } from './contract';
import { createLogKeeper } from './log-keeper';
import { migrations as allMigrations, type Migration } from './migrations';
import { backupName, carryOutRestore, wishRestore } from './restore';
import { createUpkeep } from './upkeep';

/** The database's name inside the data folder's `store`. */
export const LIBRARY_FILE = 'library.db';

/** Left beside the database when damage was seen while it was open: the next start looks through all of it. */
const SUSPECT_MARK = 'library.suspect';
/** Enough for what filters and orders of 100,000 uploads read whole; SQLite takes it as it needs it. */
const CACHE_KIB = 24 * 1024;
/**
 * Pages of the log before a commit puts it into the file by itself. With 100,000 uploads, whose inserts touch pages all
 * over the file, 4000 take twenty milliseconds of computing, and as long as the disk likes; most often a calm moment comes
 * before that. Where another process does it, a commit need not, unless that one cannot keep up.
 */
const LOG_PAGES = { alone: 4000, helped: 32_000 };
/** A log that begins anew gives up what it has beyond this, so that its size tells what is in it. */
const KEPT_LOG_BYTES = 4 * 1024 * 1024;

export type OpenLibraryDeps = {
  readonly now: Clock;
  /** All that this program knows, unless told otherwise (tests). */
  readonly migrations?: readonly Migration[];
  /** Does something later; returns what calls it off. Without it, the log is put into the file only in the middle of work. */
  readonly after?: (ms: number, act: () => void) => () => void;
  /** How copies are looked through; on this thread, unless told otherwise. */
  readonly check?: CheckCopy;
  /** How a log that grows in the middle of work is put into the file; by a commit, unless told otherwise. */
  readonly emptyLog?: EmptyLog;
};

/**
 * Opens the library of a data folder, creating or migrating it. A damaged database is kept aside whole under a dated
 * name and the newest sound backup takes its place; a notice tells it. Throws `PicferryError` kind `file`, with the file
 * untouched, when it belongs to a newer Picferry (`databaseNewer`), is held by another process (`databaseBusy`)
 * the disk is full (`diskFull`) or refuses (`databaseUnusable`).
 */
export function openLibraryDatabase(store: string, deps: OpenLibraryDeps): LibraryDatabase {
  const path = join(store, LIBRARY_FILE);
  const known = deps.migrations ?? allMigrations;
  const check = deps.check ?? whatIsWrongSlowly;
  const notices: Notice[] = [];
  const finish = (): void => emptyLog(db, store);
  const upkeep = deps.after === undefined ? null : createUpkeep(deps.after, finish);
  const keeper = deps.emptyLog === undefined ? null : createLogKeeper({ path, size: () => sizeOf(`${path}-wal`), empty: deps.emptyLog, finish });
  const committed = (): void => {
    upkeep?.touched();
    keeper?.touched();
  };
  const db: SqlDatabase = guarded(deps.now, () => {
    const restored = carryOutRestore(store, path, deps.now());
    if (restored !== null) notices.push(restored);
    if (!isSound(store, path)) notices.push(replaceDamaged(store, path, known.length, deps.now()));
    rmSync(join(store, SUSPECT_MARK), { force: true });
    const opened = openDatabase(path, { committed });
    opened.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA journal_size_limit = ${KEPT_LOG_BYTES}; PRAGMA wal_autocheckpoint = ${keeper === null ? LOG_PAGES.alone : LOG_PAGES.helped}`);
    try {
      migrate(opened, store, known, deps.now);
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  });
  const copy = async (why: BackupReason): Promise<string> => {
    const now = deps.now();
    try {
      return await makeBackup(db, store, why, now, check);
    } catch (error) {
      if (isDamage(error)) markSuspect(store);
      throw asProblem(error, now, 'backupFailed');
    }
  };
  const describe = createDescriber(known.length, check);
  return {
    db,
    notices,
    async backUp() {
      if (hasBackupOfDay(store, deps.now())) return false;
      await copy('daily');
      return true;
    },
    backUpNow: async (why) => describe(await copy(why)),
    async backups() {
      const found: Backup[] = [];
      for (const path of listBackups(store)) {
        found.push(await describe(path));
      }
      return found;
    },
    async prepareRestore(name) {
      const clean = backupName(name);
      const facts = clean === null ? null : await factsOf(join(backupFolder(store), clean), check);
      const refuse = (message: string): never => {
        throw new PicferryError(problemOf({ kind: 'file', sub: message, message, params: { file: name } }, deps.now()));
      };
      if (clean === null || facts === null) return refuse('backupUnusable');
      if (facts.version > known.length) return refuse('databaseNewer');
      guarded(deps.now, () => wishRestore(store, clean, deps.now()));
    },
    close() {
      upkeep?.close();
      keeper?.close();
      db.close();
    },
  };
}

/** Looks into each backup once: a finished one is never written again. */
function createDescriber(version: number, check: CheckCopy): (path: string) => Promise<Backup> {
  const seen = new Map<string, Backup>();
  return async (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const key = `${path}|${stat?.size}|${stat?.mtimeMs}`;
    const backup = seen.get(key) ?? await describeBackup(path, version, check);
    seen.set(key, backup);
    return backup;
  };
}

/**
 * Whether the file can be used, or none is expected. SQLite takes a missing or empty file for a new database: with
 * backups beside it, or a log, it is a lost one. Busy and the like are thrown: they say nothing of the content.
 */
function isSound(store: string, path: string): boolean {
  const size = sizeOf(path);
  const logSize = sizeOf(`${path}-wal`);
  if (size === 0) return logSize === 0 && listBackups(store).length === 0;
  let db: SqlDatabase | undefined;
  try {
    const careful = existsSync(join(store, SUSPECT_MARK)) || size <= SMALL_BYTES || logSize > 0;
    db = openDatabase(path);
    return findFault(db, careful ? 'quick' : 'glance') === null;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    db?.close();
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

function replaceDamaged(store: string, path: string, version: number, now: number): Notice {
  const aside = join(dirname(path), `library.corrupt-${fileStamp(now)}.db`);
  const lost = sizeOf(path) === 0;
  // The log goes first and the database last: whenever this stops half-way, the next start still finds the damage.
  for (const end of ['-wal', '-shm', '']) if (existsSync(path + end)) renameSync(path + end, aside + end);
  for (const backup of listBackups(store)) {
    const wrong = whatIsWrong(backup, 'quick');
    if (wrong !== null || versionOfFile(backup) > version) continue;
    const partial = join(store, `library.restore.${process.pid}-${shortId()}.tmp`);
    copyFileSync(backup, partial);
    renameSync(partial, path);
    return notice(lost ? 'databaseLostRestored' : 'databaseRestored', { file: lost ? path : aside, backup: basename(backup) }, now);
  }
  return notice('databaseStartedEmpty', { file: aside }, now);
}

/** Its id is of this one time: putting it away hides no later one. */
const notice = (message: string, params: Notice['params'], at: number): Notice => ({ id: `${message}:${String(params['file'])}:${at}`, level: 'error', message, params });

function versionOfFile(path: string): number {
  const db = openDatabase(path, { readOnly: true });
  try {
    return versionOf(db);
  } finally {
    db.close();
  }
}

const versionOf = (db: SqlDatabase): number => Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);

function migrate(db: SqlDatabase, store: string, known: readonly Migration[], now: Clock): void {
  const version = versionOf(db);
  if (version > known.length) {
    throw new PicferryError(problemOf({ kind: 'file', message: 'databaseNewer', params: { file: db.path } }, now()));
  }
  if (version === known.length) return;
  if (version > 0) backUpBeforeMigration(db, store, version, now());
  db.transaction(() => {
    for (const migration of known.slice(version)) db.exec(migration.sql);
    db.exec(`PRAGMA user_version = ${known.length}`);
  });
}

/** Puts the log into the file as far as that can be done now: what a reader or a full disk prevents, later commits do. */
function emptyLog(db: SqlDatabase, store: string): void {
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch (error) {
    if (sqliteCodeOf(error) === '') throw error;
    if (isDamage(error)) markSuspect(store);
  }
}

const isDamage = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(sqliteCodeOf(error)) || (error instanceof Error && error.message.startsWith('the copy is damaged'));

const markSuspect = (store: string): void => writeFileAtomic(join(store, SUSPECT_MARK), 'look through the library at the next start\n');

function guarded<T>(now: Clock, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asProblem(error, now(), sqliteCodeOf(error) === 'SQLITE_BUSY' ? 'databaseBusy' : 'databaseUnusable');
  }
}

function asProblem(error: unknown, at: number, message: string): PicferryError {
  if (error instanceof PicferryError) return error;
  const full = diskProblem(error, at);
  if (full?.message === 'diskFull') return new PicferryError(full, { cause: error });
  const detail = codeOf(error) === 'ERR_SQLITE_ERROR' ? sqliteCodeOf(error) : codeOf(error);
  return new PicferryError(problemOf({ kind: 'file', message, detail: detail || null, retryable: true }, at), { cause: error });
}
