/**
 * Runs inside the main process: keeps the longest time between two turns of its event loop. Time in which the thread
 * could run and the system gave the processor to others does not count, where the system tells it (Linux).
 */
export const watchTurns = (): void => {
  const { readFileSync } = process.mainModule?.require('node:fs') as typeof import('node:fs');
  const stepMs = 2;
  const waitedMs = (): number => {
    try {
      return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
    } catch {
      return 0;
    }
  };
  const kept = Object.assign(globalThis, { longestTurnMs: 0 });
  let last = { at: performance.now(), waited: waitedMs() };
  setInterval(() => {
    const now = { at: performance.now(), waited: waitedMs() };
    kept.longestTurnMs = Math.max(kept.longestTurnMs, now.at - last.at - stepMs - (now.waited - last.waited));
    last = now;
  }, stepMs);
};

/** Runs there, too: the longest time since `watchTurns` or the last call of this, in milliseconds. */
export const longestTurn = (): number => {
  const kept = globalThis as unknown as { longestTurnMs: number };
  const longest = kept.longestTurnMs;
  kept.longestTurnMs = 0;
  return longest;
};
