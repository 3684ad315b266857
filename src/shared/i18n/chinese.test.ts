import { expect, test } from 'vitest';
import { texts as english } from './en';
import { texts as chinese } from './zh';

/** Every text by its name, such as `problems.fileEmpty`. */
const flat = (all: object): readonly (readonly [string, string])[] => Object.entries(all).flatMap(([space, texts]) => Object.entries(texts as Readonly<Record<string, string>>).map(([key, text]) => [`${space}.${key}`, text] as const));

test('a profile that makes pictures ready has one name in Chinese, which is not that of a profile of colours', () => {
  expect(flat(chinese()).filter(([, text]) => text.includes('配置')).map(([key]) => key)).toEqual(['window.partColourHelp', 'window.removed_profile']);
  const words = new Map(flat(chinese()));
  // Names and lists of words: the profile is said without its noun there.
  const silent = flat(english()).filter(([key, text]) => /\bprofiles?\b/i.test(text) && !words.get(key)?.includes('方案')).map(([key]) => key);
  expect(silent).toEqual(['window.partColourHelp', 'window.removed_profile']);
});

test('a person is spoken to in one way in Chinese', () => {
  expect(flat(chinese()).filter(([, text]) => text.includes('您')).map(([key]) => key)).toEqual([]);
});
