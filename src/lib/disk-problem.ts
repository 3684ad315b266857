import { constants } from 'node:os';
import type { Problem } from '../shared/model/problem';
import { codeOf } from './atomic-file';
import { isFull } from './full-disk';
import { problemOf } from './picferry-error';
import { sqliteCodeOf } from './sqlite';

const refused = /^(EROFS|EIO|EACCES|EPERM|SQLITE_(READONLY|IOERR|CANTOPEN)\w*)$/;

/**
 * What it means for a person that the disk did not take what Picferry writes: `diskFull` or `diskRefused`, with the
 * system's word as detail. Null when the error says nothing of a disk. For our own files only: what the system says
 * of a person's file means something else.
 */
export function diskProblem(error: unknown, at: number): Problem | null {
  const code = noRoomBehind(error) ?? (sqliteCodeOf(error) || codeOf(error));
  const message = isFull(code) ? 'diskFull' : refused.test(code) ? 'diskRefused' : null;
  return message === null ? null : problemOf({ kind: 'file', sub: message, message, retryable: true, detail: code }, at);
}

/** SQLite's primary result code for a full disk; a failing backup carries nothing but this number. */
const SQLITE_FULL = 13;

/** SQLite calls it a mere I/O error when there is no room for its shared memory; the driver adds the system's number. */
function noRoomBehind(error: unknown): 'ENOSPC' | 'EDQUOT' | 'SQLITE_FULL' | null {
  if (!(error instanceof Error)) return null;
  if ('errcode' in error && error.errcode === SQLITE_FULL) return 'SQLITE_FULL';
  if (!('systemErrno' in error)) return null;
  if (error.systemErrno === constants.errno.ENOSPC) return 'ENOSPC';
  return error.systemErrno === constants.errno.EDQUOT ? 'EDQUOT' : null;
}
