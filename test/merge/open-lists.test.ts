/** Lists with open ranges: what was merged beside these is settled, and stays so over whatever comes before somebody decides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolve, takeAll, withOpenPlaces, type Choice, type Choices, type Outcome } from '../../src/merge/index';
import { LONG, mergeOf, RUNS } from './documents';

type Edit = { readonly at: number; readonly act: 'insert' | 'remove' | 'replace' };
type List = readonly string[];

const edits = fc.array(fc.record({ at: fc.nat(9), act: fc.constantFrom<Edit['act']>('insert', 'insert', 'remove', 'replace') }), { maxLength: 5 });
const choice = fc.constantFrom<Choice>({ take: 'mine' }, { take: 'theirs' }, { take: 'base' }, { take: 'both', first: 'mine' }, { take: 'both', first: 'theirs' });

/** The list as somebody edits it; what is new has a name that nothing else has. */
const edited = (list: List, made: readonly Edit[], name: string): List =>
  made.reduce<string[]>(
    (items, { at, act }, i) => {
      if (act === 'insert') items.splice(at % (items.length + 1), 0, `${name}${i}`);
      else if (items.length > 0) items.splice(at % items.length, 1, ...(act === 'remove' ? [] : [`${name}${i}`]));
      return items;
    },
    [...list],
  );

const base: List = ['a', 'b', 'c', 'd', 'e'];
const open = fc.tuple(edits, edits, fc.array(choice, { minLength: 1, maxLength: 4 })).map(([a, b, choices]) => {
  const [mine, theirs] = [edited(base, a, 'm'), edited(base, b, 't')];
  const first = mergeOf(base, mine, theirs);
  return { mine, theirs, first, chosen: new Map(first.conflicts.map(({ id }, i) => [id, choices[i % choices.length] as Choice])), overlay: withOpenPlaces(theirs, base, first.conflicts) as List, own: resolve(first, takeAll(first, new Map(), 'mine')).value as List };
});

const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void => it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);
const ids = ({ conflicts }: Outcome): string[] => conflicts.map(({ id }) => id);
const decided = (outcome: Outcome, choices: Choices): List => resolve(outcome, choices).value as List;
const itemsIn = ({ conflicts }: Outcome): List => conflicts.flatMap((one) => [one.base, one.mine, one.theirs].flatMap((side) => side as List));
const twice = (list: List): string[] => list.filter((item, i) => list.indexOf(item) !== i);

describe('a list with open ranges', () => {
  law('merged again asks for all that nobody has chosen, and mine is what mine was', open, ({ theirs, first, chosen, overlay, own }) => {
    const again = mergeOf(overlay, own, theirs);
    const [asked, before] = [itemsIn(again), itemsIn(first)];
    expect([before.filter((item) => !asked.includes(item)), decided(again, takeAll(again, new Map(), 'mine'))]).toEqual([[], own]);
    // A range that lost what stood between it and a change of mine has that in it, too. All others are the same questions.
    if (asked.length > before.length || again.conflicts.length < first.conflicts.length) return;
    expect([ids(again), decided(again, chosen)]).toEqual([ids(first), decided(first, chosen)]);
  });

  law('is settled beside them: over it, theirs has changed just what is asked about', open, ({ theirs, first, overlay }) => {
    const asked = first.conflicts.flatMap(({ base: before, theirs: after }) => [...(before as List), ...(after as List)]);
    expect([...overlay.filter((item) => !theirs.includes(item)), ...theirs.filter((item) => !overlay.includes(item))].filter((item) => !asked.includes(item))).toEqual([]);
  });

  law('has no item twice, and lacks none but by an answer, whatever both do before it is given', fc.tuple(open, edits, edits, choice), ([{ theirs, overlay, own }, more, newer, answer]) => {
    const [mine, head] = [edited(own, more, 'n'), edited(theirs, newer, 'h')];
    const next = mergeOf(overlay, mine, head);
    const result = decided(next, new Map(next.conflicts.map(({ id }) => [id, answer])));
    const asked = itemsIn(next);
    const kept = [...mine.filter((item) => head.includes(item) || !overlay.includes(item)), ...head.filter((item) => mine.includes(item) || !overlay.includes(item))];
    expect([twice(result), kept.filter((item) => !result.includes(item) && !asked.includes(item)), result.filter((item) => !mine.includes(item) && !head.includes(item) && !asked.includes(item))]).toEqual([[], [], []]);
  });
});
