/** The laws of a merge that loses nothing (SYNC.md §2.7; the numbers are those of that list). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff, resolve, same, takeAll, valueAt, withOpenPlaces, type Choice, type Choices, type Conflict, type JsonValue, type Maybe, type Outcome, type Path } from '../../src/merge/index';
import { documents, frozen, LONG, mergeOf, quadruples, RUNS, triples, type Triple } from './documents';
import { areKeyed, equal, keysOf, leavesOf, lostChanges, mineWins, sameContent, contentOf } from './oracle';

const any = triples({ lists: true });
/** Objects and keyed arrays: here all laws hold in full. */
const named = triples({ lists: false });
const one = documents({ lists: true });

const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void =>
  it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);

const swapped = ({ base, mine, theirs }: Triple): Outcome => mergeOf(base, theirs, mine);
const clean = ({ conflicts }: Outcome): boolean => conflicts.length === 0;
const ids = ({ conflicts }: Outcome): string[] => conflicts.map(({ id }) => id).sort();

/** The places that a conflict covers. An order alone covers no value. */
const placeOf = (path: Path): string[] => {
  const end = path.findIndex((step) => typeof step === 'object' && 'list' in step);
  return (end === -1 ? path : path.slice(0, end)).map((step) => (typeof step === 'string' ? step : `#${JSON.stringify((step as { idValue: JsonValue }).idValue)}`));
};
const namedBy = (conflicts: readonly Conflict[]): ((path: readonly string[]) => boolean) => {
  const places = conflicts.filter(({ kind }) => kind !== 'order').map(({ path }) => placeOf(path));
  return (path) => places.some((place) => place.every((step, i) => step === path[i]));
};

const arraysIn = (value: Maybe): (readonly JsonValue[])[] => {
  if (Array.isArray(value)) return [value, ...value.flatMap((item: JsonValue) => arraysIn(item))];
  return typeof value === 'object' && value !== null ? Object.values(value as { [key: string]: JsonValue }).flatMap(arraysIn) : [];
};

