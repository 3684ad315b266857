/** Documents for property tests: one that is edited two or three times, as devices do, and now and then unrelated ones. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { merge, type JsonValue, type Maybe, type MergeOptions, type Outcome } from '../../src/merge/index';

/** 2,000 cases in `npm test`, 100,000 in `npm run test:long`. */
export const RUNS = { numRuns: process.env['PICFERRY_LONG'] === '1' ? 100_000 : 2_000 };
export const LONG = process.env['PICFERRY_LONG'] === '1' ? 1_800_000 : 60_000;

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const mergeOf = (base: Maybe, mine: Maybe, theirs: Maybe, options: Partial<MergeOptions> = {}): Outcome => merge(base, mine, theirs, { digest, ...options });

type Obj = { [key: string]: JsonValue };

export type Shape = {
  /** Plain lists too. Without them the laws of objects and keyed arrays hold in full. */
  readonly lists: boolean;
};

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'name', 'constructor', '__proto__', '0', '');
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('x', 'y', 'z', ''), fc.boolean(), fc.constant(null), fc.constantFrom(0.5, -1, 1e21));

const objectOf = (entries: readonly (readonly [string, JsonValue])[]): Obj => {
  const object: Obj = {};
  for (const [key, value] of entries) Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  return object;
};

const isObject = (value: Maybe): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any document of a shape. */
export const documents = (shape: Shape): fc.Arbitrary<JsonValue> => {
  const { value } = fc.letrec<{ value: JsonValue; object: JsonValue; keyed: JsonValue; list: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 2, arbitrary: scalar },
      { weight: 3, arbitrary: tie('object') },
      { weight: 2, arbitrary: tie('keyed') },
      ...(shape.lists ? [{ weight: 2, arbitrary: tie('list') }] : []),
    ),
    object: fc.array(fc.tuple(keys, tie('value')), { maxLength: 5 }).map(objectOf),
    keyed: fc
      .uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 })
      .chain((ids) => fc.tuple(...ids.map((id) => fc.array(fc.tuple(keys, tie('value')), { maxLength: 3 }).map((entries) => objectOf([['id', id], ...entries])))))
      .map((items): JsonValue => items),
    list: fc.array(fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: tie('value') }), { maxLength: 6 }),
  }));
  return value;
};

/** One edit: where (chosen on the way down), what, and with which value. */
type Edit = { readonly way: readonly number[]; readonly what: number; readonly value: JsonValue; readonly key: string; readonly lists: boolean };

const edits = (shape: Shape): fc.Arbitrary<readonly Edit[]> =>
  fc.array(fc.record({ way: fc.array(fc.nat(6), { maxLength: 4 }), what: fc.nat(5), value: documents(shape), key: keys, lists: fc.constant(shape.lists) }), { maxLength: 4 });

const isKeyed = (array: readonly JsonValue[]): boolean => array.length > 0 && array.every((item) => isObject(item) && typeof item['id'] === 'number');

const freshElement = (array: readonly JsonValue[], edit: Edit): JsonValue => {
  const taken = array.map((item) => (isObject(item) ? item['id'] : null));
  const id = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].filter((n) => !taken.includes(n))[edit.way.length] ?? 100 + array.length;
  return objectOf([['id', id], [edit.key, edit.value]]);
};

const editArray = (array: readonly JsonValue[], edit: Edit, at: number): JsonValue => {
  const items = [...array];
  const i = items.length === 0 ? 0 : at % items.length;
  if (edit.what <= 1) items.splice(at % (items.length + 1), 0, isKeyed(items) || !edit.lists ? freshElement(items, edit) : edit.value);
  else if (edit.what === 2) items.splice(i, 1);
  else if (edit.what === 3 && items.length > 1) items.splice(at % items.length, 0, ...items.splice((i + 1) % items.length, 1));
  else if (items.length > 0 && !isKeyed(items)) items[i] = edit.value;
  return items;
};

const editHere = (value: JsonValue, edit: Edit, at: number): JsonValue => {
  if (Array.isArray(value)) return editArray(value, edit, at);
  if (!isObject(value)) return edit.value;
  const entries = Object.keys(value).map((key) => [key, value[key] as JsonValue] as const);
  const others = entries.filter(([key]) => key !== edit.key || key === 'id');
  if (edit.what === 2) return objectOf(entries.filter(([key], i) => key === 'id' || i !== at % entries.length));
  return objectOf([...others, ...(edit.key === 'id' ? [] : [[edit.key, edit.value] as const])]);
};

