import type { BatchResult } from '../../shared/model/job';
import type { AddOptions, Batch, FinishedBatch } from './contract';
import { resultOf, type JobRecord } from './job-record';
import { hasEnded } from './transitions';

type Asked = Pick<AddOptions, 'origin' | 'format'>;
type OpenBatch = { readonly asked: Asked; readonly slots: (BatchResult | null)[]; open: number; readonly resolve: (results: readonly BatchResult[]) => void };

/** Gives every input of a batch its slot, in order, exactly once. Knows only the batches of this process. */
export interface Batches {
  /** `records` are the batch's jobs in the order of its inputs. */
  open(id: string, asked: Asked, records: readonly JobRecord[]): Batch['finished'];
  /** A job changed: its slot is filled when it has ended and emptied when it goes on. */
  changed(record: JobRecord): void;
  onFinished(listener: (batch: FinishedBatch) => void): () => void;
}

export function createBatches(): Batches {
  const batches = new Map<string, OpenBatch>();
  const listeners = new Set<(batch: FinishedBatch) => void>();
  const finishIfFull = (id: string, batch: OpenBatch): void => {
    if (batch.open > 0 || batches.get(id) !== batch) return;
    batches.delete(id);
    const results = batch.slots.flatMap((slot) => (slot === null ? [] : [slot]));
    batch.resolve(results);
    for (const listener of [...listeners]) listener({ id, origin: batch.asked.origin, format: batch.asked.format ?? null, results });
  };
  const fill = (batch: OpenBatch, record: JobRecord): void => {
    const result = hasEnded(record) ? resultOf(record) : null;
    const was = batch.slots[record.position] ?? null;
    batch.slots[record.position] = result;
    batch.open += (was === null ? 0 : 1) - (result === null ? 0 : 1);
  };
  return {
    open(id, asked, records) {
      let resolve: OpenBatch['resolve'] = () => undefined;
      const finished = new Promise<readonly BatchResult[]>((done) => {
        resolve = done;
      });
      const batch: OpenBatch = { asked, slots: records.map(() => null), open: records.length, resolve };
      batches.set(id, batch);
      for (const record of records) fill(batch, record);
      // Told after `add` has returned, so that the caller knows the batch before it hears of its end.
      if (batch.open === 0) queueMicrotask(() => finishIfFull(id, batch));
      return finished;
    },
    changed(record) {
      const batch = batches.get(record.batchId);
      if (batch === undefined) return;
      fill(batch, record);
      finishIfFull(record.batchId, batch);
    },
    onFinished(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
