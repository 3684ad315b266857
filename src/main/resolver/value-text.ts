import type { ShownValue } from '../../shared/model/resolver';
import { ExactNumber, isArray, isObject, printValue, typeOf, type JsonObject, type JsonValue, type Maybe } from '../../merge';
import { textSpans } from './text-diff';

/** What can be read at a glance; the rest is asked for. */
const MOST_SHOWN = 2000;
const MOST_LINES_SHOWN = 40;
const LINE = { indent: '', eol: '\n', spaced: false } as const;

const scalarText = (value: JsonValue): string => printValue(value, LINE);

/** The members of a container with the text before each; none of them is printed yet. */
const membersOf = (value: JsonValue): readonly (readonly [lead: string, member: JsonValue])[] =>
  isArray(value) ? value.map((item) => ['', item] as const) : Object.keys(value as JsonObject).map((key) => [`${JSON.stringify(key)}: `, (value as JsonObject)[key] as JsonValue] as const);

const isContainer = (value: Maybe): boolean => isArray(value) || isObject(value);
export const sizeOf = (value: JsonValue): number => (isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : typeof value === 'string' ? value.length : 0);

const counted = new WeakMap<object, number>();

/** How many lines the value takes when it is printed. Parts that were counted before cost nothing. */
export const lineCount = (value: JsonValue): number => {
  if (!isContainer(value) || sizeOf(value) === 0) return 1;
  const known = counted.get(value as object);
  if (known !== undefined) return known;
  let lines = 2;
  if (isArray(value)) for (const item of value) lines += lineCount(item);
  else for (const key of Object.keys(value as JsonObject)) lines += lineCount((value as JsonObject)[key] as JsonValue);
  counted.set(value as object, lines);
  return lines;
};

const cutLine = (line: string): string => (line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line);

/** Lines of the printed value; what lies before and behind is not printed. */
export const linesOf = (value: JsonValue, from: number, count: number): string[] => {
  const lines: string[] = [];
  const end = from + count;
  const emit = (at: number, line: string): void => {
    if (at >= from && at < end) lines.push(cutLine(line));
  };
  const walk = (part: JsonValue, at: number, indent: string, lead: string, tail: string): void => {
    const length = lineCount(part);
    if (at >= end || at + length <= from) return;
    if (length === 1) {
      emit(at, `${indent}${lead}${isContainer(part) ? (isArray(part) ? '[]' : '{}') : scalarText(part)}${tail}`);
      return;
    }
    const [open, close] = isArray(part) ? ['[', ']'] : ['{', '}'];
    emit(at, `${indent}${lead}${open}`);
    let next = at + 1;
    const members = membersOf(part);
    for (const [i, [before, member]] of members.entries()) {
      if (next >= end) return;
      walk(member, next, `${indent}  `, before, i === members.length - 1 ? '' : ',');
      next += lineCount(member);
    }
    emit(at + length - 1, `${indent}${close}${tail}`);
  };
  walk(value, 0, '', '', '');
  return lines;
};

/** One short line for a value. */
export const glance = (value: JsonValue, most = 100): string => {
  let text = '';
  const walk = (part: JsonValue): void => {
    if (text.length > most) return;
    if (typeof part === 'string') text += JSON.stringify(part.slice(0, most));
    else if (!isContainer(part)) text += scalarText(part);
    else {
      text += isArray(part) ? '[' : '{';
      let first = true;
      for (const [lead, member] of membersFor(part, most)) {
        if (text.length > most) break;
        text += `${first ? '' : ', '}${lead}`;
        walk(member);
        first = false;
      }
      text += isArray(part) ? ']' : '}';
    }
  };
  walk(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
};

/** The first members only: nobody looks at a million of them in one line. */
const membersFor = (value: JsonValue, most: number): readonly (readonly [string, JsonValue])[] =>
  isArray(value) ? membersOf(value.slice(0, most)) : Object.keys(value as JsonObject).slice(0, most).map((key) => [`${JSON.stringify(key)}: `, (value as JsonObject)[key] as JsonValue] as const);

/** The difference of two numbers, as far as it can be said exactly enough to be read. */
const deltaOf = (before: Maybe, after: Maybe): string | null => {
  const [a, b] = [numberOf(before), numberOf(after)];
  if (a === null || b === null || a === b) return null;
  const delta = Number((b - a).toPrecision(12));
  return Number.isFinite(delta) && delta !== 0 ? `${delta > 0 ? '+' : '−'}${String(Math.abs(delta))}` : null;
};

const numberOf = (value: Maybe): number | null => {
  if (typeof value === 'number') return value;
  return value instanceof ExactNumber ? value.plain : null;
};

/** So much that is alike is shown before the first difference of long texts. */
const ALIKE_SHOWN = 300;

/** From where long texts are shown beside each other: a line somewhat before the first place where one of them differs. */
export const firstShown = (texts: readonly Maybe[]): number => {
  const [first, ...others] = texts.filter((text) => typeof text === 'string');
  if (first === undefined || others.length === 0) return 0;
  let at = 0;
  while (at < first.length && others.every((other) => other[at] === first[at])) at += 1;
  if (at < MOST_SHOWN - ALIKE_SHOWN) return 0;
  const line = first.lastIndexOf('\n', at - ALIKE_SHOWN) + 1;
  return at - line < MOST_SHOWN / 2 ? line : at - ALIKE_SHOWN;
};

/** A side's value as it is shown beside the base; a text without its first `skipped` characters. */
export const shownValue = (value: Maybe, base: Maybe, skipped = 0): ShownValue => {
  if (value === undefined) return { type: 'absent', text: '', cut: false, size: 0, lines: 0, spans: null, delta: null, skipped: 0 };
  const type = typeOf(value);
  const lines = lineCount(value);
  const whole = typeof value === 'string' ? value.slice(skipped) : linesOf(value, 0, MOST_LINES_SHOWN).join('\n');
  const cut = whole.length > MOST_SHOWN || (typeof value !== 'string' && lines > MOST_LINES_SHOWN);
  const text = whole.slice(0, MOST_SHOWN);
  const spans = typeof value === 'string' && typeof base === 'string' && value !== base ? textSpans(base.slice(skipped, skipped + MOST_SHOWN), text) : null;
  return { type, text, cut, size: sizeOf(value), lines, spans, delta: deltaOf(base, value), skipped: typeof value === 'string' ? skipped : 0 };
};
