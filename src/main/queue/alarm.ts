import type { Timers } from './queue-deps';

/** One timer for many things that become due. */
export interface Alarm {
  /** Makes sure that `ring` runs at `at` or soon after. */
  by(at: number): void;
  stop(): void;
}

/** `ring` returns the next time something becomes due, or null. */
export function createAlarm(timers: Timers, ring: () => number | null): Alarm {
  let planned: number | null = null;
  let cancel: (() => void) | null = null;
  const by = (at: number): void => {
    if (planned !== null && planned <= at) return;
    cancel?.();
    planned = at;
    cancel = timers.after(Math.max(0, at - timers.now()), () => {
      planned = null;
      cancel = null;
      const next = ring();
      if (next !== null) by(next);
    });
  };
  return {
    by,
    stop() {
      cancel?.();
      planned = null;
      cancel = null;
    },
  };
}
