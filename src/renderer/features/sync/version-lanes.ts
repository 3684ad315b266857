import type { SyncVersionRow } from '../../../shared/model/sync';

/** A version's place in the graph: its lane, the lanes that come from above and go on below, and what passes by. */
export type LaneRow = {
  readonly lane: number;
  /** Lanes whose next version this is; they come from above. */
  readonly from: readonly number[];
  /** Lanes of the versions that it was made on; they go on below. */
  readonly to: readonly number[];
  readonly passing: readonly number[];
};

/** A version takes the lane that waits for it, and each version that it was made on gets one: the newest first. */
export const lanesOf = (rows: readonly Pick<SyncVersionRow, 'version' | 'parents'>[]): ReadonlyMap<number, LaneRow> => {
  const waiting: (number | null)[] = [];
  const free = (): number => {
    const at = waiting.indexOf(null);
    return at < 0 ? waiting.length : at;
  };
  const found = new Map<number, LaneRow>();
  for (const { version, parents } of rows) {
    const from = waiting.flatMap((wanted, lane) => (wanted === version ? [lane] : []));
    const lane = from[0] ?? free();
    for (const ended of from) waiting[ended] = null;
    const passing = waiting.flatMap((wanted, other) => (wanted === null ? [] : [other]));
    const to: number[] = [];
    for (const parent of [...parents].sort((a, b) => b - a)) {
      const known = waiting.indexOf(parent);
      const at = known >= 0 ? known : waiting[lane] == null ? lane : free();
      waiting[at] = parent;
      to.push(at);
    }
    found.set(version, { lane, from, to, passing });
  }
  return found;
};

/** Lanes below a version. */
export const lanesBelow = ({ to, passing }: LaneRow): readonly number[] => [...new Set([...to, ...passing])];
