import type { Side } from './conflict';
import { Draft, keyedDraft, type Elements, type Merged, type OrderHole, type Sides } from './draft';
import { isObject, own, same, type JsonArray, type JsonValue, type Maybe } from './json';
import { arrange, idOf, place, type Id } from './order';
import type { RuleNode } from './policy';
import type { Walk } from './walk';

/** Merges what stands below one element. */
export type Node = (base: Maybe, mine: Maybe, theirs: Maybe, rules: RuleNode | null) => Merged;

/** An array's identities in order, and where each stands. */
type Index = { readonly ids: readonly Id[]; readonly at: ReadonlyMap<Id, number> };

/** Three arrays whose elements are all named by one field. */
export type Keyed = {
  readonly key: string;
  readonly base: Index;
  readonly mine: Index;
  readonly theirs: Index;
  /** An element's identity as the document spells it. */
  readonly idOf: (element: Maybe) => JsonValue;
  /** The same for an identity, wherever its element stands. */
  readonly spelled: (id: Id) => JsonValue;
};

const identity = (item: Maybe, key: string): Id | undefined => (isObject(item) ? idOf(own(item, key)) : undefined);

const isAlike = (array: JsonArray, key: string, { ids }: Index): boolean => {
  if (ids.length !== array.length) return false;
  for (let i = 0; i < ids.length; i++) if (identity(array[i], key) !== ids[i]) return false;
  return true;
};

/** The identities, or null where one is missing or stands twice. An array with the identities of `like` shares its index. */
const indexOf = (array: JsonArray, key: string, like: Index | null): Index | null => {
  if (like && isAlike(array, key, like)) return like;
  const ids: Id[] = [];
  const at = new Map<Id, number>();
  for (let i = 0; i < array.length; i++) {
    const id = identity(array[i], key);
    if (id === undefined) return null;
    ids.push(id);
    at.set(id, i);
  }
  return at.size === ids.length ? { ids, at } : null;
};

/** The first of these fields that names every element of all three arrays; null when there is none, or no element. */
export const keyedBy = (keys: readonly string[], base: JsonArray, mine: JsonArray, theirs: JsonArray): Keyed | null => {
  if (base.length + mine.length + theirs.length === 0) return null;
  for (const key of keys) {
    const inBase = indexOf(base, key, null);
    const inMine = inBase && indexOf(mine, key, inBase);
    const inTheirs = inMine && indexOf(theirs, key, inBase);
    if (!inBase || !inMine || !inTheirs) continue;
    const idValue = (element: Maybe): JsonValue => (isObject(element) ? (own(element, key) ?? null) : null);
    const spelled = (id: Id): JsonValue => idValue(at(theirs, inTheirs, id) ?? at(mine, inMine, id) ?? at(base, inBase, id));
    return { key, base: inBase, mine: inMine, theirs: inTheirs, idOf: idValue, spelled };
  }
  return null;
};

/** True when one of the arrays alone could be keyed, so that a person may expect it. */
export const looksKeyed = (keys: readonly string[], ...arrays: readonly JsonArray[]): boolean =>
  keys.some((key) => arrays.some((array) => array.length > 0 && array.every((item) => identity(item, key) !== undefined)));

const at = (array: JsonArray, index: Index, id: Id): Maybe => {
  const i = index.at.get(id);
  return i === undefined ? undefined : array[i];
};

/** Merges arrays whose elements have identities: elements by identity, then their order. */
export class KeyedMerge {
  readonly #walk: Walk;
  readonly #node: Node;
  readonly #rules: RuleNode | null;

  constructor(walk: Walk, node: Node, rules: RuleNode | null) {
    this.#walk = walk;
    this.#node = node;
    this.#rules = rules;
  }

  /** `grown` says that the base had this array, so that an element new on both sides was made twice, not copied. */
  merge(keyed: Keyed, base: JsonArray, mine: JsonArray, theirs: JsonArray, grown: boolean): Merged {
    if (keyed.base === keyed.mine && keyed.base === keyed.theirs) return this.#inPlace(keyed, base, mine, theirs);
    const found = this.#walk.found;
    const elements = this.#elements(keyed, base, mine, theirs, grown);
    const order = this.#order(keyed, elements);
    if (this.#walk.found === found && !('orders' in order)) return order.map((id) => elements(id) as JsonValue);
    return keyedDraft(elements, order, keyed.key);
  }

  /** Merges each element; what the base alone has only where undoing its deletion must be possible. */
  #elements(keyed: Keyed, base: JsonArray, mine: JsonArray, theirs: JsonArray, grown: boolean): Elements {
    const merged = ({ ids }: Index, wanted: (id: Id) => boolean): Merged[] =>
      ids.map((id) => {
        if (!wanted(id)) return undefined;
        return this.#element(keyed, { base: at(base, keyed.base, id), mine: at(mine, keyed.mine, id), theirs: at(theirs, keyed.theirs, id) }, grown);
      });
    const inTheirs = merged(keyed.theirs, () => true);
    const inMine = merged(keyed.mine, (id) => !keyed.theirs.at.has(id));
    const inBase = this.#walk.track ? merged(keyed.base, (id) => !keyed.theirs.at.has(id) && !keyed.mine.at.has(id)) : [];
    return (id) => {
      const i = keyed.theirs.at.get(id);
      if (i !== undefined) return inTheirs[i];
      const j = keyed.mine.at.get(id);
      return j !== undefined ? inMine[j] : inBase[keyed.base.at.get(id) ?? -1];
    };
  }

