import { parse as parseExactly } from 'lossless-json';
import { findDuplicates, findSyntaxFault, type Duplicate, type SyntaxFault } from './faults';
import { numberFromText } from './exact-number';
import { formatOf, type Format } from './format';
import { guard, type Guard } from './guard';
import { isArray, type JsonArray, type JsonObject, type JsonValue } from './json';

/** Deeper nesting is refused: the server stops at 512, and a walk needs a stack. */
export const MOST_DEPTH = 500;

/** Why a text cannot be merged. Nothing has been changed. */
export type Refusal =
  /** Not JSON. The place counts UTF-16 units from 0, line and column from 1. */
  | ({ readonly code: 'not-json' } & SyntaxFault)
  /** Keys that stand twice in one object: picking one would lose the other. The first hundred of them. */
  | { readonly code: 'duplicate-keys'; readonly duplicates: readonly Duplicate[] }
  | { readonly code: 'too-deep'; readonly depth: number; readonly most: number };

export type Reading =
  | { readonly ok: true; readonly value: JsonValue; readonly format: Format; readonly guard: Guard }
  | { readonly ok: false; readonly refusal: Refusal };

const notJson = (text: string): Reading => ({ ok: false, refusal: { code: 'not-json', ...findSyntaxFault(text) } });

/**
 * Properties that a parser kept. Fewer than the text has means that keys stood twice. Of what lies deeper than `levels`
 * nothing is counted: such a text is refused, and a stack has an end.
 */
const countProperties = (value: JsonObject | JsonArray, levels: number): number => {
  let count = 0;
  if (levels === 0) return count;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item = value[i] as JsonValue;
      if (typeof item === 'object' && item !== null) count += countProperties(item as JsonObject, levels - 1);
    }
    return count;
  }
  for (const key in value) {
    count += 1;
    const item = value[key] as JsonValue;
    if (typeof item === 'object' && item !== null) count += countProperties(item as JsonObject, levels - 1);
  }
  return count;
};

const parsePlainly = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
};

/**
 * Reads a text of JSON without changing anything silently: numbers that a double would print otherwise become
 * ExactNumber, repeated keys and too deep nesting are refused. A byte order mark is allowed.
 */
export const readJson = (whole: string): Reading => {
  const format = formatOf(whole);
  const text = format.bom ? whole.slice(1) : whole;
  const plain = parsePlainly(text);
  if (plain === undefined) return notJson(whole);
  // Right behind the parse, while it lies in the processor's cache.
  const properties = typeof plain === 'object' && plain !== null ? countProperties(plain as JsonObject, MOST_DEPTH) : 0;
  const found = guard(text);
  if (found.depth > MOST_DEPTH) return { ok: false, refusal: { code: 'too-deep', depth: found.depth, most: MOST_DEPTH } };
  const duplicates = found.properties === properties ? [] : findDuplicates(whole);
  if (duplicates.length > 0) return { ok: false, refusal: { code: 'duplicate-keys', duplicates } };
  const value = found.exactNumbers ? (parseExactly(text, null, { parseNumber: numberFromText }) as JsonValue) : plain;
  return { ok: true, value, format, guard: found };
};
