import type { EventOf } from '../bridge';
import type { Job, QueueSummary } from '../../shared/model/job';

/** The queue as the window shows it: newest batch first, the inputs of a batch in their order. */
export type QueueState = {
  readonly byId: ReadonlyMap<string, Job>;
  /** Of each batch the earliest time at which one of its jobs was made. */
  readonly starts: ReadonlyMap<string, number>;
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

export const emptyQueue: QueueState = { byId: new Map(), starts: new Map(), order: [], summary: emptySummary };

type Places = Pick<QueueState, 'byId' | 'starts'>;

const inOrder =
  ({ starts }: Pick<Places, 'starts'>) =>
  (a: Job, b: Job): number =>
    a.batchId === b.batchId
      ? a.position - b.position
      : (starts.get(b.batchId) ?? 0) - (starts.get(a.batchId) ?? 0) || (a.batchId < b.batchId ? 1 : -1);

/** When each batch began, with these jobs counted in; `lower` when one that was known began earlier. */
const withStarts = (before: ReadonlyMap<string, number>, jobs: Iterable<Job>): { readonly starts: ReadonlyMap<string, number>; readonly lower: boolean } => {
  const starts = new Map(before);
  let lower = false;
  for (const { batchId, createdAt } of jobs) {
    const known = starts.get(batchId);
    if (known !== undefined && known <= createdAt) continue;
    lower ||= known !== undefined;
    starts.set(batchId, createdAt);
  }
  return { starts, lower };
};

const orderOf = ({ byId, starts }: Places): readonly string[] => [...byId.values()].sort(inOrder({ starts })).map((job) => job.id);

/** Brings new jobs into an order: one walk over it, since a large drop arrives in many portions. */
const merged = (order: readonly string[], fresh: readonly Job[], places: Places): readonly string[] => {
  const compare = inOrder(places);
  const coming = [...fresh].sort(compare);
  const all: string[] = [];
  let at = 0;
  for (const id of order) {
    const here = places.byId.get(id);
    for (let next = coming[at]; next !== undefined && here !== undefined && compare(next, here) < 0; next = coming[at]) {
      all.push(next.id);
      at += 1;
    }
    all.push(id);
  }
  for (const job of coming.slice(at)) all.push(job.id);
  return all;
};

export const queueOf = (jobs: readonly Job[], summary: QueueSummary): QueueState => {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const { starts } = withStarts(new Map(), jobs);
  return { byId, starts, order: orderOf({ byId, starts }), summary };
};

/** The order changes only when a job comes or goes, so that progress stays cheap. */
export const applyQueueChange = (state: QueueState, event: EventOf<'queue:changed'>): QueueState => {
  const byId = new Map(state.byId);
  const removed = event.removed.filter((id) => byId.delete(id)).length > 0;
  const fresh = event.upsert.filter(({ id }) => !byId.has(id));
  for (const job of event.upsert) byId.set(job.id, job);
  const { summary } = event;
  if (fresh.length === 0 && !removed) return { ...state, byId, summary };
  const { starts, lower } = withStarts(byId.size === fresh.length ? new Map() : state.starts, fresh);
  if (lower) return { byId, starts, order: orderOf({ byId, starts }), summary };
  const left = removed ? state.order.filter((id) => byId.has(id)) : state.order;
  return { byId, starts, order: fresh.length === 0 ? left : merged(left, fresh, { byId, starts }), summary };
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
