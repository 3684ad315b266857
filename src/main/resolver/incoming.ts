import type { NamedPlaces, ResolverView } from '../../shared/model/resolver';
import type { SyncPath } from '../../shared/model/sync';
import type { Renewal } from './messages';

/** What came from elsewhere since the person last said that they saw it. */
export type Incoming = Renewal & { readonly device: string | null };

/** So many places are told by name. */
const MOST_NAMED = 6;

const nameOf = (path: SyncPath): string => JSON.stringify(path);
const together = (some: readonly SyncPath[], more: readonly SyncPath[]): SyncPath[] => [...new Map([...some, ...more].map((path) => [nameOf(path), path])).values()];
const without = (paths: readonly SyncPath[], others: readonly SyncPath[]): SyncPath[] => ((gone) => paths.filter((path) => !gone.has(nameOf(path))))(new Set(others.map(nameOf)));

/** One more change, on top of those that were not seen yet. */
export const alsoCame = (before: Incoming | null, now: Renewal): Incoming => ({
  device: null,
  kept: now.kept,
  again: together(without(before?.again ?? [], [...now.closed, ...now.kept]), now.again),
  closed: together(without(before?.closed ?? [], now.added), now.closed),
  added: together(without(before?.added ?? [], now.closed), now.added),
  left: [...(before?.left ?? []), ...now.left],
});

const named = (paths: readonly SyncPath[]): NamedPlaces => ({ count: paths.length, paths: paths.slice(0, MOST_NAMED) });

export const saidIncoming = ({ device, kept, again, closed, added, left }: Incoming): NonNullable<ResolverView['incoming']> => ({ device, kept: named(kept), again: named(again), closed: named(closed), added: named(added), left: [...left] });
