import { InvalidArgumentError } from 'commander';

/** Readers of single options. */
export const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
export const gather = (word: string, before: readonly string[]): readonly string[] => [...before, word];

export const wholeNumber =
  (max = 1_000_000_000) =>
  (word: string): number => {
    const number = /^\d{1,10}$/.test(word) ? Number(word) : 0;
    if (number < 1 || number > max) throw new InvalidArgumentError(`1–${max}`);
    return number;
  };

export const oneOf =
  (words: readonly string[]) =>
  (word: string): string => {
    if (!words.includes(word)) throw new InvalidArgumentError(words.join(', '));
    return word;
  };
