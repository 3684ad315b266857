import { visit, type JSONVisitor } from 'jsonc-parser';

/** A key that stands more than once in one object. */
export type Duplicate = {
  /** Keys and indexes down to the object. */
  readonly path: readonly (string | number)[];
  readonly key: string;
  /** Each occurrence's value as it is written. */
  readonly values: readonly string[];
  /** Where each occurrence's key begins. */
  readonly offsets: readonly number[];
  /** The lines of these, from 1. */
  readonly lines: readonly number[];
};

export type Place = { readonly offset: number; readonly line: number; readonly column: number };

/** What a text has that other kinds of JSON allow. */
export type Dialect = 'comment' | 'trailing-comma';
export type SyntaxFault = Place & { /** What it is, where that can be told. */ readonly cause: Dialect | null };

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
const MOST_DUPLICATES = 100;

/** Where a text stops being JSON: its end, if nothing else is found. */
export const findSyntaxFault = (text: string): SyntaxFault => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  let offset = text.length;
  visit(text.slice(start), { onError: (_code, at) => (offset = Math.min(offset, at + start)) }, STRICT);
  const lines = text.slice(0, offset).split('\n');
  return { offset, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, cause: causeAt(text, offset) };
};

const causeAt = (text: string, offset: number): Dialect | null => {
  if (/^\/[/*]/.test(text.slice(offset, offset + 2))) return 'comment';
  const isEnd = text[offset] === '}' || text[offset] === ']';
  return isEnd && text.slice(0, offset).trimEnd().endsWith(',') ? 'trailing-comma' : null;
};

/** Gives the line of each offset, which may only grow. */
const lineCounter = (text: string): ((offset: number) => number) => {
  let [at, line] = [0, 1];
  return (offset) => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < offset; next = text.indexOf('\n', at)) {
      at = next + 1;
      line += 1;
    }
    return line;
  };
};

/** As they stand in the text. */
const inOrder = (text: string, found: readonly Omit<Duplicate, 'lines'>[]): Duplicate[] => {
  const lineAt = lineCounter(text);
  const lines = new Map(found.flatMap(({ offsets }) => offsets).sort((a, b) => a - b).map((offset) => [offset, lineAt(offset)]));
  return found.map((one) => ({ ...one, lines: one.offsets.map((offset) => lines.get(offset) ?? 1) })).sort((a, b) => (a.offsets[0] ?? 0) - (b.offsets[0] ?? 0));
};

type Occurrence = { readonly offset: number; from: number; to: number };
type Frame = { readonly keys: Map<string, Occurrence[]>; readonly path: readonly (string | number)[]; readonly from: number; open: Occurrence | null };

/** All repeated keys of a text that is JSON otherwise, in its order; at most a hundred. */
export const findDuplicates = (text: string): Duplicate[] => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const duplicates: Omit<Duplicate, 'lines'>[] = [];
  const frames: Frame[] = [];
  const ended = (from: number, to: number): void => {
    const open = frames.at(-1)?.open;
    if (open) [open.from, open.to] = [from, to];
  };
  const begin = (from: number, path: readonly (string | number)[]): void => void frames.push({ keys: new Map(), path, from, open: null });
  const end = (offset: number, length: number): void => {
    const frame = frames.pop();
    if (!frame) return;
    for (const [key, all] of frame.keys) {
      if (all.length < 2 || duplicates.length >= MOST_DUPLICATES) continue;
      duplicates.push({ path: frame.path, key, values: all.map(({ from, to }) => text.slice(from + start, to + start)), offsets: all.map((one) => one.offset + start) });
    }
    ended(frame.from, offset + length);
  };
  const visitor: JSONVisitor = {
    onObjectBegin: (offset, _length, _line, _column, path) => begin(offset, path()),
    onArrayBegin: (offset, _length, _line, _column, path) => begin(offset, path()),
    onObjectEnd: end,
    onArrayEnd: end,
    onObjectProperty: (key, offset) => {
      const frame = frames.at(-1);
      if (!frame) return;
      frame.open = { offset, from: offset, to: offset };
      frame.keys.set(key, [...(frame.keys.get(key) ?? []), frame.open]);
    },
    onLiteralValue: (_value, offset, length) => ended(offset, offset + length),
  };
  visit(text.slice(start), visitor, STRICT);
  return inOrder(text, duplicates);
};
