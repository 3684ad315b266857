import type { EventOf } from '../bridge';
import type { Job, QueueSummary } from '../../shared/model/job';

/** The queue as the window shows it: newest batch first, the inputs of a batch in their order. */
export type QueueState = {
  readonly byId: ReadonlyMap<string, Job>;
  readonly order: readonly string[];
  readonly summary: QueueSummary;
};

export const emptySummary: QueueSummary = {
  paused: false,
  offline: false,
  total: 0,
  done: 0,
  failed: 0,
  active: 0,
  waiting: 0,
  unknown: 0,
  bytesPerSecond: null,
  secondsLeft: null,
};

export const emptyQueue: QueueState = { byId: new Map(), order: [], summary: emptySummary };

const orderOf = (jobs: Iterable<Job>): readonly string[] => {
  const all = [...jobs];
  const startOf = new Map<string, number>();
  for (const job of all) startOf.set(job.batchId, Math.min(startOf.get(job.batchId) ?? Infinity, job.createdAt));
  const start = (job: Job): number => startOf.get(job.batchId) ?? 0;
  return all
    .sort((a, b) => start(b) - start(a) || (a.batchId < b.batchId ? 1 : a.batchId > b.batchId ? -1 : 0) || a.position - b.position)
    .map((job) => job.id);
};

export const queueOf = (jobs: readonly Job[], summary: QueueSummary): QueueState => ({
  byId: new Map(jobs.map((job) => [job.id, job])),
  order: orderOf(jobs),
  summary,
});

/** The order is worked out anew only when a job comes or goes, so that progress stays cheap. */
export const applyQueueChange = (state: QueueState, event: EventOf<'queue:changed'>): QueueState => {
  const byId = new Map(state.byId);
  let moved = false;
  for (const id of event.removed) moved = byId.delete(id) || moved;
  for (const job of event.upsert) {
    moved = moved || !byId.has(job.id);
    byId.set(job.id, job);
  }
  return { byId, order: moved ? orderOf(byId.values()) : state.order, summary: event.summary };
};

export const isLive = (job: Job): boolean => job.state === 'queued' || job.state === 'preparing' || job.state === 'sending';

/** The place of the next job in that state, from `from` on and around the end; null when there is none. */
export const nextInState = ({ byId, order }: Pick<QueueState, 'byId' | 'order'>, state: Job['state'], from: number): number | null => {
  const isOne = (id: string): boolean => byId.get(id)?.state === state;
  const later = order.findIndex((id, index) => index >= from && isOne(id));
  const found = later >= 0 ? later : order.findIndex(isOne);
  return found < 0 ? null : found;
};

/** From 0 to 1; null when there is nothing to measure by. */
export const progressOf = (job: Job): number | null => {
  if (job.state !== 'sending' || job.bytes === null || job.bytes === 0) return null;
  return Math.min(1, job.sentBytes / job.bytes);
};

/** How much of the queue has come to an end, from 0 to 1; null when nothing is on its way. */
export const queueProgress = (summary: QueueSummary): number | null => {
  if (summary.total === 0 || summary.active + summary.waiting === 0) return null;
  return Math.min(1, (summary.total - summary.active - summary.waiting) / summary.total);
};
