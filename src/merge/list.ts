import { align, type Hunk } from './align';
import { canonicalText } from './canonical';
import type { Side } from './conflict';
import { Draft, listDraft, type Merged } from './draft';
import { canonicalList, newNumbering, type Numbering } from './intern';
import { same, type JsonArray, type JsonValue } from './json';
import { arrangeSet, memberOf, type Id } from './order';
import type { Walk } from './walk';

/** Hunks of both sides whose ranges of the base overlap, and the range they cover. */
type Group = { readonly lo: number; hi: number; readonly mine: Hunk[]; readonly theirs: Hunk[] };

const sooner = (a: Hunk, b: Hunk): boolean => a.lo < b.lo || (a.lo === b.lo && a.hi <= b.hi);

/** Ranges that only touch do not overlap; two insertions at one gap do. */
const overlaps = (group: Group, next: Hunk): boolean => next.lo < group.hi || (next.lo === next.hi && group.lo === group.hi && next.lo === group.lo);

/** All hunks, those that overlap in one group, in the order of the base; an insertion goes before what replaces its gap's right. */
const groups = (mine: readonly Hunk[], theirs: readonly Hunk[]): Group[] => {
  const result: Group[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [m, t] = [mine[i], theirs[j]];
    if (!m && !t) return result;
    const takeMine = m !== undefined && (t === undefined || sooner(m, t));
    const next = (takeMine ? m : t) as Hunk;
    let group = result.at(-1);
    if (!group || !overlaps(group, next)) result.push((group = { lo: next.lo, hi: next.hi, mine: [], theirs: [] }));
    group.hi = Math.max(group.hi, next.hi);
    if (takeMine) group.mine.push(next);
    else group.theirs.push(next);
    if (takeMine) i += 1;
    else j += 1;
  }
};

/** What one side has where the base has the group's range. */
const itemsIn = (side: JsonArray, base: JsonArray, group: Group, hunks: readonly Hunk[]): JsonArray => {
  const [first, last] = [hunks[0], hunks.at(-1)];
  return first && last ? side.slice(first.from - (first.lo - group.lo), last.to + (group.hi - last.hi)) : base.slice(group.lo, group.hi);
};

const deletesOnly = (hunks: readonly Hunk[]): boolean => hunks.every((hunk) => hunk.from === hunk.to);

const without = (base: JsonArray, { lo, hi, mine, theirs }: Group): JsonArray =>
  base.slice(lo, hi).filter((_, i) => ![...mine, ...theirs].some((hunk) => hunk.lo <= lo + i && lo + i < hunk.hi));

type ListSides = { readonly [S in Side]: JsonArray };

/** Merges lists by their items' content: what one side alone changed is taken, where both changed one range a person decides. */
export class ListMerge {
  readonly #walk: Walk;
  /** A log keeps what both added at one gap. */
  readonly #log: boolean;

  constructor(walk: Walk, log: boolean) {
    this.#walk = walk;
    this.#log = log;
  }

