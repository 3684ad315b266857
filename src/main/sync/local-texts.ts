import { sha256Hex } from '../../lib/canonical-json';
import {
  documentHash,
  ExactNumber,
  formatOf,
  isArray,
  isObject,
  openMerge,
  print,
  readChoice,
  readJson,
  overPush, recall,
  same,
  textConflict,
  withoutLocal,
  withOpenPlaces,
  writeBack,
  type Choice,
  type JsonValue,
  type Maybe,
  type Policy,
} from '../../merge';
import { comparing } from './compare-texts';
import { keepDecisions } from './keep-decisions';
import type { Choices, DocumentTexts, Facts, MergeResult } from './texts';
import { unfolded } from './unfold';

const isListLike = (keys: readonly string[]): boolean => keys.every((key, index) => key === String(index));

/** What PHP's arrays make of a value; the value itself where they change nothing. */
const loosely = (value: JsonValue): JsonValue => {
  if (isArray(value)) {
    const items = value.map(loosely);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (isListLike(entries.map(([key]) => key))) return entries.map(([, inner]) => loosely(inner));
  let same = true;
  const members = entries.map(([key, inner]) => {
    const made = loosely(inner);
    same &&= made === inner;
    return [key, made] as const;
  });
  return same ? value : Object.fromEntries(members);
};

/** Digests of a document's two forms, which are most often one. */
const factsOf = (value: JsonValue): Facts => {
  const canon = documentHash(value, sha256Hex);
  const folded = loosely(value);
  return { canon, loose: folded === value ? canon : documentHash(folded, sha256Hex) };
};

/** The value with every number as a double, and the first one that becomes another number by it. */
const asDoubles = (value: JsonValue): { readonly value: JsonValue; readonly number: string | null } => {
  let number: string | null = null;
  const walk = (inner: JsonValue): JsonValue => {
    if (inner instanceof ExactNumber) {
      if (inner.plain === null) number ??= inner.text;
      return inner.plain ?? Number(inner.text);
    }
    if (isArray(inner)) return inner.map(walk);
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).map(([key, member]) => [key, walk(member)])) : inner;
  };
  return { value: walk(value), number };
};

/** `value` with the objects of `reference` where PHP made lists of them. */
const restored = (value: JsonValue, reference: JsonValue | undefined): JsonValue => {
  if (isArray(value)) {
    if (isObject(reference) && value.length === 0) return {};
    if (isObject(reference) && isListLike(Object.keys(reference))) return Object.fromEntries(value.map((item, index) => [String(index), restored(item, reference[String(index)])]));
    const items = isArray(reference) ? reference : [];
    return value.map((item, index) => restored(item, items[index]));
  }
  if (!isObject(value)) return value;
  const known = isObject(reference) ? reference : {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restored(inner, Object.hasOwn(known, key) ? known[key] : undefined)]));
};

/** Whether it has lists that the known document, if any, does not show to be such. What an item holds may have come from elsewhere. */
const hasLists = (value: JsonValue, known: Maybe): boolean => {
  if (isArray(value)) return !isArray(known) || value.some((item, index) => hasLists(item, undefined) && !same(item, known[index]));
  return isObject(value) && Object.entries(value).some(([key, inner]) => hasLists(inner, isObject(known) && Object.hasOwn(known, key) ? known[key] : undefined));
};

const valueOf = (text: string): JsonValue => {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(`a text that was read before is ${reading.refusal.code} now`);
  return reading.value;
};

const decided = (choices: Choices): Map<string, Choice> => {
  const read = new Map<string, Choice>();
  for (const [id, choice] of Object.entries(choices)) {
    const found = readChoice(choice);
    if (found.ok) read.set(id, found.choice);
  }
  return read;
};

/** Merging in this process. */
export const localTexts: DocumentTexts = {
  ...comparing,
  async read(text, policy) {
    const reading = readJson(text);
    if (!reading.ok) return { ok: false, refusal: reading.refusal };
    const value = withoutLocal(reading.value, policy) ?? null;
    return { ok: true, facts: factsOf(value) };
  },
  async merge(base, mine, theirs, policy, choices): Promise<MergeResult> {
    const opened = openMerge(base, mine, theirs, { policy, digest: sha256Hex });
    if ('code' in opened) return { status: 'refused', refusal: opened };
    const chosen = decided(choices);
    const open = opened.outcome.conflicts.filter(({ id }) => !chosen.has(id));
    // A document cannot be decided away: deleting it everywhere is another act.
    const text = opened.text(chosen) ?? mine;
    if (open.length === 0) return { status: 'merged', text };
    const overlay = withOpenPlaces(valueOf(theirs), base === null ? undefined : valueOf(base), open);
    return { status: 'conflicts', text, conflicts: open.map(textConflict), decided: opened.outcome.conflicts.filter(({ id }) => chosen.has(id)).map(textConflict), overlay: overlay === undefined ? null : print(overlay, formatOf(theirs)), own: opened.text(new Map([...chosen, ...open.map(({ id }) => [id, { take: 'mine' }] as const)])) ?? text };
  },
  async recall(base, mine, theirs, older, policy) {
    const [before, ours, others] = [base === null ? undefined : valueOf(base), valueOf(mine), valueOf(theirs)];
    const found = older.map(valueOf).reduce<Maybe>((known, one) => recall(known, ours, others, one, policy), before);
    return found === undefined || found === before ? base : print(found, formatOf(theirs));
  },
  async overPush(base, pushed, theirs, policy) {
    const before = base === null ? undefined : valueOf(base);
    const found = overPush(before, valueOf(pushed), valueOf(theirs), { policy, digest: sha256Hex });
    return found === undefined || found === before ? base : print(found, formatOf(theirs));
  },
  async keep(now, asked, stale, policy) {
    return keepDecisions(now, asked, stale, policy);
  },
  async rounded(text) {
    const { value, number } = asDoubles(valueOf(text));
    return { loose: documentHash(loosely(value), sha256Hex), number };
  },
  async shared(text: string, policy: Policy) {
    const value = valueOf(text);
    return writeBack(text, value, withoutLocal(value, policy) ?? null);
  },
  async unfold(text, { digest, exact }, policy) {
    const reading = readJson(text);
    const shared = reading.ok ? (withoutLocal(reading.value, policy) ?? null) : null;
    const facts = factsOf(shared);
    if (!reading.ok || !facts.loose.startsWith(digest)) return { is: 'other', text };
    if (facts.canon.startsWith(exact)) return { is: 'sent', text };
    const found = unfolded(shared, text.length, sha256Hex, exact);
    return found === undefined ? { is: 'untold', text } : { is: 'sent', text: writeBack(text, reading.value, restored(reading.value, found)) };
  },
  async hasLists(text, known, policy) {
    return hasLists(withoutLocal(valueOf(text), policy) ?? null, known === null ? undefined : valueOf(known));
  },
  async restore(text, reference) {
    const value = valueOf(text);
    return writeBack(text, value, restored(value, valueOf(reference)));
  },
};
