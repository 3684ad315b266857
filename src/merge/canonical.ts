import canonicalize from 'canonicalize';
import { ExactNumber } from './exact-number';
import { isArray, own, put, type JsonObject, type JsonValue, type MutableObject } from './json';

/** A hash of a text, for instance the SHA-256 of its UTF-8 bytes in hexadecimal. Given by the caller: this folder runs anywhere. */
export type Digest = (text: string) => string;

export type Canonical = {
  readonly text: string;
  /** True when the value has no RFC 8785 form (a lone surrogate, a number no double holds) and this is our escaped form. */
  readonly flagged: boolean;
};

/** A form that keeps all differences that JCS cannot express: texts escaped and marked, numbers beyond doubles by value. */
const escaped = (value: JsonValue): unknown => {
  if (typeof value === 'string') return `s${JSON.stringify(value)}`;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof ExactNumber) return value.plain ?? `n${value.decimal}`;
  if (isArray(value)) return value.map(escaped);
  const object: MutableObject = {};
  for (const key of Object.keys(value)) put(object, JSON.stringify(key), escaped(own(value as JsonObject, key) ?? null) as JsonValue);
  return object;
};

/** The value in the one form of RFC 8785 (JCS), or flagged in a form of our own. Equal exactly for equal values. */
export const canonicalText = (value: JsonValue): Canonical => {
  try {
    return { text: canonicalize(value) ?? '', flagged: false };
  } catch {
    return { text: `flagged:${canonicalize(escaped(value)) ?? ''}`, flagged: true };
  }
};

/** The hash that says whether two documents are equal as JSON. */
export const documentHash = (value: JsonValue, digest: Digest): string => digest(canonicalText(value).text);
