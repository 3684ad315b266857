import { itemText, type Shapes } from './canonical-items';
import { ExactNumber } from './exact-number';
import { isArray, same, type JsonArray, type JsonObject, type JsonValue } from './json';

/** Neither adds nor multiplies alone: items that count up in two places at once would otherwise meet in one hash. */
const mix = (hash: number, part: number): number => {
  const mixed = Math.imul(hash ^ part, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};

const hashText = (text: string): number => {
  let hash = text.length;
  const end = Math.min(text.length, 24);
  for (let i = 0; i < end; i++) hash = mix(hash, text.charCodeAt(i));
  for (let i = Math.max(end, text.length - 24); i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
};

const hashNumber = (value: number): number => (Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value | 0 : hashText(String(value)));

/** Equal values have equal hashes: key order and number spelling do not count. */
const hashOf = (value: JsonValue): number => {
  if (typeof value === 'string') return hashText(value);
  if (typeof value === 'number') return hashNumber(value);
  if (typeof value === 'boolean') return value ? 7 : 11;
  if (value === null) return 13;
  if (value instanceof ExactNumber) return value.plain === null ? hashText(value.decimal) : hashNumber(value.plain);
  if (isArray(value)) {
    let hash = 17;
    for (const item of value) hash = mix(hash, hashOf(item));
    return hash;
  }
  let hash = 19;
  const object = value as JsonObject;
  for (const key in object) hash = (hash + mix(hashText(key), hashOf(object[key] as JsonValue))) | 0;
  return hash;
};

/** Item numbers in the order of a list. */
export type Numbers = Int32Array;

const UNKNOWN = -1;

/**
 * Gives equal items of some lists one number, from 0 upwards, and remembers the number of every place it was asked for:
 * no item is hashed twice. The lists must not change meanwhile. (Plain functions over plain data: a class's code would be
 * compiled anew whenever its last instance was collected.)
 */
export type Numbering = {
  /** Open addressing: a number plus one, at a place that its item's hash says. */
  slots: Int32Array;
  /** By number. */
  hashes: Int32Array;
  readonly values: JsonValue[];
  /** Canonical forms, by number; as many as were asked for. */
  readonly texts: string[];
  readonly lists: Map<JsonArray, Int32Array>;
};

export const newNumbering = (): Numbering => ({ slots: new Int32Array(1024), hashes: new Int32Array(512), values: [], texts: [], lists: new Map() });

const grow = (numbering: Numbering): void => {
  const slots = new Int32Array(numbering.slots.length * 4);
  const hashes = new Int32Array(slots.length / 2);
  hashes.set(numbering.hashes);
  const mask = slots.length - 1;
  for (let number = 0; number < numbering.values.length; number++) {
    let slot = (hashes[number] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  }
  Object.assign(numbering, { slots, hashes });
};

/** The number of one item. */
export const numberOf = (numbering: Numbering, value: JsonValue): number => {
  const { slots, hashes, values } = numbering;
  const hash = hashOf(value);
  const mask = slots.length - 1;
  let slot = hash & mask;
  for (let n = slots[slot] as number; n !== 0; n = slots[slot] as number) {
    if (hashes[n - 1] === hash && same(values[n - 1], value)) return n - 1;
    slot = (slot + 1) & mask;
  }
  const number = values.push(value) - 1;
  slots[slot] = number + 1;
  hashes[number] = hash;
  if (values.length * 2 > slots.length) grow(numbering);
  return number;
};

/** The numbers of the items [from, to) of a list. */
export const numbersOf = (numbering: Numbering, list: JsonArray, from: number, to: number): Numbers => {
  let numbers = numbering.lists.get(list);
  if (numbers === undefined) numbering.lists.set(list, (numbers = new Int32Array(list.length).fill(UNKNOWN)));
  for (let i = from; i < to; i++) if (numbers[i] === UNKNOWN) numbers[i] = numberOf(numbering, list[i] as JsonValue);
  return numbers.subarray(from, to);
};

/** Writes the forms that are missing. They are parts of one text: put together from flat texts, a list's form is a copy of bytes. */
const writeTexts = ({ values, texts }: Numbering): boolean => {
  const fresh: string[] = [];
  const shapes: Shapes = new Map();
  for (let n = texts.length; n < values.length; n++) {
    const text = itemText(values[n] as JsonValue, shapes);
    if (text === null) return false;
    fresh.push(text);
  }
  const whole = fresh.join('');
  let at = 0;
  for (const { length } of fresh) texts.push(whole.slice(at, (at += length)));
  return true;
};

/** The list's canonical form, put together from its items' forms; null where one of them has none. */
export const canonicalList = (numbering: Numbering, list: JsonArray): string | null => {
  const numbers = numbersOf(numbering, list, 0, list.length);
  if (numbers.length === 0) return '[]';
  if (!writeTexts(numbering)) return null;
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; i++) parts.push(numbering.texts[numbers[i] as number] as string);
  parts[0] = `[${parts[0] as string}`;
  parts[parts.length - 1] += ']';
  return parts.join(',');
};
