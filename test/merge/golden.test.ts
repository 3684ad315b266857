import { describe, expect, it } from 'vitest';
import { mergeTexts, type Conflict, type Note, type Outcome, type Path, type TextPath } from '../../src/merge/index';
import { digest, mergeOf } from './documents';
import type { Golden, GoldenText } from './golden/golden';
import { keyed } from './golden/keyed';
import { lists, moves, policies } from './golden/lists';
import { baseless, objects } from './golden/objects';
import { published } from './golden/published';
import { texts } from './golden/texts';
import { equal } from './oracle';

const step = (one: Path[number] | TextPath[number]): string => {
  if (typeof one === 'string') return `/${one}`;
  return 'list' in one ? `/[${one.list.join(',')})` : `/#${String(one.idValue)}`;
};
const place = (path: Path | TextPath): string => path.map(step).join('');
const places = (conflicts: readonly Pick<Conflict, 'kind' | 'path'>[]): string[] => conflicts.map(({ kind, path }) => `${kind} ${place(path)}`).sort();
const remarks = (notes: readonly Note[]): string[] => notes.map(({ code, path }) => `${code} ${place(path)}`);
const ids = (outcome: Outcome): string[] => outcome.conflicts.map(({ id }) => id).sort();

const check = ({ base, mine, theirs, expected, conflicts = [], notes = [], policy = {}, oneSided }: Golden): void => {
  const outcome = mergeOf(base, mine, theirs, { policy });
  expect(outcome.value).toEqual(expected);
  expect(places(outcome.conflicts)).toEqual([...conflicts].sort());
  expect(remarks(outcome.notes)).toEqual(notes);
  if (oneSided) return;
  const swapped = mergeOf(base, theirs, mine, { policy });
  expect(ids(swapped)).toEqual(ids(outcome));
  if (conflicts.length === 0) expect(equal(swapped.value, outcome.value)).toBe(true);
};

const checkText = ({ base, mine, theirs, expected, conflicts = [] }: GoldenText): void => {
  const answer = mergeTexts(base, mine, theirs, {}, digest);
  if (answer.status === 'refused') throw new Error(answer.refusal.code);
  expect(answer.text).toBe(expected);
  expect(answer.conflicts.map(({ kind, path }) => `${kind} ${place(path)}`)).toEqual(conflicts);
  expect(answer.status).toBe(conflicts.length === 0 ? 'merged' : 'conflicts');
  const swapped = mergeTexts(base, theirs, mine, {}, digest);
  expect(swapped.status !== 'refused' && swapped.conflicts.map(({ id }) => id).sort()).toEqual(answer.conflicts.map(({ id }) => id).sort());
};

const tables: readonly (readonly [string, readonly Golden[]])[] = [
  ['objects', objects],
  ['without a base', baseless],
  ['keyed arrays', keyed],
  ['lists', lists],
  ['moves in lists', moves],
  ['policies', policies],
  ['published cases', published],
];

describe.each(tables)('%s', (_name, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_title, one) => check(one));
});

describe('texts', () => {
  it.each(texts.map((one) => [one.name, one] as const))('%s', (_title, one) => checkText(one));
});

describe('the tables', () => {
  it('hold at least 150 cases, no name twice', () => {
    const names = [...tables.flatMap(([table, cases]) => cases.map(({ name }) => `${table}: ${name}`)), ...texts.map(({ name }) => `texts: ${name}`)];
    expect(names.length).toBeGreaterThanOrEqual(150);
    expect(new Set(names).size).toBe(names.length);
  });
});
