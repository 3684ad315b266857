/** One measurement of the merge in a process of its own, with the heap a worker gets. Prints its figures as JSON. */
import { createHash } from 'node:crypto';
import { documentHash, guard, merge, mergeTexts, openMerge, readJson, resolve, takeAll, type Choices, type JsonValue } from '../../src/merge/index';
import { median } from '../row';
import { documentOf, edited, shuffled, type Json } from './documents';

const MEGABYTE = 1_000_000;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Median of some runs after a warm-up, in milliseconds. */
const time = (runs: number, act: () => unknown): number => {
  const times: number[] = [];
  for (let i = -1; i < runs; i++) {
    globalThis.gc?.();
    const start = performance.now();
    act();
    if (i >= 0) times.push(performance.now() - start);
  }
  return median(times);
};

const texts = (megabytes: number): { readonly base: string; readonly mine: string; readonly theirs: string } => {
  const base = documentOf(megabytes * MEGABYTE);
  return { base: JSON.stringify(base), mine: JSON.stringify(edited(base, 0.01, 'mine')), theirs: JSON.stringify(edited(base, 0.01, 'theirs')) };
};

/** The parts at one size, each as a multiple of parsing one copy. */
const parts = (megabytes: number, runs: number): Record<string, number> => {
  const { base, mine, theirs } = texts(megabytes);
  const parse = time(runs, () => JSON.parse(mine) as unknown);
  const whole = time(runs, () => mergeTexts(base, mine, theirs, {}, digest));
  const scan = time(runs, () => guard(mine));
  const read = time(runs, () => readJson(mine));
  const [b, m, t] = [base, mine, theirs].map((text) => JSON.parse(text) as JsonValue) as [JsonValue, JsonValue, JsonValue];
  const values = time(runs, () => merge(b, m, t, { digest }));
  const recorded = time(runs, () => merge(b, m, t, { digest, changes: true }));
  const hash = time(runs, () => documentHash(m, digest));
  const { conflicts } = merge(b, m, t, { digest });
  return { bytes: mine.length, parse, merge: values / parse, recorded: recorded / parse, whole: whole / parse, guard: scan / parse, read: read / parse, hash: hash / parse, mergeMs: values, conflicts: conflicts.length };
};

/** Ten thousand items without identities: head and tail, and all in another order. */
const listOf = (runs: number): Record<string, number> => {
  const list = Array.from({ length: 10_000 }, (_, i): Json => ({ title: `item ${String(i)}`, n: i, tags: ['a', `b${String(i % 7)}`] }));
  const copy = (): Json[] => structuredClone(list);
  const changed = copy();
  changed[5000] = { title: 'other' };
  const other = copy();
  other[5001] = { title: 'another' };
  const [base, head, tail] = [copy(), [{ title: 'new first' } as Json, ...copy()], [...copy(), { title: 'new last' } as Json]];
  const [one, two] = [shuffled(copy(), 3), shuffled(copy(), 5)];
  const spread = copy().map((item, i): Json => (i % 100 === 0 ? { title: `mine ${String(i)}` } : item));
  const [same1, same2] = [copy(), copy()];
  const unchanged = time(runs, () => merge(base, same1, same2, { digest }));
  return {
    unchanged,
    ends: time(runs, () => merge(base, head, tail, { digest })) / unchanged,
    spread: time(runs, () => merge(base, spread, other, { digest })) / unchanged,
    shuffle: time(runs, () => merge(base, one, same1, { digest })) / unchanged,
    recordedShuffle: time(runs, () => merge(base, one, same1, { digest, changes: true })) / unchanged,
    shuffles: time(runs, () => merge(base, one, two, { digest })) / unchanged,
    shuffleConflicts: merge(base, one, two, { digest }).conflicts.length,
  };
};

/** A resolver with ten thousand conflicts. */
const resolver = (runs: number): Record<string, number> => {
  const row = (v: string): string => JSON.stringify(Array.from({ length: 10_000 }, (_, id) => ({ id, title: v, note: 'same everywhere', at: id })));
  const [base, mine, theirs] = [row('base'), row('mine'), row('theirs')];
  const options = { digest, policy: {} };
  const opening = time(runs, () => openMerge(base, mine, theirs, options));
  const open = openMerge(base, mine, theirs, options);
  if ('code' in open) throw new Error(open.code);
  const { outcome } = open;
  const ids = outcome.conflicts.map(({ id }) => id);
  const one = time(runs, () => resolve(outcome, new Map([[ids[4711] ?? '', { take: 'theirs' }]])));
  const all = time(runs, () => resolve(outcome, takeAll(outcome, new Map(), 'theirs')));
  const none: Choices = new Map();
  const undone = JSON.stringify(resolve(outcome, none).value) === JSON.stringify(outcome.value) ? 1 : 0;
  return { conflicts: ids.length, opening, one, all, undone, text: time(runs, () => open.text(takeAll(outcome, new Map(), 'theirs'))) };
};

/** Peak memory of one merge of three texts, in multiples of one text's bytes. */
const memory = (megabytes: number): Record<string, number> => {
  const { base, mine, theirs } = texts(megabytes);
  const before = process.resourceUsage().maxRSS;
  const answer = mergeTexts(base, mine, theirs, {}, digest);
  const peak = process.resourceUsage().maxRSS * 1024;
  return { bytes: mine.length, before: (before * 1024) / mine.length, peak: peak / mine.length, merged: answer.status === 'merged' ? 1 : 0 };
};

const [what = '', size = '10', runs = '5'] = process.argv.slice(2);
const figures: Record<string, () => Record<string, number>> = {
  parts: () => parts(Number(size), Number(runs)),
  list: () => listOf(Number(runs)),
  resolver: () => resolver(Number(runs)),
  memory: () => memory(Number(size)),
};
process.stdout.write(JSON.stringify(figures[what]?.() ?? {}));
