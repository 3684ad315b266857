import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalText } from './canonical-json';
import { memberOf, numbersSurvive, partsOf } from './json-text';

describe('JSON as it is written', () => {
  it('keeps the spelling of a member, however deep and odd', () => {
    const text = ' {"a" : 1.0 , "b":{"x":[1,"]}",{"q":"\\"}"}]},"a":9007199254740993,"c":"\\u00e9" }\n';
    expect(partsOf(text).map(({ key, raw }) => [key, raw])).toEqual([
      ['a', '1.0'],
      ['b', '{"x":[1,"]}",{"q":"\\"}"}]}'],
      ['a', '9007199254740993'],
      ['c', '"\\u00e9"'],
    ]);
    expect([memberOf(text, 'a'), memberOf(text, 'none')]).toEqual(['9007199254740993', null]);
    expect(partsOf('\ufeff[1, {"a":[]} ,"x"]').map(({ raw }) => raw)).toEqual(['1', '{"a":[]}', '"x"']);
    expect([partsOf('{}'), partsOf('[ ]'), partsOf('7'), partsOf('"{}"')]).toEqual([[], [], [], []]);
  });
  test('parts put together again are the value, for any value', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, indent) => {
        const value = JSON.parse(text) as unknown;
        const spread = JSON.stringify(value, null, indent);
        const parts = partsOf(spread);
        if (typeof value !== 'object' || value === null) expect(parts).toEqual([]);
        else expect(parts.map(({ key, raw }) => [key, JSON.parse(raw)])).toEqual(Array.isArray(value) ? value.map((item: unknown) => [null, item]) : Object.entries(value));
      }),
      { numRuns: 300 },
    );
  });
  it.each([
    ['{"a":9007199254740991,"b":[-12,0.1,1e3,1.50,-0,0.0,1E-7]}', true],
    ['"9007199254740993 1e400"', true],
    ['9007199254740993', false],
    ['[1,1e400]', false],
    ['{"a":0.1234567890123456789}', false],
    ['123456789012345678901234567890', false],
    ['100000000000000000000', true],
    ['0.30000000000000004', true],
  ])('knows whether the numbers of %s survive', (text, expected) => {
    expect(numbersSurvive(text)).toBe(expected);
  });
  it('says that every number JavaScript writes survives', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => numbersSurvive(JSON.stringify(value))));
  });
});

describe('the canonical form', () => {
  it('is blind to key order, blanks and the spelling of numbers, and to nothing else', () => {
    const form = (text: string): string | null => canonicalText(JSON.parse(text));
    expect(form('{"b":1.0,\n"a":[1e0, {}]}')).toBe(form('{"a":[1,{}],"b":1}'));
    expect(form('{"a":[2,1]}')).not.toBe(form('{"a":[1,2]}'));
    expect(form('{"a":null}')).not.toBe(form('{}'));
  });
  it('does not exist where a text holds half a character', () => {
    expect(canonicalText(JSON.parse('"\\ud800"'))).toBeNull();
  });
});
