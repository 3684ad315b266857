import { inSlices } from '../../lib/in-slices';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Account } from '../../shared/model/account';
import type { AddOptions, Batch, QueueInput, QueueService } from './contract';
import type { JobRecord } from './job-record';
import type { JobStore } from './job-store';
import type { JobTable } from './job-table';
import type { QueueDeps } from './queue-deps';
import { saveProblem } from './queue-problems';
import { hasEnded } from './transitions';

type Adding = Pick<QueueService, 'add' | 'addMany'>;

export type AddingParts = {
  readonly store: JobStore;
  readonly table: JobTable;
  readonly enqueue: (record: JobRecord) => void;
  /** False once the queue is closed: what is on disk then is the next start's. */
  readonly isRunning: () => boolean;
};

/** Turns inputs into jobs: on disk first, then in line. */
export function createAdding({ accounts, newId, timers }: Pick<QueueDeps, 'accounts' | 'newId' | 'timers'>, { store, table, enqueue, isRunning }: AddingParts): Adding {
  const accountFor = (id: string | null): Account => {
    const account = id === null ? accounts.default() : accounts.byId(id);
    if (account !== undefined) return account;
    throw new PicferryError(problemOf({ kind: 'bad_request', sub: 'noAccount', message: 'noAccount', params: { name: id ?? '' } }, timers.now()));
  };
  /** Makes jobs of inputs that begin at `first` in their batch. */
  const maker = (batchId: string, options: AddOptions): ((inputs: readonly QueueInput[], first: number) => readonly JobRecord[]) => {
    const account = accountFor(options.accountId);
    return (inputs, first) => inputs.map((input, index) => recordOf(input, { id: newId(), batchId, position: first + index, at: timers.now() }, account, options));
  };
  const line = (records: readonly JobRecord[]): void => {
    for (const record of records) if (!hasEnded(record)) enqueue(record);
  };
  const batchOf = (id: string, records: readonly JobRecord[], finished: Batch['finished']): Batch => ({ id, jobIds: records.map((record) => record.id), finished });

  return {
    add(inputs, options) {
      const id = newId();
      const records = maker(id, options)(inputs, 0);
      saving(() => table.add(records), timers.now);
      const finished = table.batches.open(id, options, records);
      line(records);
      return batchOf(id, records, finished);
    },
    async addMany(inputs, options) {
      const id = newId();
      const make = maker(id, options);
      const records: JobRecord[] = [];
      try {
        await inSlices(inputs, (slice) => {
          const made = make(slice, records.length);
          store.add(made);
          records.push(...made);
        });
        await store.flush();
      } catch (error) {
        // What is on disk already would be uploaded by the next start, although it was refused.
        saving(() => store.remove(records.map((record) => record.id)), timers.now);
        throw notSaved(error, timers.now());
      }
      const finished = table.batches.open(id, options, records);
      await inSlices(records, (slice) => {
        if (!isRunning()) return;
        table.adopt(slice);
        line(slice);
      });
      return batchOf(id, records, finished);
    },
  };
}

/** Whatever the disk said, as a `PicferryError` kind `file`. */
export const notSaved = (error: unknown, at: number): Error => (error instanceof PicferryError ? error : new PicferryError(saveProblem(error, at), { cause: error }));

/** Runs what writes to the disk; what that throws becomes a `PicferryError` kind `file`. */
export const saving = <T>(work: () => T, now: () => number): T => {
  try {
    return work();
  } catch (error) {
    throw notSaved(error, now());
  }
};

function storedInput(input: QueueInput): JobRecord['input'] {
  if (input.type === 'bad') return { type: 'bad' };
  const clipboardApp = input.type === 'kept' ? input.clipboardApp : undefined;
  return clipboardApp === undefined ? { type: input.type, path: input.path } : { type: 'kept', path: input.path, clipboardApp };
}

function recordOf(input: QueueInput, place: { readonly id: string; readonly batchId: string; readonly position: number; readonly at: number }, account: Account, options: AddOptions): JobRecord {
  const { id, batchId, position, at } = place;
  const bad = input.type === 'bad' ? input.problem : null;
  return {
    id,
    batchId,
    position,
    origin: options.origin,
    input: storedInput(input),
    name: input.type === 'file' ? (input.name ?? nameOf(input.path)) : input.name,
    accountId: account.id,
    accountName: account.name,
    provider: account.provider,
    onlyThisComputer: account.onlyThisComputer,
    albumId: options.albumId,
    force: options.force,
    replaces: input.type === 'bad' ? null : (input.replaces ?? null),
    profile: options.profile ?? null,
    adapted: null,
    named: false,
    facts: null,
    sourceSha256: null,
    state: bad === null ? 'queued' : 'failed',
    wait: bad === null && options.askName === true ? 'name' : null,
    waitUntil: null,
    attempts: 0,
    sentAt: null,
    problem: bad,
    uploadId: null,
    url: null,
    width: null,
    height: null,
    duplicate: false,
    pendingReview: false,
    thumb: null,
    dismissed: false,
    createdAt: at,
    finishedAt: bad === null ? null : at,
  };
}

/** The last part of a path of either kind. */
const nameOf = (path: string): string => path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? path;
