import { canonicalText, isArray, isObject, type JsonValue, type Maybe } from '../../merge';

/** Lists that may have been objects, numbered in the order of the walk. */
type Kin = number[];

/** A place of the document, whatever the item: items of one list are made alike. By what leads on from it. */
type Place = { readonly within: Map<string, Place>; readonly empty: Kin; readonly full: Kin };
const newPlace = (): Place => ({ within: new Map(), empty: [], full: [] });

/** What leads from a list to its items; no key has this name. */
const ITEM = '*';

/** The lists by their places, in the order in which the walk first comes to them. */
const placesIn = (value: JsonValue): readonly Place[] => {
  const places: Place[] = [];
  let count = 0;
  const inside = (place: Place, step: string): Place => {
    const known = place.within.get(step);
    if (known !== undefined) return known;
    const fresh = newPlace();
    place.within.set(step, fresh);
    places.push(fresh);
    return fresh;
  };
  const walk = (inner: JsonValue, place: Place): void => {
    if (isArray(inner)) {
      (inner.length === 0 ? place.empty : place.full).push(count);
      count += 1;
      for (const item of inner) walk(item, inside(place, ITEM));
    } else if (isObject(inner)) for (const [key, member] of Object.entries(inner)) if (isArray(member) || isObject(member)) walk(member, inside(place, `/${key}`));
  };
  const root = newPlace();
  places.push(root);
  walk(value, root);
  return places;
};

/** The value with objects for these of its lists. Parts without any are shared. */
const withObjects = (value: JsonValue, chosen: ReadonlySet<number>): JsonValue => {
  let next = 0;
  const walk = (inner: JsonValue): JsonValue => {
    if (isArray(inner)) {
      const n = next;
      next += 1;
      const items = inner.map(walk);
      if (chosen.has(n)) return Object.fromEntries(items.map((item, index) => [String(index), item]));
      return items.some((item, index) => item !== inner[index]) ? items : inner;
    }
    if (!isObject(inner)) return inner;
    let same = true;
    const members = Object.entries(inner).map(([key, member]) => {
      const made = walk(member);
      same &&= made === member;
      return [key, made] as const;
    });
    // As entries, so that a key of any name is a key of its own.
    return same ? inner : Object.fromEntries(members);
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

/** What is one decision: the lists of one place, then each list, if that is more. */
function* decisions(kin: readonly Kin[]): Generator<readonly Kin[]> {
  yield* combinations(kin);
  if (kin.some((one) => one.length > 1)) yield* combinations(kin.flat().map((one) => [one]));
}

/** What all tries together may read, in characters; of a longer document, one reading. */
const MOST_READ = 8_000_000;
/** Keys that count up make the canonical form of an object slow. */
const SLOWER = 4;

/**
 * The document that a host made lists in, with its objects again: the one whose digest begins so. Lists that stand at the
 * same place of several items count as one at first, then each by itself. Undefined where a bounded search finds none. The
 * value itself, of about `length` characters, is not it: whoever asks has looked.
 */
export const unfolded = (value: JsonValue, length: number, digest: (canonical: string) => string, exact: string): Maybe => {
  const places = placesIn(value);
  const of = (kind: 'empty' | 'full'): readonly Kin[] => places.map((place) => place[kind]).filter((kin) => kin.length > 0);
  const [empty, full] = [of('empty'), of('full')];
  let left = Math.max(MOST_READ, length);
  const rounds = [
    { kin: empty, cost: length },
    { kin: full.length === 0 ? [] : [...empty, ...full], cost: length * SLOWER },
  ];
  for (const { kin, cost } of rounds) {
    for (const chosen of decisions(kin)) {
      left -= cost;
      if (left < 0) return undefined;
      const one = withObjects(value, new Set(chosen.flat()));
      if (digest(canonicalText(one).text).startsWith(exact)) return one;
    }
  }
  return undefined;
};
