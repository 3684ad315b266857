import { survivesNumber } from './exact-number';

/** What a text of JSON holds that a plain parse and print would change, or that others stumble over. */
export type Guard = {
  /** A number that a double prints otherwise: another spelling, or another value. */
  readonly exactNumbers: boolean;
  readonly loneSurrogates: boolean;
  /** Nested arrays and objects at the deepest place. */
  readonly depth: number;
  /** Properties of all objects, those with repeated keys counted each time. */
  readonly properties: number;
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const isExponent = (code: number): boolean => code === 0x65 || code === 0x45;

/** Whole numbers and fractions of up to 15 digits, written without needless zeros, are what a double prints. */
const SAFE_DIGITS = 15;

const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;

/** Escapes of a surrogate in the raw text of a string: is one without its other half? */
const hasLoneEscape = (raw: string): boolean => ESCAPED_SURROGATE.test(raw) && LONE_SURROGATE.test(JSON.parse(raw) as string);

/**
 * Looks through a text once. Quick because it does not parse: it only tells strings, numbers and brackets apart. The
 * text must be valid JSON, or what it tells is worth nothing.
 */
export const guard = (text: string): Guard => {
  const length = text.length;
  let [depth, deepest, properties] = [0, 0, 0];
  let [exactNumbers, escapes] = [false, false];
  let i = 0;
  while (i < length) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      const end = stringEnd(text, i + 1);
      escapes ||= end < 0 && hasLoneEscape(text.slice(i, -end));
      i = Math.abs(end);
    } else if (code === COLON) {
      properties += 1;
      i += 1;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = numberEnd(text, i + 1);
      exactNumbers ||= !(isSafe(text, i, end) || survivesNumber(text.slice(i, end)));
      i = end;
    } else {
      // { and [ are 0x7b and 0x5b, } and ] are 0x7d and 0x5d.
      const bracket = code | 0x20;
      if (bracket === 0x7b) deepest = Math.max(deepest, (depth += 1));
      else if (bracket === 0x7d) depth -= 1;
      i += 1;
    }
  }
  return { exactNumbers, loneSurrogates: escapes || LONE_SURROGATE.test(text), depth: deepest, properties };
};

/** The place behind the string's closing quote; negative when a \u escape is inside. */
const stringEnd = (text: string, start: number): number => {
  let unicode = false;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return unicode ? -(i + 1) : i + 1;
    if (code === BACKSLASH) {
      i += 1;
      unicode ||= text.charCodeAt(i) === 0x75;
    }
  }
  return text.length;
};

const numberEnd = (text: string, start: number): number => {
  let i = start;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < ZERO || code > NINE) && code !== POINT && !isExponent(code) && code !== 0x2b && code !== MINUS) break;
  }
  return i;
};

/** Certain to survive, by its look alone. Others are tried. */
const isSafe = (text: string, start: number, end: number): boolean => {
  if (end - start > SAFE_DIGITS) return false;
  if (text.charCodeAt(start) === MINUS || (text.charCodeAt(start) === ZERO && end - start > 1)) return false;
  let point = false;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isExponent(code)) return false;
    point ||= code === POINT;
  }
  return !point || text.charCodeAt(end - 1) !== ZERO;
};