  merge(base: JsonArray, mine: JsonArray, theirs: JsonArray): Merged {
    const numbering = newNumbering();
    const a = align(base, mine, numbering);
    const b = a && align(base, theirs, numbering);
    if (a === null || b === null) return this.#whole(base, mine, theirs, numbering);
    const parts: (JsonArray | Draft)[] = [];
    let done = 0;
    for (const group of groups(a, b)) {
      parts.push(base.slice(done, group.lo), ...this.#group(group, base, mine, theirs));
      done = group.hi;
    }
    parts.push(base.slice(done));
    return parts.some((part) => part instanceof Draft) ? listDraft(parts) : (parts as JsonArray[]).flat();
  }

  /** One decision for all items, where aligning them would be a guess. */
  #whole(base: JsonArray, mine: JsonArray, theirs: JsonArray, numbering: Numbering): Merged {
    this.#walk.note('not-aligned');
    const range = [0, base.length] as const;
    const sides = { base, mine, theirs };
    if (same(mine, theirs)) return listDraft([this.#walk.changedItems('both', range, sides)]);
    if (same(base, mine)) return listDraft([this.#walk.changedItems('theirs', range, sides)]);
    if (same(base, theirs)) return listDraft([this.#walk.changedItems('mine', range, sides)]);
    return listDraft([this.#walk.clashOfItems(range, sides, (items) => canonicalList(numbering, items))]);
  }

  #group(group: Group, base: JsonArray, mine: JsonArray, theirs: JsonArray): (JsonArray | Draft)[] {
    const sides = {
      base: base.slice(group.lo, group.hi),
      mine: itemsIn(mine, base, group, group.mine),
      theirs: itemsIn(theirs, base, group, group.theirs),
    };
    if (group.theirs.length === 0) return [this.#settled('mine', group, sides, sides.mine)];
    if (group.mine.length === 0) return [this.#settled('theirs', group, sides, sides.theirs)];
    if (same(sides.mine, sides.theirs)) return [this.#settled('both', group, sides, sides.mine)];
    if (deletesOnly(group.mine) && deletesOnly(group.theirs)) return [this.#settled('both', group, sides, without(base, group))];
    return group.lo === group.hi ? this.#insertions(group, sides) : [this.#walk.clashOfItems([group.lo, group.hi], sides)];
  }

  #settled(by: 'mine' | 'theirs' | 'both', { lo, hi }: Group, sides: ListSides, items: JsonArray): JsonArray | Draft {
    return this.#walk.track ? this.#walk.changedItems(by, [lo, hi], { base: sides.base, mine: items, theirs: items }) : items;
  }

  /** Two insertions at one gap: what they begin and end with alike stands once, around the rest. */
  #insertions(group: Group, { base, mine, theirs }: ListSides): (JsonArray | Draft)[] {
    const most = Math.min(mine.length, theirs.length);
    let start = 0;
    while (start < most && same(mine[start], theirs[start])) start += 1;
    let end = 0;
    while (end < most - start && same(mine.at(-1 - end), theirs.at(-1 - end))) end += 1;
    const rest = { base, mine: mine.slice(start, mine.length - end), theirs: theirs.slice(start, theirs.length - end) };
    const alike = (items: JsonArray): (JsonArray | Draft)[] => (items.length === 0 ? [] : [this.#settled('both', group, rest, items)]);
    const keepBoth = this.#log || rest.mine.length === 0 || rest.theirs.length === 0;
    const middle = keepBoth ? alike(inOrder(rest.mine, rest.theirs)) : [this.#walk.clashOfItems([group.lo, group.lo], rest)];
    return [...alike(mine.slice(0, start)), ...middle, ...alike(mine.slice(mine.length - end))];
  }
}

/** Both, in an order that depends on what they hold, never on whose they are. */
const inOrder = (a: JsonArray, b: JsonArray): JsonArray => (canonicalText(a).text <= canonicalText(b).text ? [...a, ...b] : [...b, ...a]);

/** The members of arrays of scalars, or null where an item is none. */
const members = (array: JsonArray): Map<Id, JsonValue> | null => {
  const result = new Map<Id, JsonValue>();
  for (const item of array) {
    const id = memberOf(item);
    if (id === undefined) return null;
    result.set(id, item);
  }
  return result;
};

/** Merges arrays as sets of scalars, which never conflict; null when they are not such sets. */
export const mergeSets = (base: JsonArray, mine: JsonArray, theirs: JsonArray): JsonArray | null => {
  const [b, m, t] = [members(base), members(mine), members(theirs)];
  if (!b || !m || !t) return null;
  const remains = (id: Id): boolean => (m.has(id) && t.has(id)) || ((m.has(id) || t.has(id)) && !b.has(id));
  const remaining = (set: ReadonlyMap<Id, JsonValue>): Id[] => [...set.keys()].filter(remains);
  return arrangeSet(remaining(b), remaining(m), remaining(t)).map((id) => (m.has(id) ? m.get(id) : t.get(id)) as JsonValue);
};
