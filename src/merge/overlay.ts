import type { Conflict } from './conflict';
import { isArray, isObject, own, put, same, type JsonValue, type Maybe, type MutableObject } from './json';
import { stepInto, type Path, type Step } from './path';

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

const copyFrom = (base: Maybe, ancestor: Maybe, path: Path): Maybe => {
  const [step, ...rest] = path;
  // Where the new base ends before the path does, the open place lies in what the ancestor has or has not.
  if (step === undefined || base === undefined) return ancestor;
  const next = copyFrom(stepInto(base, step), stepInto(ancestor, step), rest);
  if (typeof step === 'string') return isObject(base) && (ancestor === undefined || isObject(ancestor)) ? withKey(base, step, next) : ancestor;
  return 'idKey' in step && isArray(base) && (ancestor === undefined || isArray(ancestor)) ? withElement(base, step, next) : ancestor;
};

/**
 * A base for merging again while conflicts are open: everything from the new base, but at the open places what the
 * ancestor of that conflict had. Without it a value nobody has chosen yet would pass for a clean change. Where there was
 * no ancestor, only the open places are absent: what lies beside them both sides have had since. Undefined: all is open.
 */
export const withOpenPlaces = (base: Maybe, ancestor: Maybe, open: readonly Pick<Conflict, 'path'>[]): Maybe =>
  open.reduce<Maybe>((value, conflict) => copyFrom(value, ancestor, valuePath(conflict)), base);
