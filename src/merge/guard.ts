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

/** Numbers of up to 15 digits, written without needless zeros and exponents, are what a double prints. */
const SAFE_DIGITS = 15;

/** 0.000001 is printed so, 0.0000001 is not. */
const MOST_ZEROS = 5;

const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;

/** No lone surrogate stands in a text that is well formed and escapes none. */
const mayHoldLoneSurrogate = (text: string): boolean => !text.isWellFormed() || (text.includes('\\u') && ESCAPED_SURROGATE.test(text));

/** The raw text of a string, with its quotes: is there a surrogate without its other half, escaped or not? */
const hasLoneSurrogate = (raw: string): boolean => mayHoldLoneSurrogate(raw) && !(JSON.parse(raw) as string).isWellFormed();

/**
 * Looks through a text once. Quick because it does not parse: it only tells strings, numbers and brackets apart. The
 * text must be valid JSON, or what it tells is worth nothing.
 */
export const guard = (text: string): Guard => {
  const length = text.length;
  let [depth, deepest, properties] = [0, 0, 0];
  let [exactNumbers, loneSurrogates] = [false, false];
  const maybeLone = mayHoldLoneSurrogate(text);
  let i = 0;
  while (i < length) {
    const code = text.charCodeAt(i);
    if (code <= 0x20) i += 1;
    else if (code === QUOTE) {
      const end = stringEnd(text, i + 1, length);
      if (maybeLone && !loneSurrogates) loneSurrogates = hasLoneSurrogate(text.slice(i, end));
      i = end;
    } else if (code === COLON) {
      properties += 1;
      i += 1;
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const digits = digitsEnd(text, i + 1);
      const end = numberEnd(text, digits, length);
      const safe = end === digits ? isSafeInteger(text, i, end) : isSafe(text, i, end);
      if (!safe && !exactNumbers) exactNumbers = !survivesNumber(text.slice(i, end));
      i = end;
    } else {
      // { and [ are 0x7b and 0x5b, } and ] are 0x7d and 0x5d.
      const bracket = code | 0x20;
      if (bracket === 0x7b) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (bracket === 0x7d) depth -= 1;
      i += 1;
    }
  }
  return { exactNumbers, loneSurrogates, depth: deepest, properties };
};

/** The place behind the string's closing quote, which is the first one behind an even count of backslashes. */
const stringEnd = (text: string, start: number, length: number): number => {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return length;
};

const digitsEnd = (text: string, start: number): number => {
  let i = start;
  for (let code = text.charCodeAt(i); code >= ZERO && code <= NINE; code = text.charCodeAt(i)) i += 1;
  return i;
};

const numberEnd = (text: string, start: number, length: number): number => {
  let i = start;
  while (i < length) {
    const code = text.charCodeAt(i);
    // Digits, signs, point and e or E: of these no other character may follow a number.
    if (code === 0x2c || code === 0x7d || code === 0x5d || code <= 0x20) break;
    i += 1;
  }
  return i;
};

/** Certain to survive: `-0` does not. */
const isSafeInteger = (text: string, start: number, end: number): boolean => end - start <= SAFE_DIGITS && (text.charCodeAt(start) !== MINUS || text.charCodeAt(start + 1) !== ZERO);

/** Certain to survive, by its look alone. Others are tried. */
const isSafe = (text: string, start: number, end: number): boolean => {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  if (end - first > SAFE_DIGITS) return false;
  let point = -1;
  let nonZero = -1;
  for (let i = first; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === POINT) point = i;
    else if (code < ZERO || code > NINE) return false;
    else if (code !== ZERO && nonZero < 0) nonZero = i;
  }
  if (nonZero < 0) return first === start && point < 0;
  return point < 0 || (text.charCodeAt(end - 1) !== ZERO && nonZero - point <= MOST_ZEROS + 1);
};
