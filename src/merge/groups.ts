import type { Hunk } from './align';
import type { Side } from './conflict';
import { same, type JsonArray } from './json';

export type ListSides = { readonly [S in Side]: JsonArray };

/** Hunks of both sides that belong to one decision, and the range of the base they cover. */
export type Group = {
  readonly lo: number;
  readonly hi: number;
  readonly mine: readonly Hunk[];
  readonly theirs: readonly Hunk[];
  /** Its hunks do not all overlap: it is one decision, because apart an item would be lost or stand twice. */
  readonly tied: boolean;
};

const sooner = (a: Hunk, b: Hunk): boolean => a.lo < b.lo || (a.lo === b.lo && a.hi <= b.hi);

/** Ranges that only touch do not overlap; two insertions at one gap do. */
const overlaps = (group: Group, next: Hunk): boolean => next.lo < group.hi || (next.lo === next.hi && group.lo === group.hi && next.lo === group.lo);

/** All hunks, those that overlap in one group, in the order of the base; an insertion goes before what replaces its gap's right. */
export const groupsOf = (mine: readonly Hunk[], theirs: readonly Hunk[]): Group[] => {
  const result: { lo: number; hi: number; mine: Hunk[]; theirs: Hunk[]; tied: boolean }[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [m, t] = [mine[i], theirs[j]];
    if (!m && !t) return result;
    const takeMine = m !== undefined && (t === undefined || sooner(m, t));
    const next = (takeMine ? m : t) as Hunk;
    let group = result.at(-1);
    if (!group || !overlaps(group, next)) result.push((group = { lo: next.lo, hi: next.hi, mine: [], theirs: [], tied: false }));
    group.hi = Math.max(group.hi, next.hi);
    if (takeMine) group.mine.push(next);
    else group.theirs.push(next);
    if (takeMine) i += 1;
    else j += 1;
  }
};

/** How many items at one edge of what replaces a range the other side put just beside that edge: at the head or the tail of what it put there. */
const alikeAt = (replacement: JsonArray, inserted: JsonArray, edge: 'head' | 'tail'): number => {
  for (let count = Math.min(replacement.length, inserted.length); count > 0; count -= 1) {
    const items = edge === 'head' ? replacement.slice(0, count) : replacement.slice(-count);
    if (same(items, inserted.slice(0, count)) || same(items, inserted.slice(-count))) return count;
  }
  return 0;
};

/** One side's hunks with what it put at an edge of a range that it replaced, and the other side just beside it, as an insertion of its own. */
const apart = (hunks: readonly Hunk[], side: JsonArray, others: readonly Hunk[], other: JsonArray): readonly Hunk[] => {
  const insertedAt = new Map(others.flatMap(({ lo, hi, from, to }) => (lo === hi ? [[lo, other.slice(from, to)] as const] : [])));
  if (insertedAt.size === 0) return hunks;
  return hunks.flatMap((hunk) => {
    const { lo, hi, from, to } = hunk;
    if (lo === hi || from === to) return [hunk];
    const head = from + alikeAt(side.slice(from, to), insertedAt.get(lo) ?? [], 'head');
    const tail = to - alikeAt(side.slice(head, to), insertedAt.get(hi) ?? [], 'tail');
    const parts = [{ lo, hi: lo, from, to: head }, { lo, hi, from: head, to: tail }, { lo: hi, hi, from: tail, to }];
    return parts.filter((part) => part.lo < part.hi || part.from < part.to);
  });
};

/**
 * The hunks of both sides, where what both put at one place is an insertion of both: a side that also replaced what stands
 * next to it would have it twice.
 */
export const asInsertions = (mine: readonly Hunk[], theirs: readonly Hunk[], lists: ListSides): readonly [mine: readonly Hunk[], theirs: readonly Hunk[]] => [apart(mine, lists.mine, theirs, lists.theirs), apart(theirs, lists.theirs, mine, lists.mine)];

