/** The fidelity corpus (SYNC.md §5.2, C7), as far as a merge can see it: every text comes through unchanged or is refused by name. */
import { describe, expect, it } from 'vitest';
import { canonicalText, documentHash, mergeTexts, MOST_IN_PLACE, openMerge, readJson, writeBack, type JsonValue } from '../../src/merge/index';
import { digest } from './documents';
import { nested, values } from './fidelity-values';

/** Texts around the value, so that layout is part of the corpus. */
const layouts: readonly (readonly [string, (value: string) => string])[] = [
  ['compact', (value) => `{"kept":${value},"changed":1}`],
  ['with odd white space, CRLF and a byte order mark', (value) => `\uFEFF{\r\n\t"kept" :\t${value} ,\r\n\t"changed":1\r\n}\r\n`],
];

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 20)}… (${String(value.length)})` : JSON.stringify(value).slice(1, -1));

describe.each(layouts)('%s, each value', (_name, around) => {
  it.each(values.map((value) => [shown(value), value] as const))('%s stays to the byte while its neighbour is changed by theirs', (_title, value) => {
    const [mine, theirs] = [around(value), `{"changed":2,"kept":${value}}`];
    const answer = mergeTexts(mine, mine, theirs, {}, digest);
    expect(answer).toMatchObject({ status: 'merged', text: mine.replace('"changed":1', '"changed":2'), conflicts: [] });
  });
});

describe('each value', () => {
  it.each(values.map((value) => [shown(value), value] as const))('%s comes in from theirs as it is written there', (_title, value) => {
    const answer = mergeTexts('{"a":1}', '{"a":1}', `{"a":1,"new":[${value}]}`, {}, digest);
    if (answer.status === 'refused') throw new Error(answer.refusal.code);
    // Strings may be escaped otherwise; their value, and the spelling of every number, may not change.
    const read = readJson(answer.text);
    expect(read).toMatchObject({ ok: true });
    if (!/["\\]/.test(value)) expect(answer.text).toBe(`{"a":1,"new":[${value}]}`);
    expect(read.ok && canonicalText(read.value).text).toBe(canonicalOf(`{"a":1,"new":[${value}]}`));
  });

  it('stays to the byte, or to the value of its strings, in a text too long for edits in place', () => {
    const filler = 'x'.repeat(MOST_IN_PLACE);
    const around = (all: readonly string[], changed: number): string => `[${all.join(',')},${String(changed)},"${filler}"]`;
    const changed = (all: readonly string[]): string => {
      const text = around(all, 1);
      const reading = readJson(text);
      if (!reading.ok) throw new Error(reading.refusal.code);
      return writeBack(text, reading.value, [...(reading.value as readonly JsonValue[]).slice(0, -2), 2, filler]);
    };
    const plain = values.filter((value) => !/["\\]/.test(value));
    expect(changed(plain)).toBe(around(plain, 2));
    expect(canonicalOf(changed(values))).toBe(canonicalOf(around(values, 2)));
  });
});

const canonicalOf = (text: string): string => {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(reading.refusal.code);
  return canonicalText(reading.value).text;
};

describe('what is refused, on whichever side', () => {
  const refusals: readonly (readonly [string, string, string])[] = [
    ['a key twice', '{"a":1,"a":2}', 'duplicate-keys'],
    ['a key twice with one value', '{"a":1,"a":1}', 'duplicate-keys'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'duplicate-keys'],
    ['a key twice, deep inside', '[[{"x":{"a":1,"b":2,"a":3}}]]', 'duplicate-keys'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'duplicate-keys'],
    ['a key twice beside an exact number', '{"a":1.0,"a":1e400}', 'duplicate-keys'],
    ['501 levels', nested(501), 'too-deep'],
    ['100,000 levels', nested(100_000), 'too-deep'],
    ['nothing', '', 'not-json'],
    ['white space only', ' \n', 'not-json'],
    ['a byte order mark only', '\uFEFF', 'not-json'],
    ['two byte order marks', '\uFEFF\uFEFF{}', 'not-json'],
    ['a comment', '{"a":1} // x', 'not-json'],
    ['a trailing comma', '{"a":1,}', 'not-json'],
    ['single quotes', "{'a':1}", 'not-json'],
    ['NaN', '{"a":NaN}', 'not-json'],
    ['a leading zero', '{"a":01}', 'not-json'],
    ['a leading plus', '{"a":+1}', 'not-json'],
    ['a lonely point', '{"a":1.}', 'not-json'],
    ['half a document', '{"a":[1,2', 'not-json'],
    ['two documents', '{}{}', 'not-json'],
    ['HTML', '<!doctype html><title>502</title>', 'not-json'],
    ['a raw line break in a string', '{"a":"x\ny"}', 'not-json'],
    ['a bad escape', '{"a":"\\x41"}', 'not-json'],
  ];

  it.each(refusals)('%s', (_name, text, code) => {
    expect(mergeTexts('{}', text, '{}', {}, digest)).toMatchObject({ status: 'refused', refusal: { code, side: 'mine' } });
    expect(mergeTexts('{}', '{}', text, {}, digest)).toMatchObject({ status: 'refused', refusal: { code, side: 'theirs' } });
    expect(mergeTexts(text, '{}', '{}', {}, digest)).toMatchObject({ status: 'refused', refusal: { code, side: 'base' } });
    expect(openMerge(null, text, '{}', { digest })).toMatchObject({ code, side: 'mine' });
  });

  it('says where the text stops being JSON', () => {
    const at = (text: string): unknown => {
      const reading = readJson(text);
      return reading.ok ? null : reading.refusal;
    };
    expect(at('{\n  "a": 1,\n  "b": oops\n}')).toEqual({ code: 'not-json', offset: 19, line: 3, column: 8, cause: null });
    expect(at('\uFEFF{"a":1,}')).toEqual({ code: 'not-json', offset: 8, line: 1, column: 9, cause: 'trailing-comma' });
    expect(at('{"a":[1,2')).toEqual({ code: 'not-json', offset: 9, line: 1, column: 10, cause: null });
  });

  it('shows both values of a key that stands twice, and where', () => {
    const reading = readJson('{"list":[0,{"a":{"x":[1, 2]},"b":0,"a":"two"}]}');
    expect(reading).toEqual({ ok: false, refusal: { code: 'duplicate-keys', duplicates: [{ path: ['list', 1], key: 'a', values: ['{"x":[1, 2]}', '"two"'], offsets: [12, 35], lines: [1, 1] }] } });
  });
});

describe('the hash of a document', () => {
  it('exists for every value of the corpus, and differs where values differ', () => {
    const hashes = new Map<string, string>();
    for (const value of values) {
      const reading = readJson(value);
      if (!reading.ok) throw new Error(`${value}: ${reading.refusal.code}`);
      hashes.set(value, documentHash(reading.value, digest));
    }
    const equal = [['0', '-0', '0.0', '-0.0'], ['1.0', '1e0', '1E0'], ['1e3', '1E+3'], ['"\\ud83d\\ude00"', '"😀"'], ['"\\/"', '"/"'], ['"\\u007f"', '"\u007f"'], ['{"0":"a","1":"b"}', '{"1":"b","0":"a"}']];
    for (const group of equal) expect(new Set(group.map((value) => hashes.get(value))).size).toBe(1);
    expect(new Set(hashes.values()).size).toBe(values.length - equal.reduce((sum, group) => sum + group.length - 1, 0));
  });

  it('is the one RFC 8785 gives', () => {
    const value = readJson('{"numbers":[333333333.3333333,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}');
    expect(value.ok && canonicalText(value.value)).toEqual({
      flagged: false,
      text: '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    });
  });
});