const apply = (value: JsonValue, edit: Edit, depth = 0): JsonValue => {
  const at = edit.way[depth];
  if (at === undefined) return editHere(value, edit, edit.what + edit.key.length);
  if (Array.isArray(value) && value.length > 0) return value.map((item: JsonValue, i) => (i === at % value.length ? guardId(item, apply(item, edit, depth + 1)) : item));
  if (isObject(value)) {
    const names = Object.keys(value).filter((key) => key !== 'id');
    const chosen = names[at % Math.max(1, names.length)];
    if (chosen !== undefined) return objectOf(Object.keys(value).map((key) => [key, key === chosen ? apply(value[key] as JsonValue, edit, depth + 1) : (value[key] as JsonValue)]));
  }
  return editHere(value, edit, at);
};

/** An element keeps its identity while it is edited. */
const guardId = (before: JsonValue, after: JsonValue): JsonValue => {
  if (!isObject(before) || !('id' in before)) return after;
  return isObject(after) ? after : before;
};

export type Triple = { readonly base: JsonValue; readonly mine: JsonValue; readonly theirs: JsonValue };

const edited = (shape: Shape): fc.Arbitrary<Triple> =>
  fc.tuple(documents(shape), edits(shape), edits(shape)).map(([base, a, b]) => ({
    base,
    mine: a.reduce<JsonValue>((value, edit) => apply(value, edit), base),
    theirs: b.reduce<JsonValue>((value, edit) => apply(value, edit), base),
  }));

/** One state of a small document in which every edit meets one of the other side's: order, deletion, null, type. */
const crowdedState = (shape: Shape): fc.Arbitrary<JsonValue> => {
  const value = fc.constantFrom<JsonValue>(1, 2, 3, null, 'x', 'y');
  const field = fc.option(value, { nil: undefined });
  const element = fc.record({ v: field, w: field });
  const items = fc.tuple(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 2 }), fc.array(element, { minLength: 5, maxLength: 5 }));
  const list = shape.lists ? fc.array(fc.constantFrom<JsonValue>(1, 2, 3, 4, null, 'x'), { maxLength: 6 }) : fc.constant<JsonValue[] | undefined>(undefined);
  return fc.record({ a: field, b: field, o: fc.option(element, { nil: undefined }), items, list }).map(({ a, b, o, items: [ids, fields], list: l }) =>
    present({ a, b, o: o && present(o), items: ids.map((id) => present({ id, ...fields[id - 1] })), l }),
  );
};

const present = (record: { readonly [key: string]: Maybe }): JsonValue => objectOf(Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));

const crowded = (shape: Shape): fc.Arbitrary<Triple> => {
  const state = crowdedState(shape);
  /** Keeps some of the base, so that not everything conflicts. */
  const mixed = (base: JsonValue, other: JsonValue, keep: number): JsonValue =>
    isObject(base) && isObject(other) ? present(Object.fromEntries([...new Set([...Object.keys(base), ...Object.keys(other)])].map((key, i) => [key, (keep >> i) % 2 === 1 ? base[key] : other[key]]))) : other;
  return fc.tuple(state, state, state, fc.nat(63), fc.nat(63)).map(([base, a, b, m, t]) => ({ base, mine: mixed(base, a, m), theirs: mixed(base, b, t) }));
};

/** A base and two states that came from it, rarely three documents that have nothing to do with each other. */
export const triples = (shape: Shape): fc.Arbitrary<Triple> =>
  fc.oneof({ weight: 4, arbitrary: edited(shape) }, { weight: 3, arbitrary: crowded(shape) }, { weight: 1, arbitrary: fc.record({ base: documents(shape), mine: documents(shape), theirs: documents(shape) }) });

/** A base and three states that came from it. */
export const quadruples = (shape: Shape): fc.Arbitrary<Triple & { readonly third: JsonValue }> =>
  fc.tuple(edited(shape), edits(shape)).map(([triple, c]) => ({ ...triple, third: c.reduce<JsonValue>((value, edit) => apply(value, edit), triple.base) }));

/** Freezes a document through and through, so that writing to it throws. */
export const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
};
