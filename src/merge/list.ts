import { align } from './align';
import { canonicalText } from './canonical';
import { Draft, listDraft, type Merged } from './draft';
import { asInsertions, groupsOf } from './groups';
import { canonicalList, newNumbering, type Numbering } from './intern';
import { same, type JsonArray, type JsonValue } from './json';
import { planOf, type Planned } from './moves';
import { arrangeSet, memberOf, type Id } from './order';
import type { Walk } from './walk';

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
    const lists = { base, mine, theirs };
    const parts: (JsonArray | Draft)[] = [];
    const links = new Map<number, string[]>();
    let done = 0;
    for (const planned of planOf(groupsOf(...asInsertions(a, b, lists)), lists, numbering, this.#log ? inOrder : null)) {
      parts.push(base.slice(done, planned.group.lo), ...this.#group(planned, links));
      done = planned.group.hi;
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
    return listDraft([this.#walk.clashOfItems(range, sides, { known: (items) => canonicalList(numbering, items) })]);
  }

  /** `links` has, by their number, the changes that stand or fall together. */
  #group({ group: { lo, hi, tied }, parts, linked }: Planned, links: Map<number, string[]>): (JsonArray | Draft)[] {
    let link = links.get(linked);
    if (linked !== -1 && !link) links.set(linked, (link = []));
    return parts.map((part) => {
      if (part.by === 'nobody') return this.#walk.clashOfItems([lo, hi], part.sides, { both: !tied });
      const { by, base, items } = part;
      return this.#walk.track ? this.#walk.changedItems(by, [lo, hi], { base, mine: items, theirs: items }, link) : items;
    });
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
