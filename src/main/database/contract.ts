import type { SqlDatabase } from '../../lib/sqlite';
import type { Notice } from '../../shared/model/notice';

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
  close(): void;
}
