import { setImmediate as turn } from 'node:timers/promises';
import { isWaitedFor, type JobRecord } from './job-record';
import type { JobStore } from './job-store';
import type { JobTable } from './job-table';
import { unknownProblem } from './queue-problems';
import { hasEnded, next } from './transitions';

/** Finished jobs of the command line are forgotten with the next start; those of the window after a week. */
const KEEP_MS = 7 * 24 * 3600_000;

/** So many stored jobs are read, checked and taken over in a few milliseconds. */
const SLICE = 100;

/** Takes over the jobs that earlier processes left, in the order they were added. */
export interface Loading {
  /** True once every job is in the table. */
  readonly done: boolean;
  /** Resolves when `done` becomes true. */
  readonly ended: Promise<void>;
  /** Takes over the next slice. Throws, with that slice still to come, when the disk refuses. */
  step(): void;
  /** Takes over all that is left in one go. */
  all(): void;
  /** Takes over what is left a slice at a time, with everything else in between, until `wanted` says no. Rejects like `step`. */
  rest(wanted: () => boolean): Promise<void>;
}

export type LoadingParts = {
  readonly store: JobStore;
  readonly table: JobTable;
  readonly now: () => number;
  /** Told of each job that goes on. */
  readonly enqueue: (record: JobRecord) => void;
  /** Told once every job is in the table, with those whose outcome the crash left unknown. */
  readonly onDone: (lost: readonly JobRecord[]) => void;
};

export function createLoading({ store, table, now, enqueue, onDone }: LoadingParts): Loading {
  const lost: JobRecord[] = [];
  let [at, done] = [0, false];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let running: Promise<void> | null = null;

  const step = (): void => {
    if (done) return;
    const { records, last } = store.page(at, SLICE);
    const time = now();
    const [old, kept] = [records.filter((record) => isOld(record, time)), records.filter((record) => !isOld(record, time))];
    const changes = kept.map((before) => ({ before, after: restarted(before, time) }));
    store.together(() => {
      if (old.length > 0) store.remove(old.map(({ id }) => id));
      for (const { before, after } of changes) if (differs(before, after)) store.save(after);
    });
    table.adopt(changes.map(({ after }) => after));
    for (const { before, after } of changes) {
      if (hasEnded(before)) continue;
      if (after.state === 'unknown') lost.push(after);
      else enqueue(after);
    }
    if (last !== null) at = last;
    else {
      done = true;
      end();
      onDone(lost);
    }
  };
  const slices = async (wanted: () => boolean): Promise<void> => {
    while (!done && wanted()) {
      await turn();
      if (wanted()) step();
    }
  };
  return {
    get done() {
      return done;
    },
    ended,
    step,
    all() {
      while (!done) step();
    },
    rest(wanted) {
      running ??= slices(wanted).finally(() => {
        running = null;
      });
      return running;
    },
  };
}

const isOld = (record: JobRecord, now: number): boolean =>
  (record.state === 'done' || record.state === 'cancelled') && (isWaitedFor(record) || now - (record.finishedAt ?? now) > KEEP_MS);

const restarted = (record: JobRecord, at: number): JobRecord =>
  hasEnded(record) ? record : next(record, { type: 'restart', at, problem: unknownProblem(record.accountName, null, at) });

/** Whether a restart has changed anything: most jobs lie on disk as they go on. */
const differs = (before: JobRecord, after: JobRecord): boolean =>
  before.state !== after.state || before.wait !== after.wait || before.waitUntil !== after.waitUntil || before.sentAt !== after.sentAt;
