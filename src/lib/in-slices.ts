import { setImmediate as turn } from 'node:timers/promises';

/** So many database rows are written, or jobs changed, in a few milliseconds. */
const SLICE = 100;

/**
 * Runs `work` on the items, a hundred at a time, and lets everything else have its turn in between. The first slice
 * runs at once; few items are done when this returns. Rejects with what `work` throws; the slices after it are left out.
 */
export async function inSlices<T>(items: readonly T[], work: (slice: readonly T[]) => void): Promise<void> {
  for (let at = 0; at < items.length; at += SLICE) {
    if (at > 0) await turn();
    work(items.slice(at, at + SLICE));
  }
}
