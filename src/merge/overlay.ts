import type { Conflict } from './conflict';
import { isArray, isObject, own, put, same, type JsonArray, type JsonValue, type Maybe, type MutableObject } from './json';
import { keyedBy, type Keyed } from './keyed';
import { idOf, place } from './order';
import { stepInto, type Path, type Step } from './path';

type Place = Pick<Conflict, 'path' | 'mine' | 'theirs'> & Partial<Pick<Conflict, 'kind'>>;

/** The path as far as it names one value: a list's range and an order belong to their whole array. */
const valuePath = ({ path }: Pick<Conflict, 'path'>): Path => {
  const at = path.findIndex((step) => typeof step === 'object' && 'list' in step);
  return at === -1 ? path : path.slice(0, at);
};

const withKey = (value: Maybe, key: string, next: Maybe): Maybe => {
  if (!isObject(value)) return value;
  const result: MutableObject = {};
  for (const name of Object.keys(value)) if (name !== key) put(result, name, own(value, name) ?? null);
  if (next !== undefined) put(result, key, next);
  return result;
};

const withElement = (value: Maybe, step: Exclude<Step, string | { list: unknown }>, next: Maybe): Maybe => {
  if (!isArray(value)) return value;
  const at = value.findIndex((item) => isObject(item) && same(own(item, step.idKey), step.idValue));
  const items: JsonValue[] = [...value];
  if (at !== -1) items.splice(at, 1, ...(next === undefined ? [] : [next]));
  else if (next !== undefined) items.push(next);
  return items;
};

/** What stands at the open place itself. */
type At = (base: Maybe, ancestor: Maybe) => Maybe;

const copyFrom = (base: Maybe, ancestor: Maybe, path: Path, at: At): Maybe => {
  const [step, ...rest] = path;
  if (step === undefined) return at(base, ancestor);
  // Where the new base ends before the path does, the open place lies in what the ancestor has or has not.
  if (base === undefined) return ancestor;
  const next = copyFrom(stepInto(base, step), stepInto(ancestor, step), rest, at);
  if (typeof step === 'string') return isObject(base) && (ancestor === undefined || isObject(ancestor)) ? withKey(base, step, next) : ancestor;
  return 'idKey' in step && isArray(base) && (ancestor === undefined || isArray(ancestor)) ? withElement(base, step, next) : ancestor;
};

/** The identities of both lists that an order was asked about, under the field that has them. */
const keyedAs = (base: JsonArray, ancestor: JsonArray, ids: Maybe): Keyed | null => {
  const [first] = base;
  if (!isObject(first) || !isArray(ids)) return null;
  for (const key of Object.keys(first)) {
    const keyed = keyedBy([key], ancestor, base, base);
    if (keyed !== null && ids.every((id) => base.some((item) => same(keyed.idOf(item), id)))) return keyed;
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
 * ancestor of that conflict had; where an order is open, the new base's elements in the ancestor's order. Without it a value nobody has chosen yet would pass for a clean change. Where there was
 * no ancestor, only the open places are absent: what lies beside them both sides have had since. Undefined: all is open.
 */
export const withOpenPlaces = (base: Maybe, ancestor: Maybe, open: readonly Place[]): Maybe => {
  const isOrder = ({ kind }: Place): boolean => kind === 'order';
  // Orders last, when all elements are there.
  const sorted = [...open.filter((one) => !isOrder(one)), ...open.filter(isOrder)];
  return sorted.reduce<Maybe>((value, one) => copyFrom(value, ancestor, valuePath(one), isOrder(one) ? (now, before) => inOrderOf(now, before, one) : (_now, before) => before), base);
};
