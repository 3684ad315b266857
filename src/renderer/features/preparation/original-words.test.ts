import { expect, test } from 'vitest';
import { originalWords } from './original-words';

const text = { t: (key: string, params = {}): string => `${key} ${Object.values(params).join(' ')}`, bytes: (value: number): string => `${value} B` } as unknown as Parameters<typeof originalWords>[3];
const accountOf = (maxBytes: number | null, own?: number) => ({ settings: own === undefined ? {} : { maxBytes: own }, capabilities: { maxBytes } }) as unknown as Parameters<typeof originalWords>[1];
const fitted = { accountName: 'blog', adapted: { maxBytes: 5000, format: null } };
const asItWas = { accountName: 'blog', adapted: null };

test('a file that its host will not take as it is, is said to be so before that is chosen', () => {
  for (const job of [fitted, asItWas]) {
    expect(originalWords(job, accountOf(5000), 5001, text)).toBe('compareOverLimit blog 5000 B');
    expect(originalWords(job, accountOf(9000, 5000), 5001, text)).toBe('compareOverLimit blog 5000 B');
    expect(originalWords(job, accountOf(5000), 5000, text)).toBeNull();
  }
});

test('where the limit is not known, what was refused for its size is still said', () => {
  expect(originalWords(fitted, accountOf(null), 5001, text)).toBe('compareRefused blog');
  expect(originalWords(fitted, undefined, 5001, text)).toBe('compareRefused blog');
  expect(originalWords(fitted, accountOf(5000), null, text)).toBe('compareRefused blog');
  for (const job of [asItWas, { ...asItWas, adapted: { maxBytes: null, format: 'jpeg' as const } }]) expect(originalWords(job, accountOf(null), 5001, text)).toBeNull();
});
