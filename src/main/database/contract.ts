import type { SqlDatabase } from '../../lib/sqlite';
import type { Notice } from '../../shared/model/notice';
import type { Backup } from '../../shared/model/transfer';

/** The open library database of a data folder: uploads and jobs. One writer: the process that owns the folder. */
export interface LibraryDatabase {
  readonly db: SqlDatabase;
  /** What happened while opening that a person should know: kept aside, restored, started empty. */
  readonly notices: readonly Notice[];
  /**
   * Makes today's backup if there is none yet, beside running work and without blocking it; true when one was made.
   * To be called once things are idle. A damaged database is never made a backup of: that, and a disk that refuses,
   * rejects with `PicferryError` kind `file`.
   */
  backUp(): Promise<boolean>;
  /** Makes a copy now, beside running work. Rejects like `backUp`. */
  backUpNow(why: 'daily' | 'import'): Promise<Backup>;
  /** The copies there are, newest first; each is looked through once. */
  backups(): Promise<readonly Backup[]>;
  /**
   * Lets the next start put this backup in the library's place; the library as it is then is kept as a backup.
   * Rejects with `PicferryError` kind `file` when there is no such sound backup (`backupUnusable`) or a newer Picferry made it.
   */
  prepareRestore(name: string): Promise<void>;
  close(): void;
}

/** Looks through a database file that nobody writes to: null when nothing is wrong, else SQLite's words. */
export type CheckCopy = (path: string) => Promise<string | null>;

/** Puts a database's log into its file, as far as nobody is in the way. Never rejects: what is left is for the next time. */
export type EmptyLog = (path: string) => Promise<void>;
