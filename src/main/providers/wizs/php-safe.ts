import { canonicalText } from '../../../lib/canonical-json';
import { numbersSurvive } from '../../../lib/json-text';

/** PHP stops at 512 levels. */
const MOST_DEPTH = 500;

/** Nothing that decoding to PHP's arrays and encoding again would change: no `{}`, no object that looks like a list. */
const isSafe = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MOST_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isSafe(item, depth + 1));
  const members = Object.entries(value);
  return !members.every(([key], index) => key === String(index)) && members.every(([, member]) => isSafe(member, depth + 1));
};

/** Whether a document can travel as a JSON object; otherwise its text goes as a string, which no decoder touches. */
export const survivesPhp = (text: string): boolean => {
  if (!text.trimStart().startsWith('{') || !numbersSurvive(text)) return false;
  const value = JSON.parse(text) as unknown;
  return canonicalText(value) !== null && isSafe(value, 1);
};
