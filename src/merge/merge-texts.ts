import type { Digest } from './canonical';
import type { Change, Choice, Choices, Conflict, Note } from './conflict';
import { COMPACT, printValue } from './format';
import type { JsonValue, Maybe } from './json';
import { merge, resolve, type Outcome } from './merge';
import type { Path, Step } from './path';
import type { Policy } from './policy';
import { readJson, type Reading, type Refusal } from './read-json';
import { writeBack } from './write-back';

type Read = Extract<Reading, { ok: true }>;

/** A text that was not merged, and whose fault it is. */
export type SideRefusal = Refusal & { readonly side: 'base' | 'mine' | 'theirs' };

/** A merge of three texts that is kept while a person decides. */
export type OpenMerge = {
  readonly outcome: Outcome;
  /** What was read; base undefined when no common ancestor is known. */
  readonly values: { readonly base: Maybe; readonly mine: JsonValue; readonly theirs: JsonValue };
  /** The document under these choices, in mine's layout; null where the choices leave no document. */
  readonly text: (choices: Choices) => string | null;
};

export type MergeTextOptions = { readonly policy?: Policy; readonly digest: Digest; readonly changes?: boolean };

/** Reads and merges three texts; `base` null when no common ancestor is known. */
export const openMerge = (base: string | null, mine: string, theirs: string, options: MergeTextOptions): OpenMerge | SideRefusal => {
  const read = { base: base === null ? null : readJson(base), mine: readJson(mine), theirs: readJson(theirs) };
  for (const side of ['mine', 'theirs', 'base'] as const) {
    const reading = read[side];
    if (reading && !reading.ok) return { ...reading.refusal, side };
  }
  const [b, m, t] = [read.base as Read | null, read.mine as Read, read.theirs as Read];
  const outcome = merge(b?.value, m.value, t.value, options);
  const text = (choices: Choices): string | null => {
    const { value } = resolve(outcome, choices);
    return value === undefined ? null : writeBack(mine, m.value, value);
  };
  return { outcome, values: { base: b?.value, mine: m.value, theirs: t.value }, text };
};

/** Values as JSON texts, so that all of it can be sent to another process and numbers keep their spelling. */
type InTexts<T> = { readonly [K in keyof T]: K extends 'base' | 'mine' | 'theirs' | 'before' | 'after' ? string : K extends 'path' ? TextPath : K extends 'inner' ? readonly TextPath[] : T[K] };

export type TextStep = string | { readonly idKey: string; readonly idValue: string } | { readonly list: readonly [number, number] };
export type TextPath = readonly TextStep[];
export type TextConflict = InTexts<Conflict>;
export type TextChange = InTexts<Change>;
export type TextNote = InTexts<Note>;

const textStep = (step: Step): TextStep => (typeof step === 'object' && 'idKey' in step ? { idKey: step.idKey, idValue: printValue(step.idValue, COMPACT) } : step);
export const textPath = (path: Path): TextPath => path.map(textStep);

const textOf = (value: Maybe): string | undefined => (value === undefined ? undefined : printValue(value, COMPACT));

const asTexts = <K extends string>(item: { readonly [P in K]?: JsonValue }, keys: readonly K[]): { [P in K]?: string } =>
  Object.fromEntries(keys.flatMap((key) => (item[key] === undefined ? [] : [[key, textOf(item[key])]]))) as { [P in K]?: string };

export const textConflict = (conflict: Conflict): TextConflict => {
  const { base: _base, mine: _mine, theirs: _theirs, ...rest } = conflict;
  return { ...rest, ...asTexts(conflict, ['base', 'mine', 'theirs']), path: textPath(conflict.path), inner: conflict.inner.map(textPath) };
};

export const textChange = (change: Change): TextChange => {
  const { before: _before, after: _after, ...rest } = change;
  return { ...rest, ...asTexts(change, ['before', 'after']), path: textPath(change.path) };
};

/** A choice as it can be sent; an edited value is JSON text. */
export type TextChoice = Exclude<Choice, { readonly take: 'edited' }> | { readonly take: 'edited'; readonly text: string };

/** The choice with its value read, or why its text is none. */
export const readChoice = (choice: TextChoice): { readonly ok: true; readonly choice: Choice } | { readonly ok: false; readonly refusal: Refusal } => {
  if (choice.take !== 'edited') return { ok: true, choice };
  const reading = readJson(choice.text);
  return reading.ok ? { ok: true, choice: { take: 'edited', value: reading.value } } : reading;
};

export type MergedTexts = {
  /** `conflicts`: the text holds mine (theirs where mine has deleted) at these places, and is not for sending. */
  readonly status: 'merged' | 'conflicts';
  readonly text: string;
  readonly conflicts: readonly TextConflict[];
  readonly notes: readonly TextNote[];
};

export type MergeAnswer = MergedTexts | { readonly status: 'refused'; readonly refusal: SideRefusal };

/**
 * Merges three texts of JSON: what a worker answers. Everything but the digest can be sent between processes. `base`
 * null when no common ancestor is known. The text comes in mine's layout; when mine already says all, it is mine to the byte.
 */
export const mergeTexts = (base: string | null, mine: string, theirs: string, policy: Policy, digest: Digest): MergeAnswer => {
  const opened = openMerge(base, mine, theirs, { policy, digest });
  if ('code' in opened) return { status: 'refused', refusal: opened };
  const { conflicts, notes } = opened.outcome;
  return {
    status: conflicts.length === 0 ? 'merged' : 'conflicts',
    text: opened.text(new Map()) ?? mine,
    conflicts: conflicts.map(textConflict),
    notes: notes.map((note) => ({ ...note, path: textPath(note.path) })),
  };
};
