import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..', '..');
const LAWS = 'test/merge/invariants.test.ts';
const TEXTS = 'test/merge/text-invariants.test.ts';
const ENGINE = 'src/main/sync/invariants.test.ts';
const PROMISES = 'src/main/sync/promises.test.ts';
const WRITERS = 'src/main/sync/single-writers.test.ts';
const SIMULATION = 'src/main/sync/simulation.test.ts';

/**
 * The invariants of SYNC.md §2.7 and the tests that hold them. All are tried with 2,000 cases in `npm test` and with
 * 100,000 in `npm run test:long`. Of 16 to 18 each case is a story of devices, with all that is on their disks in memory;
 * a few stories more take real files and a host over HTTP, and the simulation plays long ones.
 */
const invariants: readonly (readonly [number: number, what: string, file: string, title: string])[] = [
  [1, 'merge(b, a, b) = a', LAWS, '1 of a change with the base is the change'],
  [2, 'merge(b, b, a) = a', LAWS, '2 of the base with a change is the change'],
  [3, 'merge(b, a, a) = a', LAWS, '3 of one change made twice is the change'],
  [4, 'the same conflict ids on both sides', LAWS, '4 names its conflicts alike on both devices'],
  [5, 'clean results are equal under swap', LAWS, '5 gives both devices one document when nothing conflicts'],
  [6, 'merge(t, m, t) = m', LAWS, '6 is what remains when theirs has become the base'],
  [7, 'merge(b, m, t) = m for objects and keyed arrays', LAWS, '7 of objects and keyed arrays is the same when it meets theirs again over the old base'],
  [8, 'clean merges of many are associative on content', LAWS, '8 of three devices has one content, whoever merges first'],
  [9, 'no silent loss', LAWS, '9 shows every change of both sides, or names it in a conflict'],
  [10, 'no invention', LAWS, '10 invents no value and no key'],
  [11, 'no identity twice', LAWS, '11 never gives two elements one identity'],
  [11, 'the output is JSON, with no key twice', TEXTS, '11, 12 is JSON again, with no key twice, and every number as one of the three texts writes it'],
  [12, 'parse, merge, print is idempotent', TEXTS, '12 with itself is itself, to the byte'],
  [12, 'what is untouched is equal to the byte', TEXTS, '12 with an unchanged theirs is mine to the byte'],
  [13, 'inputs are never mutated', LAWS, '13 changes none of its inputs, nor what all objects share'],
  [14, 'one side for all is that side plus clean changes of the other', LAWS, '14 is mine with the clean changes of theirs'],
  [14, 'of lists as well', LAWS, '14 has every item that mine added to a list'],
  [14, 'for either side', LAWS, '14 and theirs for all mirror each other'],
  [15, 'choices in any order give one document', LAWS, '15 give one document in whatever order they are made'],
  [15, 'undo leads back', LAWS, '15 that are taken back one by one lead back to the beginning'],
  [16, 'after quiet all agree, nothing lost, few pushes, and every run ends', ENGINE, '16 in quiet all devices have one document with all that was put in, after few pushes'],
  [17, 'any prefix of the journal leads to the same state', ENGINE, '17 a run that is killed anywhere, and again, ends where it ends without that, and no push is two versions'],
  [18, 'a second sync with no edits sends nothing', ENGINE, '18 a sync with nothing to say reads one page of the history and sends nothing, however the file is laid out'],
  [16, 'the same over HTTP', PROMISES, '16 and 18: in quiet all devices have all that was put, with few pushes, and then send nothing more'],
  [16, 'the same at every kind of host, where each place has one writer and values come again', WRITERS, 'whatever happens, every place ends as its only writer left it, everywhere'],
  [16, 'over a bad network, at ten kinds of host', SIMULATION, 'a few devices lose no edit and agree in the end'],
  [17, 'the same with real files', PROMISES, '17: whatever point a sync is killed at, it reaches the same document, and the same push is one version'],
  [18, 'the same over HTTP', PROMISES, '16 and 18: in quiet all devices have all that was put, with few pushes, and then send nothing more'],
];

const source = (file: string): string => readFileSync(join(root, file), 'utf8');

test('every invariant has the tests that this list names', () => {
  expect([...new Set(invariants.map(([number]) => number))]).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  for (const [, , file, title] of invariants) expect(source(file), file).toContain(title);
});

test('the laws of the merge are all tried with as many cases as the list says', () => {
  expect(source('test/merge/documents.ts')).toContain("numRuns: process.env['PICFERRY_LONG'] === '1' ? 100_000 : 2_000");
  for (const file of [LAWS, TEXTS]) {
    expect(source(file)).toContain('void fc.assert(fc.property(arbitrary, holds), RUNS)');
    expect(source(file).split('fc.assert(')).toHaveLength(2);
  }
});

test('and so are those of the engine', () => {
  const engine = source(ENGINE);
  for (const said of ['const BATCH = 2_000;', 'const BATCHES = isLong ? 50 : 1;', 'cases = BATCH): void', 'fc.assert(fc.asyncProperty(story, holds), { numRuns: cases, seed: seed + batch, ']) expect(engine).toContain(said);
  expect(engine.split('fc.assert(')).toHaveLength(2);
  // One law beside the list has fewer: a number of its own stands at a law's end.
  expect(engine.match(/^\}, .*\);$/gm)).toEqual(['}, [], BATCH / 4);']);
});
