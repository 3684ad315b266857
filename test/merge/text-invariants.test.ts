/** What a merge of texts promises about the text (SYNC.md §2.7, 11 and 12; §5.2, C6). */
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, documentHash, ExactNumber, formatOf, guard, mergeTexts, print, readJson, same, writeBack, type JsonValue } from '../../src/merge/index';
import { digest, documents, LONG, RUNS, triples } from './documents';
import { equal } from './oracle';

const law = <T>(title: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void =>
  it(title, () => void fc.assert(fc.property(arbitrary, holds), RUNS), LONG);

/** A number's spelling: what a JSON text may hold, seldom what JavaScript prints. */
const spelling = fc.oneof(
  fc.tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.constantFrom('', '.0', '.50', '.125'), fc.constantFrom('', 'e0', 'E+2', 'e-3', 'e400')).map((parts) => parts.join('')),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => JSON.stringify(n)),
);

/** How a text may be laid out: the same value in another look. */
const layout = fc.record({ indent: fc.constantFrom('', '  ', '    ', '\t'), eol: fc.constantFrom('\n', '\r\n'), bom: fc.boolean(), tail: fc.constantFrom('', '\n'), numbers: fc.array(spelling, { maxLength: 3 }) });
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

const written = (value: JsonValue, { indent, eol, bom, tail, numbers }: Layout): string => {
  const whole = numbers.length === 0 ? value : { value, numbers: numbers.map((_, i) => `\u0001${i}`) };
  const text = JSON.stringify(whole, null, indent).replaceAll(/"\\u0001(\d+)"/g, (_, i: string) => numbers[Number(i)] ?? '0');
  return (bom ? '\uFEFF' : '') + text.replaceAll('\n', eol) + tail;
};

const any = fc.tuple(triples({ lists: true }), layout, layout, layout);

const read = (text: string): JsonValue => {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(reading.refusal.code);
  return reading.value;
};

/** The numbers of a text as they are written, strings left out. */
const numbersIn = (text: string): string[] => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d[\d.eE+-]*/g) ?? [];

describe('a merge of texts', () => {
  law('11, 12 is JSON again, with no key twice, and every number as one of the three texts writes it', any, ([{ base, mine, theirs }, b, m, t]) => {
    const texts = [written(base, b), written(mine, m), written(theirs, t)] as const;
    const answer = mergeTexts(...texts, {}, digest);
    if (answer.status === 'refused') throw new Error(answer.refusal.code);
    expect(readJson(answer.text).ok).toBe(true);
    const known = new Set(texts.flatMap(numbersIn));
    expect(numbersIn(answer.text).filter((number) => !known.has(number))).toEqual([]);
  });

  law('12 with itself is itself, to the byte', any, ([{ base, mine }, b, m]) => {
    const text = written(mine, m);
    expect(mergeTexts(written(base, b), text, text, {}, digest)).toEqual({ status: 'merged', text, conflicts: [], notes: [] });
    expect(mergeTexts(text, text, text, {}, digest)).toMatchObject({ text });
  });

  law('12 with an unchanged theirs is mine to the byte', any, ([{ base, mine }, b, m]) => {
    const [text, old] = [written(mine, m), written(base, b)];
    expect(mergeTexts(old, text, old, {}, digest)).toMatchObject({ status: 'merged', text });
  });

  law('C6 sees no change in key order, white space, CRLF and byte order marks', fc.tuple(documents({ lists: true }), layout, layout), ([value, a, b]) => {
    const [one, other] = [written(value, a), written(value, { ...b, numbers: a.numbers })];
    expect(documentHash(read(one), digest)).toBe(documentHash(read(other), digest));
    expect(mergeTexts(one, one, other, {}, digest)).toMatchObject({ status: 'merged', text: one });
  });
});

