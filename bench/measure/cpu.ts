import { readFileSync } from 'node:fs';
import { processTree } from './memory';

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

const ticksOf = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    // It ended meanwhile.
    return 0;
  }
};

/** Processor time of a process and all it started, in seconds by process: one that ends takes its own along. */
export const treeCpu = (pid: number): ReadonlyMap<number, number> => new Map(processTree(pid).map((each) => [each, ticksOf(each) / TICKS]));

/** What was used between two looks, by the processes that were there at the second. */
export const cpuBetween = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number =>
  [...after].reduce((sum, [pid, seconds]) => sum + Math.max(0, seconds - (before.get(pid) ?? 0)), 0);
