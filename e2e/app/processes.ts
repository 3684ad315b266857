import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Ended while we looked.
    return '';
  }
};

/** Ids of the processes that a process started, and of those that they started. */
export const descendants = (pid: number): readonly number[] => {
  let threads: readonly string[] = [];
  try {
    threads = readdirSync(`/proc/${String(pid)}/task`);
  } catch {
    return [];
  }
  const children = threads.flatMap((thread) => read(`/proc/${String(pid)}/task/${thread}/children`).trim().split(' ').filter(Boolean).map(Number));
  return children.flatMap((child) => [child, ...descendants(child)]);
};

/** Those of `pids` that live still; a process that has ended and waits for its parent to notice does not. */
export const living = (pids: readonly number[]): readonly number[] =>
  pids.filter((pid) => {
    const state = /^State:\s+(\S)/m.exec(read(`/proc/${String(pid)}/status`))?.[1];
    return state !== undefined && state !== 'Z' && state !== 'X';
  });
