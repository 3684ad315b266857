/** One measurement of the merge in a process of its own, with the heap a worker gets. Prints its figures as JSON. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Desk } from '../../src/main/resolver/desk';
import { Session } from '../../src/main/resolver/session';
import { documentHash, guard, merge, mergeTexts, readJson, withOpenPlaces, type JsonValue } from '../../src/merge/index';
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

/** What a window asks for when it draws the resolver: the counts come with every act. */
const drawn = (desk: Desk): void => {
  const filter = { show: 'conflicts', kind: null, text: '' };
  const next = desk.answer('next', { session: 's', filter, from: null, back: false, open: false }) as { readonly id: string };
  desk.answer('list', { session: 's', filter, from: 0, count: 100 });
  desk.answer('item', { session: 's', id: next.id });
  desk.answer('reveal', { session: 's', id: next.id });
  desk.answer('tree', { session: 's', from: 0, count: 100 });
};

/** 1 when everything that is decided and undone leaves the document as it was. */
const undoneToTheByte = (): number => {
  const text = (name: string): string => JSON.stringify(Array.from({ length: 10_000 }, (_, id) => ({ id, title: name, at: id })));
  const session = Session.open({ base: text('base'), mine: text('mine'), theirs: text('theirs'), policy: {} }, digest);
  if (session === null) throw new Error('the texts were not opened');
  const before = JSON.stringify(session.result());
  session.takeAll('theirs');
  session.items.slice(0, 500).forEach(({ id }, i) => session.choose(id, i % 2 === 0 ? { take: 'base' } : { take: 'edited', text: String(i) }, 'this'));
  session.replace('theirs');
  while (session.counts().canUndo) session.undo();
  return JSON.stringify(session.result()) === before ? 1 : 0;
};

/** The resolver's process with ten thousand conflicts, from files on disk to what a window draws. */
const resolver = (runs: number): Record<string, number> => {
  const folder = mkdtempSync(join(tmpdir(), 'picferry-bench-'));
  const file = (name: string): string => {
    const path = join(folder, `${name}.gz`);
    writeFileSync(path, gzipSync(JSON.stringify({ rows: Array.from({ length: 10_000 }, (_, id) => ({ id, title: name, note: 'same everywhere', at: id })) })));
    return path;
  };
  const texts = { base: file('base'), mine: file('mine'), theirs: file('theirs'), policy: {} };
  const opened = (): Desk => {
    const desk = new Desk({ now: Date.now, after: () => () => undefined });
    desk.answer('open', { texts, draft: join(folder, 'draft.json'), decided: {} });
    drawn(desk);
    return desk;
  };
  const opening = time(runs, opened);
  const desk = opened();
  const { id } = desk.answer('next', { session: 's', filter: { show: 'all', kind: null, text: '' }, from: null, back: true, open: true }) as { readonly id: string };
  const act = (ask: string, input: object) => (): void => {
    desk.answer(ask, { session: 's', ...input });
    drawn(desk);
  };
  let turn = 0;
  const one = time(runs, () => act('choose', { id, choice: { take: (turn += 1) % 2 === 0 ? 'mine' : 'theirs' }, scope: 'this' })());
  const all = time(runs, () => {
    act('take-all', { take: 'theirs' })();
    act('undo', {})();
  });
  const { conflicts } = desk.answer('counts', {}) as { readonly conflicts: number };
  rmSync(folder, { recursive: true, force: true });
  return { conflicts, opening, one, all, undone: undoneToTheByte() };
};

/** What waits for a person with ten thousand open places: their base, and the merge with a further version over it. */
const waiting = (runs: number): Record<string, number> => {
  const state = (name: string, note: string): JsonValue => ({
    note,
    keys: Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`key ${String(i)}`, name])),
    rows: Array.from({ length: 3_000 }, (_, id) => ({ id, title: name })),
    list: Array.from({ length: 6_000 }, (_, i) => (i % 2 === 0 ? `item ${String(i)}` : `${name} ${String(i)}`)),
  });
  const [base, mine, theirs, further] = [state('base', ''), state('mine', ''), state('theirs', ''), state('theirs', 'further')];
  const first = merge(base, mine, theirs, { digest });
  const again = time(runs, () => merge(withOpenPlaces(theirs, base, first.conflicts), first.value ?? null, further, { digest }));
  return { waiting: again, open: first.conflicts.length };
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
  waiting: () => waiting(Number(runs)),
};
process.stdout.write(JSON.stringify(figures[what]?.() ?? {}));
