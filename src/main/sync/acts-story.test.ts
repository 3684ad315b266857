import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { actsStory, type StoryAct, type Weights } from '../../../test/sync/acts-story/acts-story';
import { brokenPromises } from '../../../test/sync/acts-story/play';
import { startShortWorld, type SimulatedWorld } from '../../../test/sync/sync-world';

/**
 * Stories that nobody chose, of edits at the same places mixed with all that people do beside them: answers, the resolver,
 * versions put back, acts taken back, and kills. 400 in `npm test`, 20,000 in `npm run test:long`, shared by all kinds.
 */
const isLong = process.env['PICFERRY_LONG'] === '1';
const CASES = isLong ? 20_000 : 400;
/** What fast-check keeps of its cases grows with their number, so many are told in several runs. */
const BATCH = 1_000;

let world: SimulatedWorld;
let clock = 0;
beforeAll(() => {
  world = startShortWorld({ now: () => (clock += 1) });
});
afterAll(() => world.stop());

const edits: Weights = { cell: 6, uncell: 2, item: 2, field: 3, unitem: 1, put: 3, take: 1 };
const looks: Weights = { sync: 16, decide: 6, restart: 1 };
const kinds: readonly (readonly [name: string, weights: Weights])[] = [
  ['edits and answers', { ...edits, ...looks, race: 2 }],
  ['one list', { put: 9, take: 5, ...looks, open: 2, settle: 2 }],
  ['the resolver', { ...edits, ...looks, open: 4, settle: 4, race: 1 }],
  ['versions put back, and acts taken back', { ...edits, ...looks, open: 1, settle: 2, restore: 4, undo: 2 }],
];

describe('whatever people do, each fact is there in the end, or somebody who knew it decided otherwise', () => {
  test.each(kinds)('%s', { timeout: isLong ? 3_600_000 : 120_000 }, async (_name, weights) => {
    const { seed = Date.now() } = fc.readConfigureGlobal();
    const runs = CASES / kinds.length;
    for (let done = 0; done < runs; done += BATCH) await fc.assert(fc.asyncProperty(actsStory(weights), async (story) => void expect(await brokenPromises(world, story)).toEqual([])), { numRuns: Math.min(BATCH, runs - done), seed: seed + done });
  });
});

const act = (who: number, what: StoryAct['what'], rolls: readonly number[] = [0], killedAt: number | null = null): StoryAct => ({ who, what, rolls, killedAt });
const [A, B, C] = [0, 1, 2];

/** Stories in which one act may be killed at any point; each is told for all of them. */
const killed: readonly (readonly [what: string, of: (killedAt: number) => readonly StoryAct[]])[] = [
  [
    'a merge on its way into a file, at a place of the list that its person edits next',
    (killedAt) => [act(A, 'take', [0, 1]), act(A, 'take', [0, 1]), act(A, 'put', [0, 0]), act(A, 'sync'), act(B, 'sync', [0], killedAt), act(B, 'take', [0, 1])],
  ],
  [
    'a further head on its way into a file, before an answer is typed while another device decides otherwise',
    (killedAt) => [
      act(C, 'field', [0, 1, 1]),
      act(A, 'unitem', [0, 1]),
      act(B, 'field', [0, 1, 0]),
      act(A, 'sync'),
      act(C, 'sync'),
      act(A, 'item', [0, 1]),
      act(A, 'sync'),
      act(C, 'sync', [0], killedAt),
      act(C, 'put', [0, 0]),
      act(C, 'decide', [4, 1, 4, 0]),
    ],
  ],
];
it.each(killed)('nothing is lost or doubled wherever it is killed: %s', { timeout: 60_000 }, async (_what, of) => {
  for (let killedAt = 1; killedAt <= 20; killedAt += 1) expect(await brokenPromises(world, { devices: 3, acts: of(killedAt) }), String(killedAt)).toEqual([]);
});

const told: readonly (readonly [what: string, acts: readonly StoryAct[]])[] = [
  [
    'a list put back from an unseen version stands once beside what was taken out',
    [act(B, 'put', [0, 1]), act(B, 'sync'), act(B, 'put', [0, 1]), act(A, 'restore', [1, 0, 1]), act(B, 'sync'), act(A, 'take', [0, 0])],
  ],
  ['the resolver is opened over a file that was edited after the question came', [act(A, 'cell', [0]), act(B, 'cell', [0]), act(A, 'sync'), act(B, 'sync'), act(B, 'cell', [0]), act(B, 'open'), act(B, 'settle', [0])]],
];
it.each(told)('keeps every promise: %s', async (_what, acts) => {
  expect(await brokenPromises(world, { devices: 2, acts })).toEqual([]);
});
