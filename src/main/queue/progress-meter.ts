/** Bytes over time, smoothed so that the figure does not flicker. */
export interface ProgressMeter {
  /** `total` bytes have gone so far. A lower total than before starts over. */
  report(total: number): void;
  readonly total: number;
  /** Bytes per second, or null until there is something to go by. */
  speed(): number | null;
}

const WINDOW_MS = 3000;
const LEAST_MS = 250;

/** Speed over the last three seconds: the oldest sample inside the window against now, so that a stall shows as falling speed. */
export function createProgressMeter(now: () => number): ProgressMeter {
  let samples: { at: number; total: number }[] = [];
  let total = 0;
  const trim = (at: number): void => {
    while (samples.length > 2 && (samples[1]?.at ?? at) <= at - WINDOW_MS) samples.shift();
  };
  return {
    get total() {
      return total;
    },
    report(value) {
      const at = now();
      if (value < total) samples = [];
      total = value;
      const last = samples.at(-1);
      // One sample per tenth of a second is enough, however small the steps of the socket are.
      if (samples.length > 1 && last !== undefined && at - last.at < 100) last.total = value;
      else samples.push({ at, total: value });
      trim(at);
    },
    speed() {
      const at = now();
      trim(at);
      const first = samples[0];
      if (first === undefined || at - first.at < LEAST_MS) return null;
      return ((total - first.total) * 1000) / (at - first.at);
    },
  };
}
