import type { Hunk } from './align';
import { ExactNumber } from './exact-number';
import { partsOf, sidesOf, type Arrivals, type Both, type Group, type ListSides, type Part } from './groups';
import { numberOf, numbersOf, type Numbering } from './intern';
import { same, type JsonArray, type JsonValue } from './json';

type Mover = 'mine' | 'theirs';

/** An item that one side took from one place and put into another. */
type Move = { readonly by: Mover; /** Where it stood in the base. */ readonly from: number; /** Where it stands on that side. */ readonly to: number };

/** A group with what it comes to. */
export type Planned = {
  readonly group: Group;
  readonly parts: readonly Part[];
  /** Groups of one number stand or fall together: items left one of them for another. */
  readonly linked: number;
};

/** From one group to another: to be one decision. */
type Tie = readonly [from: number, to: number];

/** So many rounds find what belongs together; a list that needs more is one decision from its first change to its last. */
const MOST_ROUNDS = 20;

const join = (groups: readonly Group[], ties: readonly Tie[]): Group[] => {
  const reach = new Int32Array(groups.length).fill(-1);
  for (const [from, to] of ties) reach[Math.min(from, to)] = Math.max(from, to, reach[Math.min(from, to)] as number);
  const result: Group[] = [];
  for (let i = 0; i < groups.length; i++) {
    const members = [groups[i] as Group];
    let to = reach[i] as number;
    if (to === -1) {
      result.push(...members);
      continue;
    }
    for (; i < to; to = Math.max(to, reach[i] as number)) members.push(groups[++i] as Group);
    const hi = members.reduce((most, group) => Math.max(most, group.hi), 0);
    result.push({ lo: (members[0] as Group).lo, hi, mine: members.flatMap(({ mine }) => mine), theirs: members.flatMap(({ theirs }) => theirs), tied: true });
  }
  return result;
};

/** Whether one side alone put other items where the base has these. */
const isInPlace = ({ mine, theirs }: Group): boolean => (mine.length === 0 || theirs.length === 0) && [...mine, ...theirs].every(({ lo, hi, from, to }) => hi - lo === to - from);

/** Numbers, true, false and null say how much or whether, at their place: one of them that is replaced there is no thing that could be lost. */
const isPlain = (value: JsonValue): boolean => value === null || typeof value === 'number' || typeof value === 'boolean' || value instanceof ExactNumber;

/** How often one item stands in a group: in its sides, and at least in what it comes to (`lowest`: also where the base is chosen) and at most (`high`). */
type Tally = { low: number; lowest: number; high: number; base: number; mine: number; theirs: number };

/** Finds, among the groups of one list, those that cannot be decided apart. */
class Plan {
  readonly #moves: readonly Move[];
  readonly #gone: { readonly [S in Mover]: Uint8Array };
  /** The group of each place of the base and the sides that a hunk covers. */
  readonly #at: { readonly [S in 'base' | Mover]: Int32Array };
  readonly #sides = new Map<Group, ListSides>();
  readonly #tallies = new Map<Group, ReadonlyMap<number, Tally>>();

  constructor(
    groups: readonly Group[],
    private readonly lists: ListSides,
    private readonly numbering: Numbering,
    private readonly both: Both,
  ) {
    const places = (side: 'base' | Mover): Int32Array => new Int32Array(lists[side].length).fill(-1);
    this.#at = { base: places('base'), mine: places('mine'), theirs: places('theirs') };
    this.#gone = { mine: this.#goneFrom(groups, 'mine'), theirs: this.#goneFrom(groups, 'theirs') };
    this.#moves = [...this.#movesOf(groups, 'mine'), ...this.#movesOf(groups, 'theirs')];
  }

  of(found: readonly Group[]): Planned[] {
    let groups = found;
    for (let round = 0; ; round++) {
      this.#locate(groups);
      const [parts, ties, links] = this.#look(groups);
      ties.push(...this.#losses(groups, parts), ...this.#doubles(groups, parts));
      if (ties.length === 0) return groups.map((group, i) => ({ group, parts: parts[i] as Part[], linked: links.of(i) }));
      groups = join(groups, round < MOST_ROUNDS ? ties : [[0, groups.length - 1]]);
    }
  }

  #goneFrom(groups: readonly Group[], by: Mover): Uint8Array {
    const gone = new Uint8Array(this.lists.base.length);
    for (const group of groups) for (const { lo, hi } of group[by]) gone.fill(1, lo, hi);
    return gone;
  }