describe('writing back', () => {
  law('gives a text of the new value, whatever it was before', fc.tuple(documents({ lists: true }), documents({ lists: true }), layout), ([before, after, look]) => {
    const text = written(before, { ...look, numbers: [] });
    expect(equal(read(writeBack(text, read(text), after)), after)).toBe(true);
  });

  law('in place and anew give the same value', any, ([{ base, mine }, look]) => {
    const text = written(base, { ...look, numbers: [] });
    expect(same(read(print(mine, formatOf(text))), read(writeBack(text, read(text), mine)))).toBe(true);
  });

  law('an edit of one key leaves all other lines as they are', fc.tuple(documents({ lists: true }), layout), ([value, look]) => {
    const text = written({ first: 1, value, last: 1 }, { ...look, numbers: [] });
    const edited = writeBack(text, read(text), { first: 2, value, last: 1 });
    expect(edited).toBe(text.replace(/("first": ?)1/, '$12'));
  });
});

describe('reading', () => {
  law('and printing compactly changes no number', fc.array(spelling, { minLength: 1, maxLength: 5 }), (numbers) => {
    const text = `[${numbers.join(',')}]`;
    expect(print(read(text), formatOf(text))).toBe(text);
  });

  law('notices exactly the numbers that a double would print otherwise', spelling, (number) => {
    expect(guard(`[${number}]`).exactNumbers).toBe(String(Number(number)) !== number);
  });

  law('tells equal numbers by their value', fc.tuple(spelling, fc.integer({ min: 0, max: 5 })), ([number, zeros]) => {
    const padded = /^(-?\d+)(\.\d+)?((?:[eE].*)?)$/.exec(number);
    const other = `${padded?.[1] ?? ''}${padded?.[2] ?? '.0'}${'0'.repeat(zeros)}${padded?.[3] ?? ''}`;
    const [a, b] = [read(`[${number}]`), read(`[${other}]`)];
    expect(same(a, b)).toBe(true);
    expect(canonicalText(a).text).toBe(canonicalText(b).text);
  });

  law('counts depth and properties as a parser does', documents({ lists: true }), (value) => {
    const found = guard(JSON.stringify(value, null, 1));
    const depth = (one: JsonValue): number => (typeof one !== 'object' || one === null || one instanceof ExactNumber ? 0 : 1 + Math.max(0, ...Object.values(one).map((item) => depth(item as JsonValue))));
    const properties = (one: JsonValue): number => (typeof one !== 'object' || one === null || one instanceof ExactNumber ? 0 : (Array.isArray(one) ? 0 : Object.keys(one).length) + Object.values(one).reduce<number>((sum, item) => sum + properties(item as JsonValue), 0));
    expect([found.depth, found.properties, found.exactNumbers]).toEqual([depth(value), properties(value), /\d[eE]/.test(JSON.stringify(value).replaceAll(/"(?:[^"\\]|\\.)*"/g, '')) && false]);
  });

  law('finds any key that stands twice', fc.tuple(documents({ lists: true }), fc.constantFrom('a', '__proto__', 'id', '\\u0061')), ([value, key]) => {
    const text = `{"x":${JSON.stringify(value)},"y":[{"${key}":1,"k":{},"${key}":2}]}`;
    expect(readJson(text)).toMatchObject({ ok: false, refusal: { code: 'duplicate-keys', duplicates: [{ path: ['y', 0], values: ['1', '2'] }] } });
  });
});

describe('the canonical form', () => {
  law('is the same exactly for equal values', fc.tuple(documents({ lists: true }), documents({ lists: true })), ([a, b]) => {
    expect(canonicalText(a).text === canonicalText(b).text).toBe(equal(a, b));
    expect(canonicalText(a)).toEqual({ flagged: false, text: canonicalize(a) });
  });

  law('tells texts with lone surrogates apart', fc.tuple(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('\ud800', '\udc00', '\ud83d\ude00', 'd800', '\\', '"'), { maxLength: 4 }), fc.array(fc.constantFrom('\ud800', '\udc00', '\ud83d\ude00', 'd800', '\\', '"'), { maxLength: 4 })), ([head, a, b]) => {
    const [one, other] = [head + a.join(''), head + b.join('')];
    expect(canonicalText([one]).text === canonicalText([other]).text).toBe(one === other);
  });
});
