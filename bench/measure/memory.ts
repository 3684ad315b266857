import { readdirSync, readFileSync } from 'node:fs';

const childrenOf = (pid: number): readonly number[] => {
  const children: number[] = [];
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const line = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
    if (line !== '') children.push(...line.split(' ').map(Number));
  }
  return children;
};

/** A process and all it started. */
export const processTree = (pid: number): readonly number[] => {
  try {
    return [pid, ...childrenOf(pid).flatMap(processTree)];
  } catch {
    // Ended while we looked.
    return [];
  }
};

const kibibytes = (path: string, field: string): number => {
  try {
    const line = readFileSync(path, 'utf8').split('\n').find((text) => text.startsWith(`${field}:`));
    return line === undefined ? 0 : Number(/\d+/.exec(line)?.[0] ?? 0);
  } catch {
    return 0;
  }
};

/** Proportional set size of a process and all it started, in MiB: shared pages counted once. */
export const treeMebibytes = (pid: number): number =>
  processTree(pid).reduce((sum, each) => sum + kibibytes(`/proc/${each}/smaps_rollup`, 'Pss'), 0) / 1024;

/** Resident memory of one process, in MiB. */
export const residentMebibytes = (pid: number): number => kibibytes(`/proc/${pid}/status`, 'VmRSS') / 1024;
