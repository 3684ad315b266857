/**
 * Looks at JSON as it is written, without building values: what a parser would round or fold away stays visible.
 * Every function expects text that a JSON parser accepts.
 */

/** A member of an object or an item of an array; `raw` is its value exactly as written. */
export type JsonPart = { readonly key: string | null; readonly raw: string };

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);
const COMMA = 44;
const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** The index behind the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  throw new SyntaxError('a string has no end');
}

/** The index behind the value that begins at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (depth === 0) return at;
    } else if (OPEN.has(code)) {
      depth += 1;
      at += 1;
    } else if (CLOSE.has(code)) {
      if (depth === 0) return at;
      depth -= 1;
      at += 1;
      if (depth === 0) return at;
    } else if (depth === 0 && (code === COMMA || isBlank(code))) {
      return at;
    } else {
      at += 1;
    }
  }
  return at;
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** The parts of the outermost object or array, in their order; none for any other value. */
export function partsOf(text: string): readonly JsonPart[] {
  const first = afterBlanks(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  if (!OPEN.has(text.charCodeAt(first))) return [];
  const isObject = text[first] === '{';
  const parts: JsonPart[] = [];
  for (let at = afterBlanks(text, first + 1); at < text.length && !CLOSE.has(text.charCodeAt(at)); ) {
    let key: string | null = null;
    if (isObject) {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      // Behind the key: blanks, the colon, blanks.
      at = afterBlanks(text, afterBlanks(text, end) + 1);
    }
    const end = endOfValue(text, at);
    parts.push({ key, raw: text.slice(at, end) });
    at = afterBlanks(text, end);
    if (text.charCodeAt(at) === COMMA) at = afterBlanks(text, at + 1);
  }
  return parts;
}

/** A member of the outermost object as written; the last one where a key repeats, as parsers do. Null when there is none. */
export const memberOf = (text: string, key: string): string | null => partsOf(text).findLast((part) => part.key === key)?.raw ?? null;

/** Digits and exponent of a decimal number, so that two spellings of one value look alike. */
function plainDecimal(token: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token);
  if (found === null) return token;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

/** Whether reading a number as JavaScript does keeps its value. */
function survives(token: string): boolean {
  if (token.length <= 15 && /^-?\d+$/.test(token)) return true;
  const value = Number(token);
  return Number.isFinite(value) && plainDecimal(token) === plainDecimal(String(value));
}

/** Whether every number keeps its value when it is read as a double: false for `9007199254740993` or `1e400`. */
export function numbersSurvive(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === 45 || (code >= 48 && code <= 57)) {
      const end = endOfValue(text, at);
      if (!survives(text.slice(at, end))) return false;
      at = end;
    } else {
      at += 1;
    }
  }
  return true;
}
