import type { Change } from './conflict';
import type { Maybe } from './json';
import { merge } from './merge';
import type { Policy } from './policy';

export type ChangeCounts = { readonly added: number; readonly removed: number; readonly edited: number };

const NO_CONFLICTS = (): string => '';

/**
 * What changed between two states of a document, found by the walk that merges: same identities, same alignment, so a
 * view never disagrees with a merge. Paths of lists count the items of `before`.
 */
export const diff = (before: Maybe, after: Maybe, policy: Policy = {}): readonly Change[] => merge(before, after, before, { policy, digest: NO_CONFLICTS, changes: true }).changes;

const itemsIn = (value: Maybe): number => (Array.isArray(value) ? value.length : 0);

/** The changes in figures: `+3 ~5 −1`. Items of lists count one by one, a new order as one edit. */
export const countChanges = (changes: readonly Change[]): ChangeCounts => {
  const counts = { added: 0, removed: 0, edited: 0 };
  for (const { kind, before, after } of changes) {
    if (kind === 'added' || kind === 'removed' || kind === 'edited') counts[kind] += 1;
    else if (kind === 'order') counts.edited += 1;
    else {
      const [from, to] = [itemsIn(before), itemsIn(after)];
      counts.edited += Math.min(from, to);
      counts.added += Math.max(0, to - from);
      counts.removed += Math.max(0, from - to);
    }
  }
  return counts;
};
