import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256Hex } from '../../lib/canonical-json';
import { canonicalText, type JsonValue } from '../../merge';
import { localTexts } from './local-texts';
import { EXACT_LENGTH } from './tag';
import { unfolded } from './unfold';

/** As PHP's arrays give it back. */
const folded = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(folded);
  const entries = Object.entries(value).map(([key, inner]) => [key, folded(inner)] as const);
  return entries.every(([key], index) => key === String(index)) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};
const listsIn = (value: unknown): number => (typeof value !== 'object' || value === null ? 0 : (Array.isArray(value) ? 1 : 0) + Object.values(value).reduce<number>((sum, one) => sum + listsIn(one), 0));

const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.constantFrom({}, [])),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.array(tie('document'), { maxLength: 3 }).map((items) => Object.fromEntries(items.map((item, index) => [String(index), item]))),
    fc.dictionary(fc.constantFrom('a', 'b', '0', '1', '__proto__'), tie('document'), { maxKeys: 4 }),
  ),
}));
const isLong = process.env['PICFERRY_LONG'] === '1';
const runs = { numRuns: isLong ? 20_000 : 300 };

it('finds again what stood where a host made lists, whatever the document, or says that it cannot be told', { timeout: isLong ? 600_000 : 20_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(document, async (value) => {
      const text = JSON.stringify(folded(value));
      const read = await localTexts.read(JSON.stringify(value), {});
      if (!read.ok) throw new Error(read.refusal.code);
      const { canon, loose } = read.facts;
      const { is, text: found } = await localTexts.unfold(text, { digest: loose.slice(0, 16), exact: canon.slice(0, EXACT_LENGTH) }, {});
      expect(is).not.toBe('other');
      if (listsIn(JSON.parse(text)) <= 12) expect(is).toBe('sent');
      const after = await localTexts.read(found, {});
      expect(after).toEqual(is === 'sent' ? read : await localTexts.read(text, {}));
    }),
    runs,
  );
});

it('takes nothing for it that was made of another document', async () => {
  const exact = sha256Hex('x').slice(0, EXACT_LENGTH);
  expect(await localTexts.unfold('{"o": []}', { digest: sha256Hex('y'), exact }, {})).toEqual({ is: 'other', text: '{"o": []}' });
  expect(await localTexts.unfold('{"o": ', { digest: sha256Hex('y'), exact }, {})).toEqual({ is: 'other', text: '{"o": ' });
});

/** Documents that no search tells, with how often each may be read for it. */
const untold: readonly (readonly [string, JsonValue, number])[] = [
  ['many lists at a few places', Array.from({ length: 5_000 }, (_, n) => ({ n, a: [], b: [[]] })), 100],
  ['many lists, each at a place of its own', Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${String(n)}`, []])), 100],
  ['lists with items', Array.from({ length: 20_000 }, (_, n) => ({ n, a: ['x', 'y'] })), 100],
  ['a long document', Array.from({ length: 30_000 }, (_, n) => ({ n, a: [], b: {}, text: 'words '.repeat(60) })), 1],
  ['a long document of lists with items', Array.from({ length: 30_000 }, (_, n) => ({ n, a: ['x'], text: 'words '.repeat(60) })), 0],
];
it.each(untold)('ends soon: %s', (_name, value, times) => {
  const { length } = canonicalText(value).text;
  let read = 0;
  const counted = (text: string): string => {
    read += text.length;
    return 'no';
  };
  expect(unfolded(value, length, counted, 'yes')).toBeUndefined();
  expect(read).toBeLessThanOrEqual(times * length);
});
it('looks at many lists of one place about as long as at many of many places', () => {
  // The search makes no copy of what it has for each of them; with one, these take minutes.
  const lists = Array.from({ length: 300_000 }, () => []);
  expect(unfolded(lists, 20_000_000, () => 'no', 'yes')).toBeUndefined();
});

/** What it is, what is known, and whether lists are left that may be anything. */
const beside: readonly (readonly [string, string | null, boolean])[] = [
  ['{"a": 1, "o": {"b": null}}', null, false],
  ['{"a": {"b": []}}', null, true],
  ['{"a": {"b": []}, "n": 2}', '{"a": {"b": ["x"]}, "n": 1}', false],
  ['{"a": {"b": []}}', '{"a": {"b": {}}}', true],
  ['{"a": {"b": []}, "c": ["x"]}', '{"a": {"b": []}}', true],
  // What one item holds says nothing of another.
  ['[{"id": 1, "m": []}, {"id": 2}]', '[{"id": 1, "m": []}, {"id": 3}]', false],
  ['[{"id": 2, "m": []}]', '[{"id": 1, "m": []}]', true],
  ['{"__proto__": []}', '{}', true],
];
it.each(beside)('says whether a document has lists that another does not show: %s beside %s', async (text, known, has) => {
  expect(await localTexts.hasLists(text, known, {})).toBe(has);
});
it('does not count what stays on this device', async () => {
  expect(await localTexts.hasLists('{"n": 1, "here": []}', null, { rules: [{ path: '/here', as: 'local-only' }] })).toBe(false);
});
