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

/** Processor time that a process and all it started have used so far, in seconds. */
export const treeCpuSeconds = (pid: number): number => processTree(pid).reduce((sum, each) => sum + ticksOf(each), 0) / TICKS;
