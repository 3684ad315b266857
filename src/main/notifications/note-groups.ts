import type { BatchResult } from '../../shared/model/job';
import type { FinishedBatch } from '../queue';

/** Batches that end within this time of one another are told by one note. */
const TOGETHER_MS = 60_000;

export type NoteGroupsDeps = {
  readonly now: () => number;
  /** Whether what a note said of a result still holds: its upload is there, its failure not tried again. */
  readonly stands: (result: BatchResult) => boolean;
};

/** What one note tells. Its id is that of the group's first batch, so that the note takes the earlier one's place. */
export type Told = { readonly batch: FinishedBatch; readonly earlier: readonly BatchResult[] };

export type NoteGroups = {
  /** Puts a batch into the group it belongs to. The answer gives what to tell once the note is made; null when a later batch tells of this one, too. */
  readonly join: (batch: FinishedBatch) => () => Told | null;
  /** Ends the group of this id: what it told of is being seen to, and what comes begins anew. */
  readonly end: (id: string) => void;
};

type Lane = 'done' | 'failed';
type Group = { readonly id: string; readonly earlier: readonly BatchResult[]; readonly batch: FinishedBatch; readonly at: number };

/** Batches that went well are told together, and so are those that failed; what ended in both ways is told by itself. */
const laneOf = ({ results }: FinishedBatch): Lane | null => {
  const ends = new Set(results.flatMap(({ state }) => (state === 'done' ? ['done' as const] : state === 'cancelled' ? [] : ['failed' as const])));
  const [lane = null] = ends;
  return ends.size === 1 ? lane : null;
};

/**
 * Gathers uploads that end one after another, so that five within a minute are one note that is brought up to date. A
 * failure never gives way to a success: it would take the reason and "Try again" with it.
 */
export const createNoteGroups = ({ now, stands }: NoteGroupsDeps): NoteGroups => {
  const groups = new Map<Lane, Group>();
  const told = (lane: Lane, { id, batch, earlier }: Group): Told => {
    const still = earlier.filter(stands);
    if (lane === 'done') return { batch: { ...batch, id }, earlier: still };
    return { batch: { ...batch, id, results: [...still, ...batch.results] }, earlier: [] };
  };
  return {
    join: (batch) => {
      const lane = laneOf(batch);
      if (lane === null) return () => ({ batch, earlier: [] });
      const at = now();
      const before = groups.get(lane);
      const follows = before !== undefined && at - before.at <= TOGETHER_MS;
      const group: Group = follows ? { id: before.id, earlier: [...before.earlier, ...before.batch.results], batch, at } : { id: batch.id, earlier: [], batch, at };
      groups.set(lane, group);
      // Another one that has begun meanwhile leaves this one's note as it is.
      return () => (groups.get(lane)?.id === group.id && groups.get(lane) !== group ? null : told(lane, group));
    },
    end: (id) => {
      for (const [lane, group] of groups) if (group.id === id) groups.delete(lane);
    },
  };
};
