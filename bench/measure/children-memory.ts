import { processTree, residentMebibytes } from './memory';

const LOOK_MS = 50;

/** The largest sum of what this process's children, and theirs, hold in memory, in MiB. */
export function watchChildrenMemory(): { readonly stop: () => number } {
  let peak = 0;
  const timer = setInterval(() => {
    const held = processTree(process.pid).slice(1).reduce((sum, pid) => sum + residentMebibytes(pid), 0);
    peak = Math.max(peak, held);
  }, LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}
