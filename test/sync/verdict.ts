import type { Outcome } from './simulation';

/** Most deletes that may come back, of all that were made at one kind of host. */
const MOST_BACK = 0.015;

/** What SYNC.md C2 asks of every single run. */
const isKept = (found: Outcome, devices: number): boolean =>
  found.lostInserts === 0 && found.lostSets === 0 && found.documents === 1 && found.strays === 0 && found.pushesAtRest === 0 && found.pushesAfterQuiet <= 2 * devices + found.faults;

/** Whether the runs at one kind of host keep what SYNC.md C2 promises: no edit lost in any of them, and few deletes back on average. */
export const verdictOn = (runs: readonly Outcome[], devices: number): { readonly ok: boolean; readonly back: number } => {
  const sum = (of: (found: Outcome) => number): number => runs.reduce((total, found) => total + of(found), 0);
  const back = sum(({ resurrected }) => resurrected) / Math.max(1, sum(({ deletes }) => deletes));
  return { ok: runs.every((found) => isKept(found, devices)) && back <= MOST_BACK, back };
};
