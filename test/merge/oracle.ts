/** A second, slow and simple way to say what a merge must come to. Shares nothing with src/merge but its types. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonValue, Maybe } from '../../src/merge/index';

type Obj = { readonly [key: string]: JsonValue };
const isObject = (value: Maybe): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value);
const has = (object: Obj, key: string): boolean => Object.prototype.hasOwnProperty.call(object, key);
const get = (object: Maybe, key: string): Maybe => (isObject(object) && has(object, key) ? object[key] : undefined);

/** Null prototypes, sorted keys: for comparing by content with another library's equality. */
const sorted = (value: Maybe): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return Object.is(value, -0) ? 0 : value;
  return new Map(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

export const equal = (a: Maybe, b: Maybe): boolean => isDeepStrictEqual(sorted(a), sorted(b));

const idsOf = (array: readonly JsonValue[]): JsonValue[] | null => {
  const ids = array.map((item) => get(item, 'id'));
  return ids.every((id) => typeof id === 'number' || typeof id === 'string') && new Set(ids).size === ids.length ? (ids as JsonValue[]) : null;
};

/** True when the three arrays have identities throughout (in one of them at least). */
export const areKeyed = (...arrays: readonly (readonly JsonValue[])[]): boolean => arrays.some((array) => array.length > 0) && arrays.every((array) => idsOf(array) !== null);

/** Objects and keyed arrays with their order left out: an array becomes a map of its elements. */
export const contentOf = (value: Maybe): unknown => {
  if (Array.isArray(value)) {
    const ids = areKeyed(value) ? idsOf(value) : null;
    if (ids) return new Map(ids.map((id, i) => [`#${JSON.stringify(id)}`, contentOf(value[i])] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
    return value.map((item: JsonValue) => JSON.stringify(plain(item))).sort();
  }
  if (!isObject(value)) return value;
  return new Map(Object.keys(value).sort().map((key) => [key, contentOf(value[key])]));
};

const plain = (value: unknown): unknown => (value instanceof Map ? [...value].map(([key, one]) => [key, plain(one)]) : Array.isArray(value) ? value.map(plain) : isObject(value as Maybe) ? plain(sorted(value as Maybe)) : value);

export const sameContent = (a: Maybe, b: Maybe): boolean => isDeepStrictEqual(contentOf(a), contentOf(b));

export type Verdict = { readonly value: unknown; readonly conflict: boolean };

/** Mine wins at every conflict; content only, for documents of objects and keyed arrays. `undefined` is absent. */
export const mineWins = (base: Maybe, mine: Maybe, theirs: Maybe): Verdict => {
  if (Array.isArray(mine) && Array.isArray(theirs) && (base === undefined || Array.isArray(base))) {
    const all = [base ?? [], mine, theirs] as const;
    if (all.every((array) => array.length === 0)) return { value: contentOf([]), conflict: false };
    return elementsWin(all, base !== undefined);
  }
  if (isObject(mine) && isObject(theirs) && (base === undefined || isObject(base))) {
    return membersWin([...new Set([...Object.keys(mine), ...Object.keys(theirs)])], (key) => mineWins(get(base, key), get(mine, key), get(theirs, key)));
  }
  if (equal(base, mine)) return { value: contentOf(theirs), conflict: false };
  return { value: contentOf(mine), conflict: !equal(mine, theirs) && !equal(base, theirs) };
};

const membersWin = (names: readonly string[], one: (name: string) => Verdict): Verdict => {
  const found = [...names].sort().map((name) => [name, one(name)] as const);
  return {
    value: new Map(found.filter(([, { value }]) => value !== undefined).map(([name, { value }]) => [name, value])),
    conflict: found.some(([, { conflict }]) => conflict),
  };
};

const elementsWin = ([base, mine, theirs]: readonly (readonly JsonValue[])[], grown: boolean): Verdict => {
  const element = (array: readonly JsonValue[] | undefined, name: string): Maybe => array?.find((item) => `#${JSON.stringify(get(item, 'id'))}` === name);
  const names = [...(mine ?? []), ...(theirs ?? [])].map((item) => `#${JSON.stringify(get(item, 'id'))}`);
  const found = membersWin([...new Set(names)], (name) => {
    const [b, m, t] = [element(base, name), element(mine, name), element(theirs, name)];
    const verdict = mineWins(b, m, t);
    return grown && b === undefined && m !== undefined && t !== undefined && verdict.conflict ? { value: contentOf(m), conflict: true } : verdict;
  });
  return (found.value as Map<string, unknown>).size === 0 ? { ...found, value: contentOf([]) } : found;
};

/** All scalars of a document, each as text. */
export const leavesOf = (value: Maybe, found: string[] = []): string[] => {
  if (Array.isArray(value)) value.forEach((item: JsonValue) => leavesOf(item, found));
  else if (isObject(value)) Object.keys(value).forEach((key) => leavesOf(value[key], found));
  else if (value !== undefined) found.push(JSON.stringify(value));
  return found;
};

/** All keys of a document's objects. */
export const keysOf = (value: Maybe, found: string[] = []): string[] => {
  if (Array.isArray(value)) value.forEach((item: JsonValue) => keysOf(item, found));
  else if (isObject(value)) Object.keys(value).forEach((key) => { found.push(key); keysOf(value[key], found); });
  return found;
};

const count = (items: readonly JsonValue[], wanted: JsonValue): number => items.filter((item) => equal(item, wanted)).length;

/**
 * Changes of one side that the result does not show, as paths. `named` says whether a conflict covers a path. Objects and
 * keyed arrays are followed; of lists every added item is looked for.
 */
export const lostChanges = (
  at: readonly string[],
  values: { readonly base: Maybe; readonly side: Maybe; readonly other: Maybe; readonly result: Maybe },
  named: (path: readonly string[]) => boolean,
): string[] => {
  const { base, side, other, result } = values;
  if (equal(base, side) || named(at)) return [];
  if (isObject(side) && isObject(other) && isObject(result) && (base === undefined || isObject(base))) {
    const keys = [...new Set([...Object.keys(side), ...(base === undefined ? [] : Object.keys(base))])];
    return keys.flatMap((key) => lostChanges([...at, key], { base: get(base, key), side: get(side, key), other: get(other, key), result: get(result, key) }, named));
  }
  if (Array.isArray(side) && Array.isArray(other) && Array.isArray(result) && (base === undefined || Array.isArray(base))) {
    const old = base ?? [];
    if (areKeyed(old, side, other)) return lostElements(at, { base: old, side, other, result }, named);
    return side.filter((item) => count(result, item) < count(side, item) - count(old, item)).map((item) => `${at.join('/')} item ${JSON.stringify(item)}`);
  }
  return equal(side, result) ? [] : [at.join('/')];
};

const lostElements = (at: readonly string[], arrays: { readonly [K in 'base' | 'side' | 'other' | 'result']: readonly JsonValue[] }, named: (path: readonly string[]) => boolean): string[] => {
  const find = (array: readonly JsonValue[], id: Maybe): Maybe => array.find((item) => equal(get(item, 'id'), id));
  const ids = [...arrays.side, ...arrays.base].map((item) => get(item, 'id'));
  return ids.flatMap((id) =>
    lostChanges([...at, `#${JSON.stringify(id)}`], { base: find(arrays.base, id), side: find(arrays.side, id), other: find(arrays.other, id), result: find(arrays.result, id) }, named),
  );
};
