import { diffIndices } from 'node-diff3';
import { newNumbering, numbersOf, type Numbering, type Numbers } from './intern';
import { same, type JsonArray } from './json';

/** Items [lo, hi) of the base that one side replaced by its own items [from, to). */
export type Hunk = { readonly lo: number; readonly hi: number; readonly from: number; readonly to: number };

/** Beyond this many cells a stretch without any anchor is not aligned: its result would be chance, and slow. */
export const MOST_CELLS = 4_000_000;

type Pair = { readonly a: number; readonly b: number };

/** With so many items found on both sides, and so few of them in one order, the list was shuffled: no alignment means anything. */
const MANY = 200;
const LEAST_IN_ORDER = 0.2;

/** Where each number stands in the list: -1 nowhere, -2 more than once. */
const places = (list: Numbers, size: number): Int32Array => {
  const at = new Int32Array(size).fill(-1);
  for (let i = 0; i < list.length; i++) {
    const n = list[i] as number;
    at[n] = at[n] === -1 ? i : -2;
  }
  return at;
};

/** The positions of items that occur once in each: a frame that no chance repetition can shift. Null for a shuffled list. */
const anchors = (a: Numbers, b: Numbers, size: number): Pair[] | null => {
  const [inA, inB] = [places(a, size), places(b, size)];
  const [left, right] = [new Int32Array(a.length), new Int32Array(a.length)];
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    const n = a[i] as number;
    const other = inB[n] as number;
    if (inA[n] !== i || other < 0) continue;
    left[count] = i;
    right[count] = other;
    count += 1;
  }
  const chain = longestRising(right.subarray(0, count));
  return count >= MANY && chain.length < count * LEAST_IN_ORDER ? null : Array.from(chain, (i) => ({ a: left[i] as number, b: right[i] as number }));
};

/** The places of the longest chain of values that rise. */
const longestRising = (values: Int32Array): Int32Array => {
  const tails = new Int32Array(values.length);
  const previous = new Int32Array(values.length);
  let length = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = i;
    if (low === length) length += 1;
  }
  const chain = new Int32Array(length);
  for (let i = length - 1, at = tails[length - 1] ?? -1; i >= 0; i--) {
    chain[i] = at;
    at = previous[at] as number;
  }
  return chain;
};

const push = (hunks: Hunk[], next: Hunk): void => {
  const last = hunks.at(-1);
  if (last && last.hi === next.lo && last.to === next.from) hunks[hunks.length - 1] = { lo: last.lo, hi: next.hi, from: last.from, to: next.to };
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
    for (const { buffer1, buffer2 } of diffIndices(Array.from(a.slice(l, h)), Array.from(b.slice(f, t)))) {
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
const search = (base: JsonArray, side: JsonArray, { lo, hi, from, to }: Hunk, numbering: Numbering = newNumbering()): Hunk[] | null => {
  if (hi - lo <= 1 && to - from <= 1) return [{ lo, hi, from, to }];
  const [a, b] = [numbersOf(numbering, base, lo, hi), numbersOf(numbering, side, from, to)];
  return alignNumbers(a, b, numbering.values.length)?.map((hunk) => ({ lo: hunk.lo + lo, hi: hunk.hi + lo, from: hunk.from + from, to: hunk.to + from })) ?? null;
};

/**
 * What one side changed in a list, in order, or null when the two cannot be aligned within reason. Whoever aligns several
 * sides with one base gives the same `numbering` for all: no item is then looked at twice.
 */
export const align = (base: JsonArray, side: JsonArray, numbering?: Numbering): readonly Hunk[] | null => {
  const most = Math.min(base.length, side.length);
  let start = 0;
  while (start < most && same(base[start], side[start])) start += 1;
  let end = 0;
  while (end < most - start && same(base[base.length - 1 - end], side[side.length - 1 - end])) end += 1;
  const [hi, to] = [base.length - end, side.length - end];
  if (start === hi && start === to) return [];
  if (start === hi || start === to) return [{ lo: start, hi, from: start, to }];
  const stretches = hi === to ? editedStretches(base, side, start, hi) : null;
  if (!stretches) return search(base, side, { lo: start, hi, from: start, to }, numbering);
  // Each short stretch has numbers of its own, so that its cost is by its length.
  const hunks = stretches.map((stretch) => search(base, side, stretch));
  return hunks.includes(null) ? null : (hunks as Hunk[][]).flat();
};