describe('a merge', () => {
  law('1 of a change with the base is the change', fc.tuple(one, one), ([base, changed]) => {
    const outcome = mergeOf(base, changed, base);
    expect([equal(outcome.value, changed), clean(outcome)]).toEqual([true, true]);
  });

  law('2 of the base with a change is the change', fc.tuple(one, one), ([base, changed]) => {
    const outcome = mergeOf(base, base, changed);
    expect([equal(outcome.value, changed), clean(outcome)]).toEqual([true, true]);
  });

  law('3 of one change made twice is the change', fc.tuple(one, one), ([base, changed]) => {
    const outcome = mergeOf(base, changed, structuredClone(changed));
    expect([equal(outcome.value, changed), clean(outcome)]).toEqual([true, true]);
  });

  law('4 names its conflicts alike on both devices', any, (triple) => {
    expect(ids(mergeOf(triple.base, triple.mine, triple.theirs))).toEqual(ids(swapped(triple)));
  });

  law('5 gives both devices one document when nothing conflicts', any, (triple) => {
    const outcome = mergeOf(triple.base, triple.mine, triple.theirs);
    if (clean(outcome)) expect(equal(outcome.value, swapped(triple).value)).toBe(true);
  });

  law('6 is what remains when theirs has become the base', any, ({ base, mine, theirs }) => {
    const { value } = mergeOf(base, mine, theirs);
    const again = mergeOf(theirs, value, theirs);
    expect([equal(again.value, value), clean(again)]).toEqual([true, true]);
  });

  law('7 of objects and keyed arrays is the same when it meets theirs again over the old base', named, ({ base, mine, theirs }) => {
    const outcome = mergeOf(base, mine, theirs);
    if (!clean(outcome)) return;
    const again = mergeOf(base, outcome.value, theirs);
    expect([equal(again.value, outcome.value), clean(again)]).toEqual([true, true]);
  });

  law('8 of three devices has one content, whoever merges first', quadruples({ lists: false }), ({ base, mine, theirs, third }) => {
    const [left, right] = [mergeOf(base, mine, theirs), mergeOf(base, theirs, third)];
    const [a, b] = [mergeOf(base, left.value, third), mergeOf(base, mine, right.value)];
    if ([left, right, a, b].every(clean)) expect(sameContent(a.value, b.value)).toBe(true);
  });

  law('9 shows every change of both sides, or names it in a conflict', any, ({ base, mine, theirs }) => {
    const outcome = mergeOf(base, mine, theirs);
    const names = namedBy(outcome.conflicts);
    expect(lostChanges([], { base, side: mine, other: theirs, result: outcome.value }, names)).toEqual([]);
    expect(lostChanges([], { base, side: theirs, other: mine, result: outcome.value }, names)).toEqual([]);
  });

  law('10 invents no value and no key', any, ({ base, mine, theirs }) => {
    const { value } = mergeOf(base, mine, theirs);
    const [leaves, keys] = [new Set([base, mine, theirs].flatMap((side) => leavesOf(side))), new Set([base, mine, theirs].flatMap((side) => keysOf(side)))];
    expect(leavesOf(value).filter((leaf) => !leaves.has(leaf))).toEqual([]);
    expect(keysOf(value).filter((key) => !keys.has(key))).toEqual([]);
  });

  law('11 never gives two elements one identity', named, ({ base, mine, theirs }) => {
    const { value } = mergeOf(base, mine, theirs);
    const withIds = arraysIn(value).filter((array) => array.some((item) => typeof item === 'object' && item !== null && 'id' in item));
    expect(withIds.every((array) => areKeyed(array))).toBe(true);
  });

  law('13 changes none of its inputs, nor what all objects share', any, ({ base, mine, theirs }) => {
    const before = structuredClone({ base, mine, theirs });
    const shared = Object.getOwnPropertyNames(Object.prototype);
    mergeOf(frozen(base), frozen(mine), frozen(theirs), { changes: true });
    expect([equal(before.base, base), equal(before.mine, mine), equal(before.theirs, theirs)]).toEqual([true, true, true]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(shared);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('mine for all', () => {
  law('14 is mine with the clean changes of theirs', named, ({ base, mine, theirs }) => {
    const outcome = mergeOf(base, mine, theirs);
    const { value, open } = resolve(outcome, takeAll(outcome, new Map(), 'mine'));
    const wanted = mineWins(base, mine, theirs);
    expect([contentOf(value), open]).toEqual([wanted.value, []]);
    expect(outcome.conflicts.some(({ kind }) => kind !== 'order')).toBe(wanted.conflict);
  });

  law('14 has every item that mine added to a list', any, ({ base, mine, theirs }) => {
    const outcome = mergeOf(base, mine, theirs);
    const { value } = resolve(outcome, takeAll(outcome, new Map(), 'mine'));
    expect(lostChanges([], { base, side: mine, other: theirs, result: value }, () => false)).toEqual([]);
  });

  law('14 and theirs for all mirror each other', any, ({ base, mine, theirs }) => {
    const [here, there] = [mergeOf(base, mine, theirs), mergeOf(base, theirs, mine)];
    const [mineHere, theirsThere] = [resolve(here, takeAll(here, new Map(), 'mine')), resolve(there, takeAll(there, new Map(), 'theirs'))];
    expect(equal(mineHere.value, theirsThere.value)).toBe(true);
  });
});

const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.constantFrom<Choice>({ take: 'mine' }, { take: 'theirs' }, { take: 'base' }, { take: 'both', first: 'mine' }, { take: 'both', first: 'theirs' }),
  fc.constant<Choice>({ take: 'edited', value: 'edited' }),
);

describe('choices', () => {
  law('15 give one document in whatever order they are made', fc.tuple(any, fc.array(choice, { minLength: 1, maxLength: 12 }), fc.nat()), ([{ base, mine, theirs }, all, turn]) => {
    const outcome = mergeOf(base, mine, theirs, { changes: true });
    const made = [...outcome.conflicts, ...outcome.changes].map(({ id }, i) => [id, all[i % all.length] as Choice] as const);
    const turned = made.map((_, i) => made[(i + turn) % made.length] as (typeof made)[number]);
    const [a, b] = [resolve(outcome, new Map(made)), resolve(outcome, new Map(turned.reverse()))];
    expect([same(a.value, b.value), a.open, b.open]).toEqual([true, [], []]);
  });

  law('15 that are taken back one by one lead back to the beginning', fc.tuple(any, fc.array(choice, { minLength: 1, maxLength: 12 })), ([{ base, mine, theirs }, all]) => {
    const outcome = mergeOf(base, mine, theirs);
    const states: Choices[] = [new Map()];
    outcome.conflicts.forEach(({ id }, i) => states.push(new Map([...(states.at(-1) ?? []), [id, all[i % all.length] as Choice]])));
    const there = states.map((state) => resolve(outcome, state).value);
    const back = states.toReversed().map((state) => resolve(outcome, state).value);
    expect(back.toReversed()).toEqual(there);
    expect(equal(there[0], outcome.value)).toBe(true);
  });
});

describe('recorded changes', () => {
  law('do not alter the result', any, ({ base, mine, theirs }) => {
    const [plain, recorded] = [mergeOf(base, mine, theirs), mergeOf(base, mine, theirs, { changes: true })];
    expect([equal(plain.value, recorded.value), ids(recorded)]).toEqual([true, ids(plain)]);
  });

  law('all undone, with the base at every conflict, give the base', named, ({ base, mine, theirs }) => {
    const outcome = mergeOf(base, mine, theirs, { changes: true });
    const undone = new Map([...outcome.conflicts, ...outcome.changes].map(({ id }) => [id, { take: 'base' } as const]));
    expect(equal(resolve(outcome, undone).value, base)).toBe(true);
  });

  law('of lists all undone give the base, too', any, ({ base, mine, theirs }) => {
    const outcome = mergeOf(base, mine, theirs, { changes: true });
    const undone = new Map([...outcome.conflicts, ...outcome.changes].map(({ id }) => [id, { take: 'base' } as const]));
    expect(equal(resolve(outcome, undone).value, base)).toBe(true);
  });

  law('exist exactly where two states differ', fc.tuple(one, any), ([other, { base, mine }]) => {
    expect(diff(base, structuredClone(base))).toEqual([]);
    expect(diff(base, mine).length > 0).toBe(!equal(base, mine));
    expect(diff(base, other).length > 0).toBe(!equal(base, other));
  });
});

describe('while conflicts are open', () => {
  law('a merge over the new head asks again for what nobody has chosen', named, ({ base, mine, theirs }) => {
    const first = mergeOf(base, mine, theirs);
    const chosen = resolve(first, takeAll(first, new Map(), 'mine')).value;
    const next = mergeOf(withOpenPlaces(theirs, base, first.conflicts), chosen, theirs);
    const again = new Set(next.conflicts.map(({ path }) => JSON.stringify(path)));
    const values = first.conflicts.filter(({ kind }) => kind !== 'order');
    expect(values.filter(({ path }) => !again.has(JSON.stringify(path)))).toEqual([]);
  });

  const ordersOf = ({ conflicts }: Outcome): Conflict[] => conflicts.filter(({ kind }) => kind === 'order');

  law('an order that nobody has chosen is the same question over the new head, whatever was added beside it', named, ({ base, mine, theirs }) => {
    const first = mergeOf(base, mine, theirs);
    const own = resolve(first, takeAll(first, new Map(), 'mine')).value;
    const next = mergeOf(withOpenPlaces(theirs, base, first.conflicts), own, theirs);
    expect(ordersOf(first).filter(({ id }) => !ids(next).includes(id))).toEqual([]);
  });

  law('an order stays the same question while values beside it are decided, and nothing else is asked that was not', named, ({ base, mine, theirs }) => {
    const first = mergeOf(base, mine, theirs);
    const orders = ordersOf(first);
    // An answer that brings an item back, or makes one of two, has the list's order to do with.
    if (first.conflicts.some(({ kind }) => ['delete/edit', 'edit/delete', 'duplicate-id'].includes(kind))) return;
    for (const take of ['mine', 'theirs'] as const) {
      const choices = new Map([...takeAll(first, new Map(), take), ...orders.map(({ id }) => [id, { take: 'mine' }] as const)]);
      const next = mergeOf(withOpenPlaces(theirs, base, orders), resolve(first, choices).value, theirs);
      const asked = orders.map(({ id }) => id);
      expect([asked.filter((id) => !ids(next).includes(id)), ids(next).filter((id) => !ids(first).includes(id))]).toEqual([[], []]);
    }
  });

  law('of two that have no ancestor, a merge over the new head is the same document with the same questions', any, ({ mine, theirs }) => {
    const first = mergeOf(undefined, mine, theirs);
    const next = mergeOf(withOpenPlaces(theirs, undefined, first.conflicts), first.value, theirs);
    expect([equal(next.value, first.value), ids(next), next.conflicts.map(({ kind }) => kind)]).toEqual([true, ids(first), first.conflicts.map(({ kind }) => kind)]);
  });

  law('of two that have no ancestor, all of theirs is common from then on but the open places', any, ({ mine, theirs }) => {
    const { conflicts } = mergeOf(undefined, mine, theirs);
    const base = withOpenPlaces(theirs, undefined, conflicts);
    expect(lostChanges([], { base: undefined, side: theirs, other: theirs, result: base }, namedBy(conflicts))).toEqual([]);
    expect(conflicts.filter(({ path }) => valueAt(base, path) !== undefined)).toEqual([]);
  });
});
