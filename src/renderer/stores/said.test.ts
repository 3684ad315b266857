import { expect, test } from 'vitest';
import { inWords, type Words } from './said';
import { createText } from './text';

const both = (words: Words): readonly string[] => [inWords(words, createText('en')), inWords(words, createText('zh-CN'))];

test('a message is put into the words of the language it is shown in', () => {
  const [english, chinese] = both({ key: 'copied', params: { count: 3, formatted: '3' } });
  expect(english).toContain('3');
  expect(chinese).toContain('3');
  expect(english).not.toBe(chinese);
});

test('a problem is told in the language it is shown in, and what a host said stays as it is', () => {
  const [english, chinese] = both({ problem: { message: 'diskFull', params: {} } });
  expect(english).not.toBe(chinese);
  expect(both({ plain: 'the host said so' })).toEqual(['the host said so', 'the host said so']);
});
