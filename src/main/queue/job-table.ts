import type { Job, WaitReason } from '../../shared/model/job';
import { createBatches, type Batches } from './batches';
import { createChangedJobs, type ChangedJobs } from './changed-jobs';
import { jobOf, type JobRecord } from './job-record';
import type { JobStore } from './job-store';
import { createProgressMeter, type ProgressMeter } from './progress-meter';
import type { Timers } from './queue-deps';
import { createSameBytes, type SameBytes } from './same-bytes';
import { createTally, type Tally } from './tally';
import { allows, hasEnded, next, type Arrival, type JobEvent } from './transitions';

/** Every job in memory, each change written where it must outlive the process, and everybody told. */
export interface JobTable {
  readonly batches: Batches;
  readonly feed: ChangedJobs;
  readonly same: SameBytes;
  readonly tally: Tally;
  get(id: string): JobRecord | undefined;
  /** In the order they were added. */
  records(): IterableIterator<JobRecord>;
  add(records: readonly JobRecord[]): void;
  /** Takes over jobs that are on disk already. */
  adopt(records: readonly JobRecord[]): void;
  /** Lets `event` happen. Throws, with nothing changed, when the disk refuses or the event is not allowed. */
  apply(id: string, event: JobEvent): JobRecord;
  /**
   * Lets `event` happen to those it may happen to, in one transaction; returns them. Throws, with nothing changed, when
   * the disk refuses.
   */
  applyAll(ids: readonly string[], event: JobEvent): readonly JobRecord[];
  /** Writes what `arrival` records and the finished job in one transaction. */
  arrive(id: string, at: number, arrival: () => Arrival): JobRecord;
  /** Resolves when every change so far would outlive a loss of power. Rejects with the system's error. */
  flush(): Promise<void>;
  /** Like `apply`, but in memory only: for telling of a failure of the disk. */
  applyUnsaved(id: string, event: JobEvent): JobRecord;
  /** Replaces a record that needs no transition (a thumbnail, put away). */
  replace(record: JobRecord): void;
  /** The same for several, in one transaction. Throws, with nothing changed, when the disk refuses. */
  replaceAll(records: readonly JobRecord[]): void;
  remove(ids: readonly string[]): void;
  /** The meter of a sending job; made on first use, gone when it stops sending. */
  meter(id: string): ProgressMeter;
  /** Bytes of the running tries that have gone. */
  sentNow(): number;
  view(record: JobRecord): Job;
  onEnded(listener: (record: JobRecord) => void): void;
}

/** Events whose result must survive the process. The others leave the disk at `queued`, which is what a crash makes of them. */
const durable: ReadonlySet<JobEvent['type']> = new Set(['body', 'again', 'arrived', 'fail', 'lose', 'cancel', 'retry', 'force', 'restart']);

export type JobTableParts = {
  readonly store: JobStore;
  readonly timers: Timers;
  readonly gate: (record: JobRecord) => { readonly wait: WaitReason; readonly until: number | null } | null;
  readonly tell: (upsert: readonly string[], removed: readonly string[]) => void;
};

export function createJobTable({ store, timers, gate, tell }: JobTableParts): JobTable {
  const jobs = new Map<string, JobRecord>();
  const meters = new Map<string, ProgressMeter>();
  const endedListeners: ((record: JobRecord) => void)[] = [];
  const [tally, same, batches, feed] = [createTally(), createSameBytes(), createBatches(), createChangedJobs(timers, tell)];

  const must = (id: string): JobRecord => {
    const record = jobs.get(id);
    if (record === undefined) throw new Error('no such job');
    return record;
  };
  /** Told of at once; the disk itself follows. What it refuses then, the next body's flush meets again and says. */
  const flushSoon = (): void => {
    store.flush().then(
      () => undefined,
      () => undefined,
    );
  };
  const commit = (before: JobRecord | null, after: JobRecord): JobRecord => {
    jobs.set(after.id, after);
    tally.change(before, after);
    same.track(before, after);
    if (after.state !== 'sending') meters.delete(after.id);
    feed.changed(after.id);
    if (before !== null && before.state === after.state) return after;
    if (before !== null && hasEnded(after)) for (const listener of endedListeners) listener(after);
    batches.changed(after);
    return after;
  };
  const apply = (id: string, event: JobEvent): JobRecord => {
    const before = must(id);
    const after = next(before, event);
    if (durable.has(event.type)) {
      store.save(after);
      if (event.type !== 'body') flushSoon();
    }
    return commit(before, after);
  };
  return {
    batches,
    feed,
    same,
    tally,
    get: (id) => jobs.get(id),
    records: () => jobs.values(),
    add(records) {
      store.add(records);
      flushSoon();
      for (const record of records) commit(null, record);
    },
    adopt(records) {
      for (const record of records) commit(null, record);
    },
    apply,
    applyAll(ids, event) {
      const changes = ids.flatMap((id) => {
        const before = jobs.get(id);
        return before !== undefined && allows(before, event.type) ? [{ before, after: next(before, event) }] : [];
      });
      store.together(() => {
        for (const { after } of changes) store.save(after);
      });
      flushSoon();
      return changes.flatMap(({ before, after }) => {
        const now = jobs.get(after.id);
        if (now === before) return [commit(before, after)];
        // The end of one of them changed this one in passing.
        return now !== undefined && allows(now, event.type) ? [apply(after.id, event)] : [];
      });
    },
    flush: () => store.flush(),
    applyUnsaved(id, event) {
      const before = must(id);
      return commit(before, next(before, event));
    },
    arrive(id, at, arrival) {
      const before = must(id);
      const after = store.together(() => {
        const done = next(before, { type: 'arrived', at, arrival: arrival() });
        store.save(done);
        return done;
      });
      flushSoon();
      return commit(before, after);
    },
    replace(record) {
      store.save(record);
      commit(must(record.id), record);
    },
    replaceAll(records) {
      store.together(() => {
        for (const record of records) store.save(record);
      });
      flushSoon();
      for (const record of records) commit(must(record.id), record);
    },
    remove(ids) {
      store.remove(ids);
      for (const id of ids) {
        const record = jobs.get(id);
        if (record === undefined) continue;
        jobs.delete(id);
        tally.change(record, null);
        same.track(record, null);
        feed.removed(id);
      }
    },
    meter(id) {
      const known = meters.get(id);
      if (known !== undefined) return known;
      const meter = createProgressMeter(timers.now);
      meters.set(id, meter);
      return meter;
    },
    sentNow() {
      let sum = 0;
      for (const meter of meters.values()) sum += meter.total;
      return sum;
    },
    view(record) {
      const meter = meters.get(record.id);
      return jobOf(record, meter === undefined ? undefined : { sentBytes: meter.total, bytesPerSecond: meter.speed() }, gate(record));
    },
    onEnded(listener) {
      endedListeners.push(listener);
    },
  };
}
