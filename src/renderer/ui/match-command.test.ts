import { expect, test } from 'vitest';
import { matchCommand } from './match-command';

const score = (typed: string, ...names: string[]): number => matchCommand('id', typed, names);

test('finds a command by any words of its names, in either language', () => {
  expect(score('dark', 'Dark', 'theme', '深色')).toBe(1);
  expect(score('深', 'Dark', 'theme', '深色')).toBeGreaterThan(0);
  expect(score('link newest', 'Copy the newest link')).toBeGreaterThan(0);
  expect(score('', 'Anything')).toBe(1);
});

test('passes over commands that only share some letters', () => {
  expect(score('dark', 'Markdown', 'format-markdown')).toBe(0);
  expect(score('copy zebra', 'Copy the newest link')).toBe(0);
});

test('puts a label that starts so before a word inside, and that before a part of a word', () => {
  const [start, word, part] = [score('up', 'Upload'), score('up', 'Look it up'), score('up', 'Setup')];
  expect(start).toBeGreaterThan(word);
  expect(word).toBeGreaterThan(part);
});