/** What one side has where the base has the group's range. */
const itemsIn = (side: JsonArray, base: JsonArray, group: Group, hunks: readonly Hunk[]): JsonArray => {
  const [first, last] = [hunks[0], hunks.at(-1)];
  return first && last ? side.slice(first.from - (first.lo - group.lo), last.to + (group.hi - last.hi)) : base.slice(group.lo, group.hi);
};

export const sidesOf = (group: Group, { base, mine, theirs }: ListSides): ListSides => ({
  base: base.slice(group.lo, group.hi),
  mine: itemsIn(mine, base, group, group.mine),
  theirs: itemsIn(theirs, base, group, group.theirs),
});

const deletesOnly = (hunks: readonly Hunk[]): boolean => hunks.every((hunk) => hunk.from === hunk.to);

/** The base's items that neither side deleted. */
const without = (base: JsonArray, { lo, mine, theirs }: Group): JsonArray =>
  base.filter((_, i) => ![...mine, ...theirs].some((hunk) => hunk.lo <= lo + i && lo + i < hunk.hi));

/** What a stretch of a group comes to: items that need no person, or three sides to decide between. */
export type Part =
  | { readonly by: 'mine' | 'theirs' | 'both'; readonly base: JsonArray; readonly items: JsonArray }
  | { readonly by: 'nobody'; readonly sides: ListSides };

/** Puts two insertions at one gap after each other; null where a person decides between them. */
export type Both = ((a: JsonArray, b: JsonArray) => JsonArray) | null;

/** How many items at the head and the tail of an insertion were only moved there, by the side that inserted them. */
export type Arrivals = { readonly side: 'mine' | 'theirs'; readonly head: number; readonly tail: number };

const settled = (by: 'mine' | 'theirs' | 'both', items: JsonArray): Part[] => (items.length === 0 ? [] : [{ by, base: [], items }]);

/** Two insertions at one gap: what they begin and end with alike stands once, around the rest. */
const insertions = (sides: ListSides, both: Both): Part[] => {
  const { base, mine, theirs } = sides;
  const most = Math.min(mine.length, theirs.length);
  let start = 0;
  while (start < most && same(mine[start], theirs[start])) start += 1;
  let end = 0;
  while (end < most - start && same(mine.at(-1 - end), theirs.at(-1 - end))) end += 1;
  const rest = { base, mine: mine.slice(start, mine.length - end), theirs: theirs.slice(start, theirs.length - end) };
  const open = rest.mine.length > 0 && rest.theirs.length > 0;
  const middle: Part[] = open && both === null ? [{ by: 'nobody', sides: rest }] : settled('both', open && both ? both(rest.mine, rest.theirs) : [...rest.mine, ...rest.theirs]);
  return [...settled('both', mine.slice(0, start)), ...middle, ...settled('both', mine.slice(mine.length - end))];
};

/** What a group comes to. */
export const partsOf = (group: Group, sides: ListSides, arrivals: Arrivals | null, both: Both): Part[] => {
  const { base, mine, theirs } = sides;
  if (group.theirs.length === 0) return [{ by: 'mine', base, items: mine }];
  if (group.mine.length === 0) return [{ by: 'theirs', base, items: theirs }];
  if (same(mine, theirs)) return [{ by: 'both', base, items: mine }];
  if (group.tied) return [{ by: 'nobody', sides }];
  if (deletesOnly(group.mine) && deletesOnly(group.theirs)) return [{ by: 'both', base, items: without(base, group) }];
  if (group.lo < group.hi) return [{ by: 'nobody', sides }];
  if (arrivals === null) return insertions(sides, both);
  const { side, head, tail } = arrivals;
  const own = sides[side];
  const rest = { ...sides, [side]: own.slice(head, own.length - tail) };
  return [...settled(side, own.slice(0, head)), ...insertions(rest, both), ...settled(side, own.slice(own.length - tail))];
};
