import { align, type Hunk } from './align';
import type { Conflict } from './conflict';
import { isArray, isObject, own, put, same, type JsonArray, type JsonObject, type JsonValue, type Maybe, type MutableObject } from './json';
import { keyedBy, type Keyed } from './keyed';
import { idOf, place, type Id } from './order';

type Place = Pick<Conflict, 'path' | 'mine' | 'theirs'> & Partial<Pick<Conflict, 'kind'>>;

/** The open places at and below one value. */
type Open = {
  /** All of it is open. */
  whole: boolean;
  readonly keys: Map<string, Open>;
  /** By the field that names them, and their identity. */
  readonly elements: Map<string, Map<Id, Open>>;
  readonly ranges: Range[];
  readonly orders: Place[];
};
type Range = { readonly lo: number; readonly hi: number; readonly theirs: Maybe };

const nothingOpen = (): Open => ({ whole: false, keys: new Map(), elements: new Map(), ranges: [], orders: [] });

const found = <K, V>(map: Map<K, V>, key: K, made: () => V): V => {
  const value = map.get(key) ?? made();
  map.set(key, value);
  return value;
};

const openAt = (places: readonly Place[]): Open => {
  const root = nothingOpen();
  for (const place of places) {
    let at: Open | null = root;
    for (const step of place.path) {
      if (typeof step === 'string') at = found(at.keys, step, nothingOpen);
      else if ('idKey' in step) at = found(found(at.elements, step.idKey, () => new Map<Id, Open>()), idOf(step.idValue) ?? null, nothingOpen);
      else {
        at.ranges.push({ lo: step.list[0], hi: step.list[1], theirs: place.theirs });
        at = null;
        break;
      }
    }
    if (at !== null && place.kind === 'order') at.orders.push(place);
    else if (at !== null) at.whole = true;
  }
  return root;
};

const withKeys = (base: JsonObject, ancestor: JsonObject | undefined, open: ReadonlyMap<string, Open>): JsonObject => {
  const result: MutableObject = {};
  for (const key of new Set([...Object.keys(base), ...open.keys()])) {
    const [at, value] = [open.get(key), own(base, key)];
    const next = at === undefined ? value : withOpen(value, ancestor && own(ancestor, key), at);
    if (next !== undefined) put(result, key, next);
  }
  return result;
};

const withElements = (base: JsonArray, ancestor: JsonArray, idKey: string, open: ReadonlyMap<Id, Open>): JsonArray => {
  const idIn = (item: JsonValue): Id | undefined => (isObject(item) ? idOf(own(item, idKey)) : undefined);
  const before = new Map(ancestor.map((item) => [idIn(item), item] as const));
  const left = new Map<Id | undefined, Open>(open);
  const result: JsonValue[] = [];
  const add = (item: Maybe): unknown => item !== undefined && result.push(item);
  for (const item of base) {
    const id = idIn(item);
    const at = left.get(id);
    left.delete(id);
    add(at === undefined ? item : withOpen(item, before.get(id), at));
  }
  for (const id of left.keys()) add(before.get(id));
  return result;
};

/** Where the items that were asked about stand, in a stretch that may hold others that both sides put at its edges. */
const within = (base: JsonArray, [from, to]: readonly [number, number], items: Maybe): readonly [number, number] => {
  if (!isArray(items)) return [from, to];
  for (let at = from; at + items.length <= to; at += 1) if (items.every((item, i) => same(item, base[at + i]))) return [at, at + items.length];
  return [from, to];
};

/**
 * The new base with the ancestor's items in the open ranges alone: what was merged beside them both sides have, and would
 * count as added by both if it went, too.
 */
