import { inSlices } from '../../lib/in-slices';

/** Puts items that share a key into one list each, in order, and lets everything else have its turn in between. */
export async function byKey<T>(items: readonly T[], keyOf: (item: T) => string): Promise<ReadonlyMap<string, readonly T[]>> {
  const lists = new Map<string, T[]>();
  await inSlices(items, (slice) => {
    for (const item of slice) {
      const key = keyOf(item);
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [item]);
      else list.push(item);
    }
  });
  return lists;
}