  #movesOf(groups: readonly Group[], by: Mover): Move[] {
    const { base } = this.lists;
    const other = this.#gone[by === 'mine' ? 'theirs' : 'mine'];
    const left = new Map<number, number[]>();
    const hunks = groups.flatMap((group) => group[by]);
    // What the other side still has in its place counts as moved before what it has given up: that is taken from the end.
    for (const gone of [1, 0]) {
      for (const { lo, hi } of hunks.toReversed()) {
        const numbers = numbersOf(this.numbering, base, lo, hi);
        for (let at = hi - 1; at >= lo; at--) {
          if (other[at] !== gone) continue;
          const number = numbers[at - lo] as number;
          const places = left.get(number);
          if (places) places.push(at);
          else left.set(number, [at]);
        }
      }
    }
    const moves: Move[] = [];
    for (const { from, to } of hunks) {
      numbersOf(this.numbering, this.lists[by], from, to).forEach((number, i) => {
        const at = left.get(number)?.pop();
        if (at !== undefined) moves.push({ by, from: at, to: from + i });
      });
    }
    return moves;
  }

  #locate(groups: readonly Group[]): void {
    groups.forEach((group, i) => {
      for (const by of ['mine', 'theirs'] as const) {
        for (const { lo, hi, from, to } of group[by]) {
          this.#at.base.fill(i, lo, hi);
          this.#at[by].fill(i, from, to);
        }
      }
    });
  }

  #sidesOf(group: Group): ListSides {
    let sides = this.#sides.get(group);
    if (!sides) this.#sides.set(group, (sides = sidesOf(group, this.lists)));
    return sides;
  }

  /** What each group comes to; which of them a move ties, and which it links. */
  #look(groups: readonly Group[]): [parts: Part[][], ties: Tie[], links: Links] {
    const ties: Tie[] = [];
    const links = new Links(groups.length);
    const arrived = new Map<number, Move[]>();
    const parts = groups.map((group) => partsOf(group, this.#sidesOf(group), null, this.both));
    const open = (i: number): boolean => (parts[i] as Part[]).some(({ by }) => by === 'nobody');
    for (const move of this.#moves) {
      const [from, to] = [this.#at.base[move.from] as number, this.#at[move.by][move.to] as number];
      if (from === to) continue;
      const target = groups[to] as Group;
      const shared = target.mine.length > 0 && target.theirs.length > 0;
      if (this.#gone[move.by === 'mine' ? 'theirs' : 'mine'][move.from] === 1) {
        if (shared && this.#isAlike(target, move)) links.join(from, to);
        else ties.push([from, to]);
      } else if (open(from) || (open(to) && (target.tied || target.lo < target.hi))) ties.push([from, to]);
      else {
        links.join(from, to);
        if (shared && this.both === null && target.lo === target.hi) arrived.set(to, [...(arrived.get(to) ?? []), move]);
      }
    }
    for (const [i, moves] of arrived) {
      const group = groups[i] as Group;
      const arrivals = this.#arrivals(group, moves);
      if (same(this.#sidesOf(group).mine, this.#sidesOf(group).theirs)) continue;
      if (arrivals) parts[i] = partsOf(group, this.#sidesOf(group), arrivals, null);
      else ties.push(...moves.map(({ from }): Tie => [this.#at.base[from] as number, i]));
    }
    return [parts, ties, links];
  }

  /** Whether both sides put the moved item where it is. */
  #isAlike(group: Group, { by, to }: Move): boolean {
    const { mine, theirs } = this.#sidesOf(group);
    if (group.tied || group.lo < group.hi) return same(mine, theirs);
    const i = to - (group[by][0]?.from ?? 0);
    const [own, other] = by === 'mine' ? [mine, theirs] : [theirs, mine];
    const alike = (a: JsonArray, b: JsonArray): boolean => a.length <= b.length && same(a, b.slice(0, a.length));
    return alike(own.slice(0, i + 1), other) || alike(own.slice(i).reverse(), [...other].reverse());
  }

  /** Where in an insertion the moved items stand, or null where they are no head and no tail of it. */
  #arrivals(group: Group, moves: readonly Move[]): Arrivals | null {
    const [{ by: side }] = moves as [Move];
    if (moves.some(({ by }) => by !== side)) return null;
    const [{ from, to }] = group[side] as readonly Hunk[] as readonly [Hunk];
    const places = new Set(moves.map((move) => move.to - from));
    let head = 0;
    while (places.has(head)) head += 1;
    let tail = 0;
    while (tail < to - from - head && places.has(to - from - 1 - tail)) tail += 1;
    return head + tail === places.size ? { side, head, tail } : null;
  }

  /** Ties between groups that, decided one by one, could leave fewer of an item than both sides have. */
  #losses(groups: readonly Group[], parts: readonly Part[][]): Tie[] {
    const sums = new Map<number, { low: number; lowest: number; base: number; mine: number; theirs: number; from: number; to: number }>();
    groups.forEach((group, i) => {
      for (const [number, { low, lowest, base, mine, theirs }] of this.#tallyOf(group, parts[i] as Part[])) {
        const sum = sums.get(number) ?? { low: 0, lowest: 0, base: 0, mine: 0, theirs: 0, from: -1, to: -1 };
        if (sum.from === -1) sums.set(number, sum);
        const lessThanSome = lowest < Math.max(base, mine, theirs);
        if (lessThanSome) [sum.from, sum.to] = [sum.from < 0 ? i : sum.from, i];
        else if (sum.from === -1) sum.from = -2;
        sum.low += low;
        sum.lowest += lowest;
        sum.base += base;
        sum.mine += mine;
        sum.theirs += theirs;
      }
    });
    const ties: Tie[] = [];
    for (const { low, lowest, base, mine, theirs, from, to } of sums.values()) {
      if (low < Math.min(mine, theirs) || lowest < Math.min(base, mine, theirs)) ties.push([from, to]);
    }
    return ties;
  }

  /** Ties between groups that touch and, decided one by one, could leave more of an item than either side has: both put it there. */
  #doubles(groups: readonly Group[], parts: readonly Part[][]): Tie[] {
    const ties: Tie[] = [];
    for (let first = 0, next = 1; first < groups.length; first = next, next += 1) {
      while (next < groups.length && (groups[next - 1] as Group).hi === (groups[next] as Group).lo) next += 1;
      if (next - first < 2) continue;
      const sums = new Map<number, { high: number; base: number; mine: number; theirs: number; from: number; to: number; inPlace: boolean }>();
      for (let i = first; i < next; i++) {
        const inPlace = isInPlace(groups[i] as Group);
        for (const [number, { high, base, mine, theirs }] of this.#tallyOf(groups[i] as Group, parts[i] as Part[])) {
          const sum = sums.get(number) ?? { high: 0, base: 0, mine: 0, theirs: 0, from: i, to: i, inPlace: true };
          if (high > 0) sum.to = i;
          if (sum.high === 0) sum.from = i;
          if (high > 0) sum.inPlace &&= inPlace;
          sums.set(number, { ...sum, high: sum.high + high, base: sum.base + base, mine: sum.mine + mine, theirs: sum.theirs + theirs });
        }
      }
      for (const { high, base, mine, theirs, from, to, inPlace } of sums.values()) if (!inPlace && high > Math.max(base, mine, theirs)) ties.push([from, to]);
    }
    return ties;
  }

  #tallyOf(group: Group, parts: readonly Part[]): ReadonlyMap<number, Tally> {
    const known = this.#tallies.get(group);
    if (known) return known;
    const tally = new Map<number, Tally>();
    const of = (number: number): Tally => {
      let found = tally.get(number);
      if (!found) tally.set(number, (found = { low: 0, lowest: 0, high: 0, base: 0, mine: 0, theirs: 0 }));
      return found;
    };
    const inPlace = isInPlace(group);
    const counts = (items: JsonArray): Map<number, number> => {
      const result = new Map<number, number>();
      for (const item of items) {
        if (inPlace && isPlain(item)) continue;
        const number = numberOf(this.numbering, item);
        result.set(number, (result.get(number) ?? 0) + 1);
      }
      return result;
    };
    const { base, mine, theirs } = this.#sidesOf(group);
    for (const [number, n] of counts(base)) of(number).base = n;
    for (const [number, n] of counts(mine)) of(number).mine = n;
    for (const [number, n] of counts(theirs)) of(number).theirs = n;
    for (const part of parts) {
      if (part.by === 'nobody') {
        const [ofBase, ofMine, ofTheirs] = [counts(part.sides.base), counts(part.sides.mine), counts(part.sides.theirs)];
        for (const number of new Set([...ofBase.keys(), ...ofMine.keys(), ...ofTheirs.keys()])) of(number).high += Math.max(ofBase.get(number) ?? 0, ofMine.get(number) ?? 0, ofTheirs.get(number) ?? 0);
        for (const [number, n] of ofMine) {
          const low = Math.min(n, ofTheirs.get(number) ?? 0);
          of(number).low += low;
          of(number).lowest += Math.min(low, ofBase.get(number) ?? 0);
        }
      } else {
        for (const [number, n] of counts(part.items)) {
          of(number).low += n;
          of(number).lowest += n;
          of(number).high += n;
        }
      }
    }
    this.#tallies.set(group, tally);
    return tally;
  }
}

/** Which groups stand or fall together. */
class Links {
  readonly #to: Int32Array;
  readonly #used = new Set<number>();

  constructor(size: number) {
    this.#to = Int32Array.from({ length: size }, (_, i) => i);
  }

  join(a: number, b: number): void {
    this.#used.add(a).add(b);
    this.#to[this.#root(a)] = this.#root(b);
  }

  /** The name of the groups that this one belongs to; -1 when it stands alone. */
  of(i: number): number {
    return this.#used.has(i) ? this.#root(i) : -1;
  }

  #root(i: number): number {
    let root = i;
    while (this.#to[root] !== root) root = this.#to[root] as number;
    this.#to[i] = root;
    return root;
  }
}

/**
 * The groups of a list with what each comes to. Those that only together keep what both sides still have, and those that
 * one item left or entered on both sides in different ways, are one group: a person decides for all of it.
 */
export const planOf = (groups: readonly Group[], lists: ListSides, numbering: Numbering, both: Both): Planned[] => new Plan(groups, lists, numbering, both).of(groups);
