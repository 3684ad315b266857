/** No item of a list that both sides still have is lost (SYNC.md §2.7, 9), and none that was only moved stands twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolve, type Choice, type JsonValue, type Outcome } from '../../src/merge/index';
import { LONG, mergeOf, RUNS } from './documents';

type Items = readonly JsonValue[];
type Lists = { readonly base: Items; readonly mine: Items; readonly theirs: Items };

/** One edit: at which item, to where, with which value. */
type Edit = { readonly what: 'move' | 'insert' | 'delete' | 'replace'; readonly at: number; readonly to: number; readonly value: JsonValue };

const edit = (items: Items, { what, at, to, value }: Edit): Items => {
  const result = [...items];
  const taken = what === 'insert' || result.length === 0 ? [] : result.splice(at % result.length, 1);
  if (what === 'replace') result.splice(at % (result.length + 1), 0, value);
  else if (what !== 'delete') result.splice(to % (result.length + 1), 0, ...(what === 'move' ? taken : [value]));
  return result;
};

const listsOf = (item: fc.Arbitrary<JsonValue>, base: fc.Arbitrary<Items>, fresh: (value: JsonValue, side: string, i: number) => JsonValue): fc.Arbitrary<Lists> => {
  const edits = fc.array(fc.record({ what: fc.constantFrom<Edit['what']>('move', 'move', 'insert', 'delete', 'replace'), at: fc.nat(20), to: fc.nat(20), value: item }), { maxLength: 6 });
  return fc.tuple(base, edits, edits).map(([list, a, b]) => ({
    base: list,
    mine: a.reduce<Items>((items, one, i) => edit(items, { ...one, value: fresh(one.value, 'mine', i) }), list),
    theirs: b.reduce<Items>((items, one, i) => edit(items, { ...one, value: fresh(one.value, 'theirs', i) }), list),
  }));
};

const few = fc.constantFrom<JsonValue>('a', 'b', 'c', 'd', 1, null, ['a'], { a: 1 });
/** Lists in which items stand several times; now and then three that have nothing to do with each other. */
const repeated = fc.oneof(
  { weight: 4, arbitrary: listsOf(few, fc.array(few, { maxLength: 12 }), (value) => value) },
  { weight: 1, arbitrary: fc.record({ base: fc.array(few, { maxLength: 8 }), mine: fc.array(few, { maxLength: 8 }), theirs: fc.array(few, { maxLength: 8 }) }) },
);
/** Lists in which no item stands twice. */
const distinct = listsOf(fc.constant(null), fc.nat(12).map((size) => Array.from({ length: size }, (_, i) => i)), (_value, side, i) => `${side} ${i}`);

const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void => it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);

const counted = (value: unknown): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of value as Items) counts.set(JSON.stringify(item), (counts.get(JSON.stringify(item)) ?? 0) + 1);
  return counts;
};

/** The items of which the result has fewer than all of these lists have. A number or null that each side replaced at another place is none. */
const missing = (result: unknown, ...lists: readonly Items[]): string[] => {
  const [found, ...sides] = [counted(result), ...lists.map(counted)];
  return [...(sides[0]?.keys() ?? [])].filter((item) => /^["[{]/.test(item) && (found?.get(item) ?? 0) < Math.min(...sides.map((side) => side.get(item) ?? 0)));
};

const chosen = (outcome: Outcome, choices: readonly Choice[]): unknown => resolve(outcome, new Map(outcome.conflicts.map(({ id }, i) => [id, choices[i % choices.length] as Choice]))).value;
const MINE: Choice = { take: 'mine' };
const THEIRS: Choice = { take: 'theirs' };
const BOTH: Choice = { take: 'both', first: 'theirs' };
const sides = fc.array(fc.constantFrom(MINE, THEIRS, BOTH), { minLength: 1, maxLength: 6 });
const all = fc.array(fc.constantFrom<Choice>(MINE, THEIRS, BOTH, { take: 'base' }), { minLength: 1, maxLength: 6 });

describe('of the items of a list', () => {
  law('none that both sides have is lost while nobody has decided', repeated, ({ base, mine, theirs }) => {
    expect(missing(mergeOf(base, mine, theirs).value, mine, theirs)).toEqual([]);
  });

  law('none that both sides have is lost, whichever sides are chosen', fc.tuple(repeated, sides), ([{ base, mine, theirs }, choices]) => {
    expect(missing(chosen(mergeOf(base, mine, theirs), choices), mine, theirs)).toEqual([]);
  });

  law('none that all three have is lost, whatever is chosen', fc.tuple(repeated, all), ([{ base, mine, theirs }, choices]) => {
    expect(missing(chosen(mergeOf(base, mine, theirs), choices), base, mine, theirs)).toEqual([]);
  });

  law('none that was only moved is lost or stands twice when one change is undone and nothing conflicts', fc.tuple(distinct, fc.nat(20)), ([{ base, mine, theirs }, at]) => {
    const outcome = mergeOf(base, mine, theirs, { changes: true });
    const change = outcome.changes[at % Math.max(1, outcome.changes.length)];
    if (change === undefined || outcome.conflicts.length > 0) return;
    const { value } = resolve(outcome, new Map([[change.id, { take: 'base' }]]));
    expect([missing(value, base, mine, theirs), Math.max(0, ...counted(value).values()) <= 1]).toEqual([[], true]);
  });

  law('none stands twice that stands once on each side', fc.tuple(distinct, fc.array(fc.constantFrom(MINE, THEIRS), { minLength: 1, maxLength: 6 })), ([{ base, mine, theirs }, choices]) => {
    const outcome = mergeOf(base, mine, theirs);
    for (const value of [outcome.value, chosen(outcome, choices)]) expect([...counted(value)].filter(([, count]) => count > 1)).toEqual([]);
  });

  law('the conflicts have the same names on both devices', repeated, ({ base, mine, theirs }) => {
    const ids = ({ conflicts }: Outcome): string[] => conflicts.map(({ id }) => id).sort();
    const [here, there] = [mergeOf(base, mine, theirs), mergeOf(base, theirs, mine)];
    expect(ids(here)).toEqual(ids(there));
    if (here.conflicts.length === 0) expect(here.value).toEqual(there.value);
  });
});

it.each([
  [[0, 0, 0], [1, 0, 0], [0, 0, 2], [1, 0, 2]],
  [[255, 255, 255], [0, 255, 255], [255, 7, 255], [0, 7, 255]],
  [[false, null, false], [true, null, false], [false, null, true], [true, null, true]],
])('equal numbers, true, false and null are replaced at different places without a question: %j', (base, mine, theirs, both) => {
  expect(mergeOf(base, mine, theirs)).toMatchObject({ value: both, conflicts: [] });
});

it('an item moved through a list of ten thousand, to whose ends the other side adds, asks nothing', () => {
  const base = Array.from({ length: 10_000 }, (_, i) => `item ${i}`);
  const mine = [...base.slice(1, 5_000), base[0] as string, ...base.slice(5_000)];
  const { value, conflicts } = mergeOf(base, mine, ['head', ...base, 'tail']);
  expect(conflicts).toEqual([]);
  expect(value).toEqual(['head', ...mine, 'tail']);
});
