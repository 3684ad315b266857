import type { LibraryService } from '../library';
import type { JobTable } from './job-table';

/** Names of files at their accounts: uploaded ones, those of jobs, and those that are just being given. */
export interface NameClaims {
  /** Whether another file of the account has this name, upper and lower case alike; if none has, the job has it from now on. */
  isTaken(jobId: string, accountId: string, name: string): boolean;
  /** What the job is called is on its record now, or nowhere. */
  release(jobId: string): void;
}

export function createNameClaims(library: Pick<LibraryService, 'hasName'>, table: Pick<JobTable, 'records'>): NameClaims {
  /** Job by account and name. */
  const claims = new Map<string, string>();
  const inQueue = (jobId: string, accountId: string, wanted: string): boolean => {
    for (const { id, accountId: account, facts, state } of table.records()) {
      if (id !== jobId && account === accountId && facts?.partName.toLowerCase() === wanted && state !== 'failed' && state !== 'cancelled') return true;
    }
    return false;
  };
  return {
    isTaken(jobId, accountId, name) {
      const wanted = name.toLowerCase();
      const key = `${accountId}\n${wanted}`;
      const holder = claims.get(key);
      if (holder !== undefined ? holder !== jobId : library.hasName(accountId, name) || inQueue(jobId, accountId, wanted)) return true;
      claims.set(key, jobId);
      return false;
    },
    release(jobId) {
      for (const [key, holder] of claims) if (holder === jobId) claims.delete(key);
    },
  };
}
