import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { keepAside, writeFileAtomic } from '../../lib/atomic-file';
import { fileStamp } from '../../lib/clock';
import { shortId } from '../../lib/ids';
import { openDatabase, type SqlDatabase } from '../../lib/sqlite';
import type { Notice } from '../../shared/model/notice';
import { BACKUP_NAME, backupFolder, copyBefore, whatIsWrong } from './backups';

/** Names the backup that is to take the library's place at the next start. There until that is finished. */
export const RESTORE_MARK = 'library.restore-wanted.json';

const Mark = z.strictObject({ backup: z.string().regex(BACKUP_NAME), keepAs: z.string().regex(BACKUP_NAME) });

/** Asks the next start to put this backup into the library's place. Replaces an earlier wish. */
export function wishRestore(store: string, backup: string, now: number): void {
  const mark: z.infer<typeof Mark> = { backup, keepAs: `library-restore-${fileStamp(now)}.db` };
  writeFileAtomic(join(store, RESTORE_MARK), JSON.stringify(mark));
}

/**
 * Carries out a wish for a restore, before the library is opened: keeps the present library as a backup, then puts the
 * chosen one in its place. Whenever the process dies on the way, the next start finishes it. Uploads that are still to
 * be done stay those of the present library: those of the backup may have been sent since. Null when nothing was wished.
 */
export function carryOutRestore(store: string, path: string, now: number): Notice | null {
  const markPath = join(store, RESTORE_MARK);
  if (!existsSync(markPath)) return null;
  const mark = readMark(markPath);
  const chosen = mark === null ? null : join(backupFolder(store), mark.backup);
  if (mark === null || chosen === null || !existsSync(chosen) || whatIsWrong(chosen, 'quick') !== null) {
    rmSync(markPath, { force: true });
    return notice('warning', 'restoreNotDone', mark?.backup ?? '', now);
  }
  const kept = join(backupFolder(store), mark.keepAs);
  if (!existsSync(kept)) keepPresent(path, kept, now);
  const coming = `${path}.${process.pid}-${shortId()}.tmp`;
  copyFileSync(chosen, coming);
  moveJobs(coming, existsSync(kept) ? kept : null);
  syncFile(coming);
  // The old log belongs to the old file; that one lies whole among the backups.
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
  renameSync(coming, path);
  rmSync(markPath, { force: true });
  return notice('info', 'restoreDone', mark.backup, now);
}

const notice = (level: Notice['level'], message: string, backup: string, at: number): Notice => ({ id: `${message}:${backup}:${at}`, level, message, params: { backup } });

function readMark(path: string): z.infer<typeof Mark> | null {
  try {
    return Mark.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Keeps the library as it is now, with what its log holds. One that cannot be read is kept aside as it lies. */
function keepPresent(path: string, kept: string, now: number): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  if (whatIsWrong(path, 'glance') !== null) {
    for (const end of ['-wal', '-shm', '']) if (existsSync(path + end)) keepAside(path + end, 'corrupt', now);
    return;
  }
  const db = openDatabase(path);
  try {
    copyBefore(db, kept);
  } finally {
    db.close();
  }
}

/** Puts the jobs of the present library, `from`, in the place of those in the database at `path`. */
function moveJobs(path: string, from: string | null): void {
  const db = openDatabase(path);
  try {
    if (columnsOf(db, 'main').length > 0) {
      db.exec('DELETE FROM jobs');
      if (from !== null) takeJobs(db, from);
    }
    // One file, without a log of its own.
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function takeJobs(db: SqlDatabase, from: string): void {
  db.prepare('ATTACH DATABASE ? AS present').run(from);
  const columns = columnsOf(db, 'present');
  if (columns.length > 0 && columns.join() === columnsOf(db, 'main').join()) db.exec("INSERT INTO main.jobs SELECT * FROM present.jobs WHERE state <> 'done'");
  db.exec('DETACH DATABASE present');
}

const columnsOf = (db: SqlDatabase, schema: 'main' | 'present'): readonly string[] => db.prepare(`PRAGMA ${schema}.table_info(jobs)`).all().map((row) => String(row['name']));

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The name alone, if it is that of a backup. */
export const backupName = (name: string): string | null => (basename(name) === name && BACKUP_NAME.test(name) ? name : null);
