import { expect, test } from 'vitest';
import { joinSentences, joinWords } from './sentences';
import { problems as chineseProblems } from './zh/problems';
import { problems as englishProblems } from './en/problems';
import { createTranslator, problemText } from './translator';

test('sentences and lists are written as each language writes them, and what is missing leaves no gap', () => {
  const parts = ['', 'One.', null, 'Two.', undefined] as const;
  expect(joinSentences('en', parts)).toBe('One. Two.');
  expect(joinSentences('zh-CN', ['甲。', null, '乙。'])).toBe('甲。乙。');
  expect(joinSentences('en', [])).toBe('');
  expect([joinWords('en', ['a', 'b']), joinWords('zh-CN', ['甲', '乙'])]).toEqual(['a, b', '甲、乙']);
});

test('a fault of our own says its technical text where nothing else shows it, and speaks of none that is not there', () => {
  const english = createTranslator('en');
  const fault = { message: 'internal', params: {} } as const;
  expect(problemText(english, { ...fault, detail: 'queue:pause: TypeError (id-1)' })).toMatch(/queue:pause: TypeError \(id-1\)$/);
  for (const language of ['en', 'zh-CN'] as const) {
    const plain = problemText(createTranslator(language), fault);
    expect(plain).not.toMatch(/below|下面|\{\{/);
    expect(problemText(createTranslator(language), { ...fault, detail: null })).toBe(plain);
    expect(problemText(createTranslator(language), { message: 'of a newer Picferry', params: {}, detail: null })).toBe(plain);
  }
  expect(problemText(english, { message: 'fileEmpty', params: {}, detail: 'EIO' })).toBe('The file is empty.');
});

/** What happened says what happens next by itself, or the host's own words follow. */
const ALONE: ReadonlySet<string> = new Set(['syncRate', 'syncRateSoon', 'syncRefused', 'syncBegunAlready']);

test('what goes wrong with a document comes with what a person can do, or what happens next, in both languages', () => {
  const parts = (text: string): number => text.split(/[.;:](?= )|[。；：，](?=.)/u).length;
  for (const [language, texts] of Object.entries({ en: englishProblems, zh: chineseProblems })) {
    const bare = Object.entries(texts).filter(([key, text]) => key.startsWith('sync') && !ALONE.has(key) && parts(text) < 2);
    expect([language, ...bare.map(([key]) => key)]).toEqual([language]);
  }
});
