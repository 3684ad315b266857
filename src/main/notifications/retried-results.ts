import type { BatchResult, Job } from '../../shared/model/job';
import type { QueueService } from '../queue';

const resultOf = (job: Job): BatchResult | null => {
  const { state } = job;
  if (state !== 'done' && state !== 'failed' && state !== 'cancelled' && state !== 'unknown') return null;
  const { id, uploadId, url, width, height, bytes, kind, accountId, accountName, onlyThisComputer, duplicate, problem, report } = job;
  return { file: job.name, jobId: id, state, uploadId, url, width, height, bytes, kind, accountId, accountName, onlyThisComputer, duplicate, problem, report };
};

/**
 * Tries jobs of a finished batch again. Resolves with what they ended as, in the order of the ids, without those that
 * were put away meanwhile; with null when Picferry ends before.
 */
export const retriedResults = async (queue: Pick<QueueService, 'retry' | 'onChange' | 'snapshot'>, ids: readonly string[], lifetime: AbortSignal): Promise<readonly BatchResult[] | null> => {
  const ended = new Map<string, BatchResult | null>();
  let settle: (results: readonly BatchResult[] | null) => void = () => undefined;
  const all = new Promise<readonly BatchResult[] | null>((resolve) => (settle = resolve));
  const look = (jobs: readonly Job[], removed: readonly string[]): void => {
    for (const job of jobs) {
      if (!ids.includes(job.id)) continue;
      const result = resultOf(job);
      if (result === null) ended.delete(job.id);
      else ended.set(job.id, result);
    }
    for (const id of removed) if (ids.includes(id)) ended.set(id, null);
    if (ended.size === ids.length) settle(ids.flatMap((id) => ended.get(id) ?? []));
  };
  const stop = (): void => settle(null);
  lifetime.addEventListener('abort', stop, { once: true });
  await queue.retry(ids);
  const off = queue.onChange(({ upsert, removed }) => look(upsert, removed));
  try {
    // Some may have ended before anybody listened.
    const { jobs } = queue.snapshot();
    look(jobs, ids.filter((id) => !jobs.some((job) => job.id === id)));
    return await all;
  } finally {
    off();
    lifetime.removeEventListener('abort', stop);
  }
};
