/** Forms put together from items are those of `canonicalText`: conflicts of long lists are named by them on every device. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/merge/canonical';
import { itemText } from '../../src/merge/canonical-items';
import { readJson, type JsonValue } from '../../src/merge/index';
import { canonicalList, newNumbering } from '../../src/merge/intern';
import { documents, LONG, mergeOf, RUNS } from './documents';
import { values } from './fidelity-values';

const expected = (value: JsonValue): string | null => {
  const { text, flagged } = canonicalText(value);
  return flagged ? null : text;
};
const any = fc.oneof(documents({ lists: true }), fc.jsonValue().map((value) => value as JsonValue));

describe('the form of an item', () => {
  const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void => it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);

  law('is the canonical one', any, (value) => {
    expect(itemText(value, new Map())).toBe(expected(value));
  });

  law('is the canonical one when many of like shapes are written', fc.array(any, { maxLength: 20 }), (list) => {
    expect(canonicalList(newNumbering(), list)).toBe(expected(list));
  });

  it('is that of the fidelity corpus, or none where a number has to keep its spelling', () => {
    for (const text of values) {
      const read = readJson(text);
      if (!read.ok) continue;
      const form = itemText(read.value, new Map());
      if (form !== null) expect(form).toBe(expected(read.value));
      else expect(expected(read.value) === null || JSON.stringify(JSON.parse(text)) !== text, text).toBe(true);
    }
  });
});

const many = (count: number): JsonValue[] => Array.from({ length: count }, (_, n) => ({ title: `item ${String(n)}`, tags: ['a', `b${String(n % 7)}`] }));
const turned = (list: readonly JsonValue[], step: number): JsonValue[] => list.map((_, n) => list[(n * step) % list.length] as JsonValue);

describe('a long list in two other orders', () => {
  const base = many(1009);
  const [mine, theirs] = [turned(base, 601), turned(base, 377)];

  it('is one question, with one name on both devices', () => {
    const [here, there] = [mergeOf(base, mine, theirs), mergeOf(base, theirs, mine)];
    expect(here.conflicts).toMatchObject([{ kind: 'list', base, mine, theirs }]);
    expect(here.conflicts[0]?.id).toBe(there.conflicts[0]?.id);
    expect(here.conflicts[0]?.id).toBe('3cbff254465e0165e7e60343ee71612467e8ffc7a2dbc6bd9815dd0a824cd391');
  });

  it('has another name when one item is another', () => {
    const other = [...theirs.slice(1), { title: 'other' }];
    expect(mergeOf(base, mine, other).conflicts[0]?.id).not.toBe(mergeOf(base, mine, theirs).conflicts[0]?.id);
  });
});
