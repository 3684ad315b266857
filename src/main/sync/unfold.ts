import { canonicalText, isArray, isObject, type JsonValue, type Maybe } from '../../merge';

/** A list that may have been an object, numbered in the order of the walk. */
type Candidate = { readonly n: number; readonly empty: boolean; /** Its path, whatever the item: items of one list are made alike. */ readonly kin: string };

const candidatesIn = (value: JsonValue): readonly Candidate[] => {
  const found: Candidate[] = [];
  const walk = (inner: JsonValue, path: string): void => {
    if (isArray(inner)) {
      found.push({ n: found.length, empty: inner.length === 0, kin: `${path}${inner.length === 0 ? '' : ' with items'}` });
      for (const item of inner) walk(item, `${path}/*`);
    } else if (isObject(inner)) for (const [key, member] of Object.entries(inner)) walk(member, `${path}/${key}`);
  };
  walk(value, '');
  return found;
};

/** Those of one place together. */
const kinOf = (candidates: readonly Candidate[]): (readonly Candidate[])[] => {
  const kin = new Map<string, Candidate[]>();
  for (const one of candidates) kin.set(one.kin, [...(kin.get(one.kin) ?? []), one]);
  return [...kin.values()];
};
/** What is one decision: the lists of one place, then each list, if that is more. */
const unitsOf = (candidates: readonly Candidate[]): readonly (readonly (readonly Candidate[])[])[] => {
  const kin = kinOf(candidates);
  return kin.length === candidates.length ? [kin] : [kin, candidates.map((one) => [one])];
};

/** The value with objects for these of its lists. */
const withObjects = (value: JsonValue, chosen: ReadonlySet<number>): JsonValue => {
  let next = 0;
  const walk = (inner: JsonValue): JsonValue => {
    if (isArray(inner)) {
      const n = next;
      next += 1;
      const items = inner.map(walk);
      return chosen.has(n) ? Object.fromEntries(items.map((item, index) => [String(index), item])) : items;
    }
    // As entries, so that a key of any name is a key of its own.
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).map(([key, member]) => [key, walk(member)])) : inner;
  };
  return walk(value);
};

/** Up to so many units every combination of them is tried. */
const MOST_COMBINED = 12;

/** Combinations of units, the likeliest first. */
function* combinations<T>(units: readonly T[]): Generator<readonly T[]> {
  if (units.length === 0) return;
  yield units;
  for (const one of units) yield [one];
  for (const left of units) yield units.filter((one) => one !== left);
  if (units.length > MOST_COMBINED) {
    for (const [i, a] of units.entries()) for (const b of units.slice(i + 1)) yield [a, b];
    return;
  }
  for (let mask = 3; mask < 2 ** units.length - 1; mask += 1) yield units.filter((_, i) => (mask & (1 << i)) !== 0);
}

/** What all tries together may read, in characters. */
const MOST_READ = 8_000_000;
/** Keys that count up make the canonical form of an object slow. */
const SLOWER = 4;
/** So many are made of a document of any size. */
const FEWEST_TRIES = 6;

/**
 * The document that a host made lists in, with its objects again: the one whose digest begins so. Lists that stand at the
 * same place of several items count as one at first, then each by itself. Undefined where a bounded search finds none.
 */
export const unfolded = (value: JsonValue, digest: (canonical: string) => string, exact: string): Maybe => {
  const isIt = (one: JsonValue): boolean => digest(canonicalText(one).text).startsWith(exact);
  if (isIt(value)) return value;
  const candidates = candidatesIn(value);
  const empty = candidates.filter((one) => one.empty);
  const length = canonicalText(value).text.length;
  let [tries, read] = [0, 0];
  for (const units of [...unitsOf(empty), ...unitsOf(candidates)]) {
    for (const some of combinations(units)) {
      const chosen = some.flat();
      read += length * (chosen.every((one) => one.empty) ? 1 : SLOWER);
      if (read > MOST_READ && tries >= FEWEST_TRIES) return undefined;
      tries += 1;
      const one = withObjects(value, new Set(chosen.map(({ n }) => n)));
      if (isIt(one)) return one;
    }
  }
  return undefined;
};
