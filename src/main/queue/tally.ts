import type { QueueSummary } from '../../shared/model/job';
import type { JobRecord } from './job-record';

type Counts = { total: number; done: number; failed: number; active: number; waiting: number; unknown: number };

/** The queue's figures, kept up to date change by change: 10,000 jobs cost no more than one. */
export interface Tally {
  /** `before` or `after` is null for a job that comes or goes. */
  change(before: JobRecord | null, after: JobRecord | null): void;
  /** `sent` is what of the unfinished jobs has already gone. */
  summary(state: { readonly paused: boolean; readonly offline: boolean; readonly bytesPerSecond: number | null; readonly sent: number }): QueueSummary;
}

export function createTally(): Tally {
  const counts: Counts = { total: 0, done: 0, failed: 0, active: 0, waiting: 0, unknown: 0 };
  /** Of jobs that are still to be sent: how many bytes, and how many of them have a known size. */
  let pendingBytes = 0;
  let pendingKnown = 0;
  let pendingJobs = 0;
  const count = (record: JobRecord | null, by: 1 | -1): void => {
    if (record === null || record.dismissed) return;
    counts.total += by;
    const slot = slotOf(record);
    if (slot !== null) counts[slot] += by;
    if (slot !== 'active' && slot !== 'waiting') return;
    pendingJobs += by;
    if (record.facts === null) return;
    pendingKnown += by;
    pendingBytes += by * record.facts.bytes;
  };
  return {
    change(before, after) {
      count(before, -1);
      count(after, 1);
    },
    summary({ paused, offline, bytesPerSecond, sent }) {
      // Files not looked at yet count as large as the others are on average.
      const guessed = pendingKnown > 0 ? pendingBytes * (pendingJobs / pendingKnown) : null;
      const left = guessed === null ? null : Math.max(0, guessed - sent);
      const secondsLeft = left !== null && bytesPerSecond !== null && bytesPerSecond > 0 ? left / bytesPerSecond : null;
      return { paused, offline, ...counts, bytesPerSecond: counts.active > 0 ? bytesPerSecond : null, secondsLeft: counts.active > 0 ? secondsLeft : null };
    },
  };
}

function slotOf(record: JobRecord): Exclude<keyof Counts, 'total'> | null {
  switch (record.state) {
    case 'queued':
      return 'waiting';
    case 'preparing':
    case 'sending':
      return 'active';
    case 'done':
    case 'failed':
    case 'unknown':
      return record.state;
    case 'cancelled':
      return null;
  }
}