const withRanges = (base: JsonArray, ancestor: JsonArray, ranges: readonly Range[]): JsonArray => {
  const hunks = align(ancestor, base);
  // Nobody can tell which items are those of the range.
  if (hunks === null) return ancestor;
  const parts: JsonArray[] = [];
  let [next, shift, done] = [0, 0, 0];
  for (const { lo, hi, theirs } of [...ranges].sort((a, b) => a.lo - b.lo || a.hi - b.hi)) {
    const isIn = (hunk: Hunk): boolean => (hunk.lo < hi && hunk.hi > lo) || (hunk.lo === hunk.hi && lo <= hunk.lo && hunk.lo <= hi);
    const pass = (isPassed: (hunk: Hunk) => boolean): void => {
      for (let hunk = hunks[next]; hunk !== undefined && isPassed(hunk); hunk = hunks[next]) [next, shift] = [next + 1, hunk.to - hunk.hi];
    };
    pass((hunk) => hunk.hi <= lo && !isIn(hunk));
    const outer = Math.max(done, lo + shift);
    pass(isIn);
    const [from, to] = within(base, [outer, Math.max(outer, hi + shift)], theirs);
    parts.push(base.slice(done, from), ancestor.slice(lo, hi));
    done = to;
  }
  return [...parts, base.slice(done)].flat();
};

/** From the new base, with what the ancestor had where something is open. Where it ends before the way to the open place does, that lies in what the ancestor has or has not. */
const withOpen = (base: Maybe, ancestor: Maybe, open: Open): Maybe => {
  const { keys, elements, ranges, orders } = open;
  if (open.whole || base === undefined) return ancestor;
  let value: Maybe = base;
  if (keys.size > 0) {
    if (!isObject(value) || (ancestor !== undefined && !isObject(ancestor))) return ancestor;
    value = withKeys(value, ancestor, keys);
  }
  for (const [idKey, byId] of elements) {
    if (!isArray(value) || (ancestor !== undefined && !isArray(ancestor))) return ancestor;
    value = withElements(value, ancestor ?? [], idKey, byId);
  }
  if (ranges.length > 0) {
    if (!isArray(value) || !isArray(ancestor)) return ancestor;
    value = withRanges(value, ancestor, ranges);
  }
  // Orders last, when all elements are there.
  for (const order of orders) value = inOrderOf(value, ancestor, order);
  return value;
};

/** The identities of both lists that an order was asked about, under the field that has them. */
const keyedAs = (base: JsonArray, ancestor: JsonArray, ids: Maybe): Keyed | null => {
  const [first] = base;
  if (!isObject(first) || !isArray(ids)) return null;
  for (const key of Object.keys(first)) {
    const keyed = keyedBy([key], ancestor, base, base);
    if (keyed !== null && ids.every((id) => keyed.mine.at.has(idOf(id) ?? null))) return keyed;
  }
  return null;
};

/** The new base's elements, in the order that the ancestor had them in; without what both sides made, each in a place of its own. */
const inOrderOf = (base: Maybe, ancestor: Maybe, { mine, theirs }: Pick<Conflict, 'mine' | 'theirs'>): Maybe => {
  const keyed = isArray(base) && isArray(ancestor) ? keyedAs(base, ancestor, theirs) : null;
  if (!isArray(base) || keyed === null) return ancestor;
  const { base: before, mine: now } = keyed;
  const ofMine = new Set(isArray(mine) ? mine.map(idOf) : []);
  const ids = now.ids.filter((id) => before.at.has(id) || !ofMine.has(id));
  const spine = before.ids.filter((id) => now.at.has(id));
  return place(spine, ids, []).map((id) => base[now.at.get(id) ?? 0] ?? null);
};

/**
 * A base for merging again while conflicts are open: everything from the new base, but at the open places what the
 * ancestor of that conflict had, of a list the open ranges; where an order is open, the new base's elements in the
 * ancestor's order. Without it a value nobody has chosen yet would pass for a clean change. Where there was no ancestor,
 * only the open places are absent: what lies beside them both sides have had since. Undefined: all is open.
 */
export const withOpenPlaces = (base: Maybe, ancestor: Maybe, open: readonly Place[]): Maybe => (open.length === 0 ? base : withOpen(base, ancestor, openAt(open)));
