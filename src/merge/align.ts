import { diffIndices } from 'node-diff3';
import { ExactNumber } from './exact-number';
import { isArray, same, type JsonArray, type JsonObject, type JsonValue } from './json';

/** Items [lo, hi) of the base that one side replaced by its own items [from, to). */
export type Hunk = { readonly lo: number; readonly hi: number; readonly from: number; readonly to: number };

/** Beyond this many cells a stretch without any anchor is not aligned: its result would be chance, and slow. */
export const MOST_CELLS = 4_000_000;

const mix = (hash: number, part: number): number => (Math.imul(hash, 31) + part) | 0;

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
  for (const key in object) hash = (hash + Math.imul(mix(hashText(key), hashOf(object[key] as JsonValue)), 2654435761)) | 0;
  return hash;
};

/** Gives equal items one number, from 0 upwards. */
class Interner {
  /** The newest number of a hash, and for each number the one before it with its hash. */
  readonly #newest = new Map<number, number>();
  readonly #older: number[] = [];
  readonly #values: JsonValue[] = [];

  get size(): number {
    return this.#values.length;
  }

  number(value: JsonValue): number {
    const hash = hashOf(value);
    const newest = this.#newest.get(hash) ?? -1;
    for (let n = newest; n >= 0; n = this.#older[n] ?? -1) if (same(this.#values[n], value)) return n;
    const n = this.#values.push(value) - 1;
    this.#older.push(newest);
    this.#newest.set(hash, n);
    return n;
  }
}

type Numbers = readonly number[];
type Pair = { readonly a: number; readonly b: number };

/** With so many items found on both sides, and so few of them in one order, the list was shuffled: no alignment means anything. */
const MANY = 200;
const LEAST_IN_ORDER = 0.2;

/** The positions of items that occur once in each: a frame that no chance repetition can shift. Null for a shuffled list. */
const anchors = (a: Numbers, b: Numbers, size: number): Pair[] | null => {
  const seen = (list: Numbers): Int32Array => {
    const at = new Int32Array(size).fill(-1);
    list.forEach((n, i) => (at[n] = at[n] === -1 ? i : -2));
    return at;
  };
  const [inA, inB] = [seen(a), seen(b)];
  const pairs: Pair[] = [];
  a.forEach((n, i) => {
    if (inA[n] === i && (inB[n] ?? -1) >= 0) pairs.push({ a: i, b: inB[n] ?? 0 });
  });
  const chain = longestRising(pairs);
  return pairs.length >= MANY && chain.length < pairs.length * LEAST_IN_ORDER ? null : chain;
};

/** The longest chain of pairs, in order on both sides. */
const longestRising = (pairs: readonly Pair[]): Pair[] => {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach((pair, i) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.b ?? 0) < pair.b) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = i;
  });
  const chain: Pair[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) chain.push(pairs[i] as Pair);
  return chain.reverse();
};

const push = (hunks: Hunk[], next: Hunk): void => {
  const last = hunks.at(-1);
  if (last && last.hi === next.lo && last.to === next.from) hunks[hunks.length - 1] = { ...last, hi: next.hi, to: next.to };
  else hunks.push(next);
};

/** Adds the hunks of one stretch; false when it is too big. */
const alignStretch = (a: Numbers, b: Numbers, [lo, hi, from, to]: readonly [number, number, number, number], hunks: Hunk[]): boolean => {
  let [l, h, f, t] = [lo, hi, from, to];
  while (l < h && f < t && a[l] === b[f]) [l, f] = [l + 1, f + 1];
  while (l < h && f < t && a[h - 1] === b[t - 1]) [h, t] = [h - 1, t - 1];
  if (l === h && f === t) return true;
  if (l === h || f === t) push(hunks, { lo: l, hi: h, from: f, to: t });
  else if ((h - l) * (t - f) > MOST_CELLS) return false;
  else {
    for (const { buffer1, buffer2 } of diffIndices(a.slice(l, h), b.slice(f, t))) {
      push(hunks, { lo: l + buffer1[0], hi: l + buffer1[0] + buffer1[1], from: f + buffer2[0], to: f + buffer2[0] + buffer2[1] });
    }
  }
  return true;
};

const alignNumbers = (a: Numbers, b: Numbers, size: number): Hunk[] | null => {
  const frame = anchors(a, b, size);
  if (frame === null) return null;
  const hunks: Hunk[] = [];
  let [lo, from] = [0, 0];
  for (const pair of [...frame, { a: a.length, b: b.length }]) {
    if (!alignStretch(a, b, [lo, pair.a, from, pair.b], hunks)) return null;
    [lo, from] = [pair.a + 1, pair.b + 1];
  }
  return hunks;
};

/** Lists of one length that differ in at most this share of their places were edited in place: they need no search. */
const MOST_EDITED = 0.2;

/** The stretches in which two lists of one length differ, or null when that is not the way they were edited. */
const editedStretches = (base: JsonArray, side: JsonArray, lo: number, hi: number): Hunk[] | null => {
  const stretches: Hunk[] = [];
  let left = Math.floor((hi - lo) * MOST_EDITED);
  for (let i = lo; i < hi; i++) {
    if (same(base[i], side[i])) continue;
    left -= 1;
    if (left < 0) return null;
    push(stretches, { lo: i, hi: i + 1, from: i, to: i + 1 });
  }
  return stretches;
};

/** The hunks within one stretch, its items compared with each other. */
const search = (base: JsonArray, side: JsonArray, { lo, hi, from, to }: Hunk): Hunk[] | null => {
  if (hi - lo <= 1 && to - from <= 1) return [{ lo, hi, from, to }];
  const interner = new Interner();
  const [a, b] = [base.slice(lo, hi).map((item) => interner.number(item)), side.slice(from, to).map((item) => interner.number(item))];
  return alignNumbers(a, b, interner.size)?.map((hunk) => ({ lo: hunk.lo + lo, hi: hunk.hi + lo, from: hunk.from + from, to: hunk.to + from })) ?? null;
};

/** What one side changed in a list, in order, or null when the two cannot be aligned within reason. */
export const align = (base: JsonArray, side: JsonArray): readonly Hunk[] | null => {
  const most = Math.min(base.length, side.length);
  let start = 0;
  while (start < most && same(base[start], side[start])) start += 1;
  let end = 0;
  while (end < most - start && same(base[base.length - 1 - end], side[side.length - 1 - end])) end += 1;
  const [hi, to] = [base.length - end, side.length - end];
  if (start === hi && start === to) return [];
  if (start === hi || start === to) return [{ lo: start, hi, from: start, to }];
  const stretches = hi === to ? editedStretches(base, side, start, hi) : null;
  if (!stretches) return search(base, side, { lo: start, hi, from: start, to });
  const hunks = stretches.map((stretch) => search(base, side, stretch));
  return hunks.includes(null) ? null : (hunks as Hunk[][]).flat();
};
