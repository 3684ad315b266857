import type { Job } from '../../shared/model/job';

type Change = { readonly upsert: readonly Pick<Job, 'id' | 'state' | 'bytes' | 'sentBytes'>[]; readonly removed: readonly string[] };

const LIVE: ReadonlySet<Job['state']> = new Set(['queued', 'preparing', 'sending']);
/** What an ended job and one that is on its way count; one that was sent whole waits for its answer still. */
const SENT_WHOLE = 0.95;

const partOf = ({ state, bytes, sentBytes }: Change['upsert'][number]): number => {
  if (!LIVE.has(state)) return 1;
  return bytes === null || bytes === 0 ? 0 : Math.min(1, sentBytes / bytes) * SENT_WHOLE;
};

/**
 * How far the present run of uploads is, from 0 to 1: a run begins with the first job after a time without any, and ends
 * when none is left, which is null. Jobs of earlier runs do not count.
 */
export const createRunProgress = (): ((change: Change) => number | null) => {
  const parts = new Map<string, number>();
  const live = new Set<string>();
  let sum = 0;
  const put = (id: string, part: number | null): void => {
    sum += (part ?? 0) - (parts.get(id) ?? 0);
    if (part === null) parts.delete(id);
    else parts.set(id, part);
  };
  return ({ upsert, removed }) => {
    for (const job of upsert) {
      const lives = LIVE.has(job.state);
      if (!lives && !parts.has(job.id)) continue;
      if (lives) live.add(job.id);
      else live.delete(job.id);
      put(job.id, partOf(job));
    }
    for (const id of removed) {
      live.delete(id);
      put(id, null);
    }
    if (live.size > 0) return Math.max(0, Math.min(1, sum / parts.size));
    parts.clear();
    sum = 0;
    return null;
  };
};
