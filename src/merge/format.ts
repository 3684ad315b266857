import { ExactNumber } from './exact-number';
import { isArray, own, type JsonObject, type JsonValue } from './json';

/** How a text of JSON is laid out, as far as a new print can follow it. */
export type Format = {
  readonly bom: boolean;
  /** One step of indentation; empty for a text on one line. */
  readonly indent: string;
  readonly eol: '\n' | '\r\n';
  /** What stands before and behind the value. */
  readonly head: string;
  readonly tail: string;
  /** On one line: a space behind commas and colons. */
  readonly spaced: boolean;
};

const BOM = '\uFEFF';

export const COMPACT: Format = { bom: false, indent: '', eol: '\n', head: '', tail: '', spaced: false };

/** Looks at the ends and the first member: quick for a text of any size. */
export const formatOf = (text: string): Format => {
  const bom = text.startsWith(BOM);
  const head = /^[ \t\r\n]*/.exec(text.slice(bom ? 1 : 0, 200))?.[0] ?? '';
  const tail = /[ \t\r\n]*$/.exec(text.slice(-200))?.[0] ?? '';
  const start = text.slice((bom ? 1 : 0) + head.length, (bom ? 1 : 0) + head.length + 5000);
  const first = /^[[{][ \t]*\r?\n([ \t]*)\S/.exec(start);
  const indent = first?.[1] ?? '';
  const eol = /\r\n/.test(first?.[0] ?? text.slice(0, 5000)) ? '\r\n' : '\n';
  return { bom, indent, eol, head, tail: text.trim() === '' ? '' : tail, spaced: /^[[{]\s*"(?:[^"\\]|\\.)*"[ \t]*:[ \t]|^\[[^"[{\]]*?,[ \t]/.test(start) };
};

/** As JSON.stringify, for values with exact numbers. */
const stringifyExactly = (value: JsonValue, indent: string, line: string): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof ExactNumber) return value.text;
  const inner = indent === '' ? '' : line + indent;
  const colon = indent === '' ? ':' : ': ';
  const members = isArray(value)
    ? value.map((item) => inner + stringifyExactly(item, indent, inner))
    : Object.keys(value).map((key) => `${inner}${JSON.stringify(key)}${colon}${stringifyExactly(own(value as JsonObject, key) ?? null, indent, inner)}`);
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}'];
  return members.length === 0 ? open + close : `${open}${members.join(',')}${indent === '' ? '' : line}${close}`;
};

/** JSON.stringify cuts longer indentations. */
const LONGEST_INDENT = 10;

const stringify = (value: JsonValue, indent: string): string => {
  if (indent.length > LONGEST_INDENT) return stringifyExactly(value, indent, '\n');
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    // What ExactNumber answers to JSON.stringify.
    if (!(error instanceof RangeError)) throw error;
    return stringifyExactly(value, indent, '\n');
  }
};

/** The value alone, its lines behind the first beginning with `lead`. */
export const printValue = (value: JsonValue, { indent, eol, spaced }: Pick<Format, 'indent' | 'eol' | 'spaced'>, lead = ''): string => {
  // JSON holds no raw line breaks within strings, so all that are there are layout.
  if (indent !== '') {
    const text = stringify(value, indent);
    return lead === '' && eol === '\n' ? text : text.replaceAll('\n', eol + lead);
  }
  return spaced ? stringify(value, ' ').replaceAll(/,\n */g, ', ').replaceAll(/\n */g, '') : stringify(value, '');
};

/** A whole text in this format. */
export const print = (value: JsonValue, format: Format): string =>
  `${format.bom ? BOM : ''}${format.head}${printValue(value, format)}${format.tail}`;
