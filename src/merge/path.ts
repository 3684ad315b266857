import { ExactNumber } from './exact-number';
import { isArray, isObject, own, same, type JsonValue, type Maybe } from './json';

/**
 * One step into a document: a key; an element of a keyed array, named by its identity; or a range of a list, counted in
 * the base's items (lo = hi is the gap before item lo).
 */
export type Step = string | { readonly idKey: string; readonly idValue: JsonValue } | { readonly list: readonly [lo: number, hi: number] };
export type Path = readonly Step[];

const stepForm = (step: Step): unknown => {
  if (typeof step === 'string') return step;
  if ('list' in step) return { list: step.list };
  return { idKey: step.idKey, idValue: step.idValue instanceof ExactNumber ? (step.idValue.plain ?? { exact: step.idValue.decimal }) : step.idValue };
};

/** The path as plain data, equal exactly for equal paths. */
export const pathForm = (path: Path): unknown[] => path.map(stepForm);

/** The path as one text, equal exactly for equal paths. */
export const pathText = (path: Path): string => JSON.stringify(pathForm(path));

/** The element with this identity in an array. */
const element = (array: Maybe, idKey: string, idValue: JsonValue): Maybe =>
  isArray(array) ? array.find((item) => isObject(item) && same(own(item, idKey), idValue)) : undefined;

/** One step from a value. A range of a list gives its items. */
export const stepInto = (value: Maybe, step: Step): Maybe => {
  if (typeof step === 'string') return isObject(value) ? own(value, step) : undefined;
  if ('list' in step) return isArray(value) ? value.slice(step.list[0], step.list[1]) : undefined;
  return element(value, step.idKey, step.idValue);
};

/** What stands at this path, or undefined. */
export const valueAt = (value: Maybe, path: Path): Maybe => path.reduce<Maybe>(stepInto, value);
