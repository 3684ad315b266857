/** Work on one picture may take as much in its process; more would slow the whole computer, and a bomb takes all there is. */
export const MOST_MEMORY = 3 * 1024 ** 3;
/** The time from one look to the next. */
export const LOOK_MS = 150;

/** Calls `over` once when the process holds more memory than it may, as long as it keeps looking. Returns the end of looking. */
export function watchMemory(over: () => void, most = MOST_MEMORY, held: () => number = () => process.memoryUsage.rss()): () => void {
  const timer = setInterval(() => {
    if (held() <= most) return;
    clearInterval(timer);
    over();
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
