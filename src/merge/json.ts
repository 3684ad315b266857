import { decimalText, ExactNumber } from './exact-number';

/**
 * A JSON value as the merge sees it: what JSON.parse gives, with ExactNumber where a plain number would change the text.
 * `undefined` is never a JSON value: wherever it may stand it means "not there", which differs from null, {} and [].
 */
export type JsonValue = null | boolean | number | string | ExactNumber | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export type JsonObject = { readonly [key: string]: JsonValue };
export type Maybe = JsonValue | undefined;

/** An object under construction. */
export type MutableObject = { [key: string]: JsonValue };

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export const typeOf = (value: JsonValue): JsonType => {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value as 'boolean' | 'number' | 'string';
  if (value instanceof ExactNumber) return 'number';
  return Array.isArray(value) ? 'array' : 'object';
};

export const isArray = (value: Maybe): value is JsonArray => Array.isArray(value);

export const isObject = (value: Maybe): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** The object's own value under this key; `constructor`, `toString` and `__proto__` are keys like any other. */
export const own = (object: JsonObject, key: string): Maybe => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Sets an own property, whatever the key is called. */
export const put = (object: MutableObject, key: string, value: JsonValue): void => {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
};

const sameNumber = (a: JsonValue, b: JsonValue): boolean => {
  if (a instanceof ExactNumber) return b instanceof ExactNumber ? a.decimal === b.decimal : typeof b === 'number' && a.decimal === decimalText(String(b));
  return typeof a === 'number' && b instanceof ExactNumber && b.decimal === decimalText(String(a));
};

const sameArray = (a: JsonArray, b: JsonArray): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
  return true;
};

const sameObject = (a: JsonObject, b: JsonObject): boolean => {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    const other = own(b, key);
    if (other === undefined || !same(a[key], other)) return false;
  }
  return true;
};

/** Equal as JSON: key order and the spelling of numbers do not count, the order of arrays does; absent equals absent only. */
export function same(a: Maybe, b: Maybe): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') return sameNumber(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && sameArray(a, b);
  if (Array.isArray(b)) return false;
  if (a instanceof ExactNumber || b instanceof ExactNumber) return sameNumber(a, b);
  return sameObject(a as JsonObject, b as JsonObject);
}
