import type { Job } from '../../shared/model/job';
import { type CliText, type RunContext, sayTo } from './run-context';

const texts: Partial<Record<NonNullable<Job['wait']>, CliText>> = {
  offline: 'waitsOffline',
  rate_limit: 'waitsRate',
  retry: 'waitsRetry',
};

/** Says once why an upload that does not move waits, so that nobody looks at a still screen. Returns the end of it. */
export function sayWaits(context: RunContext, jobIds: readonly string[], account: string): () => void {
  const mine = new Set(jobIds);
  const said = new Set<string>();
  return context.services.queue.onChange(({ upsert }) => {
    for (const job of upsert) {
      const key = job.wait === null ? undefined : texts[job.wait];
      if (key === undefined || !mine.has(job.id) || said.has(key)) continue;
      said.add(key);
      const seconds = job.waitUntil === null ? 0 : Math.max(1, Math.ceil((job.waitUntil - context.now()) / 1000));
      sayTo(context, context.text(key, { account, seconds }));
    }
  });
}
