import { assertNever } from '../../shared/assert-never';
import type { JobState, WaitReason } from '../../shared/model/job';
import type { Problem } from '../../shared/model/problem';
import type { FileFacts, JobRecord } from './job-record';

/** What a job ended with when its bytes are at the host. */
export type Arrival = {
  readonly uploadId: string;
  readonly url: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumb: string | null;
  readonly pendingReview: boolean;
  readonly duplicate: boolean;
};

/** Everything that can happen to a job. */
export type JobEvent =
  | { readonly type: 'prepare' }
  | { readonly type: 'prepared'; readonly facts: FileFacts; /** Of the file itself, where it was encoded anew. */ readonly sourceSha256: string | null }
  /** Why a queued job stands still; null lets it go on. */
  | { readonly type: 'wait'; readonly wait: WaitReason | null }
  | { readonly type: 'send' }
  /** The first body byte is about to leave. */
  | { readonly type: 'body'; readonly at: number }
  /** The whole file was hashed on its way. */
  | { readonly type: 'hashed'; readonly sha256: string }
  /** Back to the queue: nothing has arrived for certain, and another try is allowed. */
  | { readonly type: 'again'; readonly wait: WaitReason | null; readonly until: number | null; readonly problem: Problem | null; readonly counted: boolean }
  /** The file is another one than at preparation: look at it anew. */
  | { readonly type: 'stale' }
  | { readonly type: 'arrived'; readonly at: number; readonly arrival: Arrival }
  | { readonly type: 'fail'; readonly at: number; readonly problem: Problem }
  | { readonly type: 'lose'; readonly at: number; readonly problem: Problem }
  | { readonly type: 'cancel'; readonly at: number }
  | { readonly type: 'retry' }
  | { readonly type: 'force' }
  /** A new process found the job as the last one left it. */
  | { readonly type: 'restart'; readonly at: number; readonly problem: Problem };

const from: Readonly<Record<JobEvent['type'], readonly JobState[]>> = {
  prepare: ['queued'],
  prepared: ['preparing'],
  wait: ['queued'],
  send: ['queued'],
  body: ['sending'],
  hashed: ['sending'],
  again: ['preparing', 'sending'],
  stale: ['sending'],
  arrived: ['queued', 'preparing', 'sending', 'unknown', 'failed'],
  fail: ['queued', 'preparing', 'sending', 'unknown'],
  lose: ['queued', 'preparing', 'sending'],
  cancel: ['queued', 'preparing', 'sending'],
  retry: ['failed', 'cancelled'],
  force: ['failed', 'cancelled', 'unknown', 'done'],
  restart: ['queued', 'preparing', 'sending'],
};

export const hasEnded = (record: Pick<JobRecord, 'state'>): boolean =>
  record.state === 'done' || record.state === 'failed' || record.state === 'cancelled' || record.state === 'unknown';

const unsent: ReadonlySet<JobState> = new Set(['queued', 'preparing', 'failed', 'cancelled']);

/** Those of the jobs that would go into another album and can: nothing of them is at their host or on the way there. */
export const movedTo = (albumId: string | null, records: readonly JobRecord[]): readonly JobRecord[] =>
  records.filter((record) => unsent.has(record.state) && record.albumId !== albumId).map((record) => ({ ...record, albumId }));

/** Whether `event` may happen to `record` now. Only a finished duplicate can be forced once it is done. */
export function allows(record: JobRecord, event: JobEvent['type']): boolean {
  if (!from[event].includes(record.state)) return false;
  if (event === 'force') return record.input.type !== 'bad' && (record.state !== 'done' || record.duplicate);
  if (event === 'retry') return record.input.type !== 'bad';
  return true;
}

const fresh = { wait: null, waitUntil: null, attempts: 0, sentAt: null, problem: null, finishedAt: null } as const;

/** The job after `event`. Pure; throws when the event is not allowed in the job's state (`allows`). */
export function next(record: JobRecord, event: JobEvent): JobRecord {
  if (!allows(record, event.type)) throw new Error(`${event.type} cannot happen to a job that is ${record.state}`);
  switch (event.type) {
    case 'prepare':
      return { ...record, state: 'preparing', wait: null };
    case 'prepared':
      return { ...record, state: 'queued', facts: event.facts, sourceSha256: event.sourceSha256 };
    case 'wait':
      return { ...record, wait: event.wait, waitUntil: null };
    case 'send':
      return { ...record, state: 'sending', wait: null, waitUntil: null, attempts: record.attempts + 1, sentAt: null };
    case 'body':
      return { ...record, sentAt: event.at };
    case 'hashed':
      return record.facts === null ? record : { ...record, facts: { ...record.facts, sha256: event.sha256 } };
    case 'again':
      return {
        ...record,
        state: 'queued',
        wait: event.wait,
        waitUntil: event.until,
        problem: event.problem,
        attempts: event.counted ? record.attempts : Math.max(0, record.attempts - 1),
        sentAt: null,
      };
    case 'stale':
      return { ...record, state: 'queued', wait: null, waitUntil: null, facts: null, sentAt: null };
    case 'arrived':
      return { ...record, ...event.arrival, state: 'done', wait: null, waitUntil: null, problem: null, finishedAt: event.at };
    case 'fail':
      return { ...record, state: 'failed', wait: null, waitUntil: null, problem: event.problem, finishedAt: event.at };
    case 'lose':
      return { ...record, state: 'unknown', wait: null, waitUntil: null, problem: event.problem, finishedAt: event.at };
    case 'cancel':
      return { ...record, state: 'cancelled', wait: null, waitUntil: null, finishedAt: event.at };
    case 'retry':
      return { ...record, ...fresh, state: 'queued', facts: null };
    case 'force':
      return { ...record, ...fresh, state: 'queued', facts: null, force: true, duplicate: false, uploadId: null, url: null };
    case 'restart':
      return restarted(record, event.at, event.problem);
    default:
      return assertNever(event);
  }
}

/** `sending` with the body begun may be online; everything else starts over. A wait that the host asked for is kept. */
function restarted(record: JobRecord, at: number, problem: Problem): JobRecord {
  if (record.state === 'sending' && record.sentAt !== null) return next(record, { type: 'lose', at, problem });
  const waits = record.wait === 'retry' || record.wait === 'rate_limit' || record.wait === 'name';
  return { ...record, state: 'queued', wait: waits ? record.wait : null, waitUntil: waits ? record.waitUntil : null, sentAt: null };
}
