import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { diskProblem } from './disk-problem';

const system = (code: string): Error => Object.assign(new Error('the system refuses'), { code });
const sqlite = (sqliteCodeName: string): Error => Object.assign(new Error('the database refuses'), { code: 'ERR_SQLITE_ERROR', sqliteCodeName });

describe('a disk that does not take what is written', () => {
  it.each([system('ENOSPC'), system('EDQUOT'), sqlite('SQLITE_FULL'), Object.assign(sqlite('SQLITE_IOERR'), { systemErrno: constants.errno.ENOSPC }), Object.assign(system('ERR_SQLITE_ERROR'), { errcode: 13 })])('is told to be full (%o)', (error) => {
    expect(diskProblem(error, 7)).toMatchObject({ kind: 'file', message: 'diskFull', retryable: true, at: 7 });
  });

  it.each([system('EROFS'), system('EACCES'), sqlite('SQLITE_READONLY'), sqlite('SQLITE_IOERR')])('is told to refuse (%o)', (error) => {
    expect(diskProblem(error, 7)).toMatchObject({ kind: 'file', message: 'diskRefused' });
  });

  it.each([new TypeError('a slip'), system('ECONNRESET'), sqlite('SQLITE_CORRUPT'), sqlite('SQLITE_CONSTRAINT'), null])('is not blamed for other failures (%o)', (error) => {
    expect(diskProblem(error, 7)).toBeNull();
  });
});