  /** No element came, went or moved. */
  #inPlace(keyed: Keyed, base: JsonArray, mine: JsonArray, theirs: JsonArray): Merged {
    const found = this.#walk.found;
    const result: Merged[] = [];
    let [asMine, asTheirs] = [true, true];
    for (let i = 0; i < theirs.length; i++) {
      const merged = this.#element(keyed, { base: base[i], mine: mine[i], theirs: theirs[i] }, true);
      result.push(merged);
      asMine &&= merged === mine[i];
      asTheirs &&= merged === theirs[i];
    }
    if (asMine || asTheirs) return asMine ? mine : theirs;
    if (this.#walk.found === found) return result as JsonValue[];
    return keyedDraft((id) => result[keyed.base.at.get(id) ?? -1], keyed.base.ids, keyed.key);
  }

  #element(keyed: Keyed, { base, mine, theirs }: Sides, grown: boolean): Merged {
    const walk = this.#walk;
    if (!walk.track && this.#rules === null && base !== undefined && mine !== undefined && theirs !== undefined) {
      // Most elements are changed by nobody, or by one side: comparing two is quicker than merging three.
      if (same(base, theirs)) return mine;
      if (same(base, mine)) return theirs;
    }
    walk.enter({ idKey: keyed.key, idValue: keyed.idOf(theirs ?? mine ?? base) });
    const [conflicts, changes] = [walk.conflicts.length, walk.changes.length];
    let merged = this.#node(base, mine, theirs, this.#rules);
    if (grown && base === undefined && walk.conflicts.length > conflicts && mine !== undefined && theirs !== undefined) {
      walk.forget(conflicts, changes);
      merged = walk.clash('duplicate-id', { base, mine, theirs }, true);
    }
    walk.leave();
    return merged;
  }

  /** The order of what remains; what is deleted, but may come back by a choice, has its place in it too. */
  #order(keyed: Keyed, elements: Elements): readonly Id[] | OrderHole {
    const shown = ({ ids }: Index): Id[] => ids.filter((id) => isShown(elements(id)));
    const lists = { base: shown(keyed.base), mine: shown(keyed.mine), theirs: shown(keyed.theirs) };
    const complete = (order: readonly Id[]): readonly Id[] => (this.#walk.track ? place(order, [], keyed.base.ids.filter((id) => elements(id) !== undefined)) : order);
    const values = (ids: readonly Id[]): JsonArray => ids.map(keyed.spelled);
    const arranged = arrange(lists.base, lists.mine, lists.theirs);
    if (arranged.by === 'nobody') {
      const { base, mine, theirs } = arranged.orders;
      const ofSides = (sides: { readonly [S in Side]: readonly Id[] }): { readonly [S in Side]: JsonArray } => ({ base: values(sides.base), mine: values(sides.mine), theirs: values(sides.theirs) });
      const id = this.#walk.clashOfOrder(ofSides(lists), ofSides(arranged.asked));
      return { id, usual: 'mine', orders: { base: complete(base), mine: complete(mine), theirs: complete(theirs) }, idOf };
    }
    const { by, order } = arranged;
    if (!this.#walk.track || inOrder(lists.base, order)) return complete(order);
    const undone = place(lists.base, order, []);
    const id = this.#walk.changedOrder(by, values(lists.base), values(order));
    const settled = complete(order);
    return { id, usual: by === 'theirs' ? 'theirs' : 'mine', orders: { base: complete(undone), mine: settled, theirs: settled }, idOf };
  }
}

const isShown = (merged: Merged): boolean => merged !== undefined && !(merged instanceof Draft && merged.absent);

/** True when the items of the part stand in the whole in their order. All of them are in it. */
const inOrder = (part: readonly Id[], whole: readonly Id[]): boolean => {
  let i = 0;
  for (const id of whole) if (id === part[i]) i += 1;
  return i === part.length;
};
