import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { shortWay, type ShortWay } from '../../../test/sync/short-way';
import { brokenPromises, writersStory, type WritersAct, type WritersHost, type WritersStory } from '../../../test/sync/single-writers';
import { writersHosts } from '../../../test/sync/single-writers-hosts';

/**
 * Stories that nobody chose, in which only one device ever writes at a place: so it is known what must be there in the
 * end, and there is nothing to ask. 2,000 in `npm test`, 100,000 in `npm run test:long`, shared by all kinds of host.
 */
const isLong = process.env['PICFERRY_LONG'] === '1';
const CASES = isLong ? 100_000 : 2_000;
/** What fast-check keeps of its cases grows with their number, so many are told in several runs. */
const BATCH = 2_000;
const ACTS = 10;

let root: string;
let way: ShortWay;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'picferry-writers-'));
  way = shortWay(root);
});
afterAll(() => {
  way.stop();
  rmSync(root, { recursive: true, force: true });
});

describe('whatever happens, every place ends as its only writer left it, everywhere', () => {
  test.each(writersHosts.map((kind) => [kind.name, kind] as const))('%s', { timeout: isLong ? 3_600_000 : 120_000 }, async (_name, kind) => {
    const { seed = Date.now() } = fc.readConfigureGlobal();
    const runs = Math.ceil(CASES / writersHosts.length);
    for (let done = 0; done < runs; done += BATCH)
      await fc.assert(fc.asyncProperty(writersStory(ACTS), async (told) => void expect(await brokenPromises(way, kind, told)).toEqual([])), { numRuns: Math.min(BATCH, runs - done), seed: seed + done });
  });
});

const hostNamed = (name: string): WritersHost => writersHosts.find((one) => one.name === name) as WritersHost;
const act = (who: number, place: WritersAct['place'], value: WritersAct['value'], more: Partial<WritersAct> = {}): WritersAct => ({ who, place, value, syncs: true, between: null, meanwhile: null, killedAt: null, ...more });
const story = (devices: number, together: number, acts: readonly WritersAct[], loss = { before: Infinity, versions: 0 }): WritersStory => ({ devices, together, acts, faults: [], loss });

/** Stories in which one sync may be killed at any point; each is told for all of them. */
const killed: readonly (readonly [what: string, host: string, of: (killedAt: number) => WritersStory])[] = [
  [
    'what was set back, then set again while a merge of the first was on its way into a file',
    'merges three ways',
    (killedAt) =>
      story(2, 2, [act(0, 'top', 2, { meanwhile: 0 }), act(1, 'top', 0), act(1, 'top', 2, { between: 0, killedAt }), act(0, 'top', 2, { syncs: false }), act(0, 'item', 0, { syncs: false })]),
  ],
  [
    'what took the number of a version that was merged and lost',
    'rolled back once and merges three ways',
    (killedAt) => story(3, 3, [act(2, 'top', 0, { syncs: false }), act(0, 'top', 0, { between: 2, killedAt }), act(1, 'top', 0)], { before: 2, versions: 2 }),
  ],
  [
    'the same before anything was agreed',
    'rolled back once and merges three ways',
    (killedAt) => story(2, 0, [act(0, 'top', 0, { syncs: false }), act(1, 'top', 0, { between: 0, killedAt: 7 }), act(1, 'top', 0, { killedAt }), act(0, 'top', 1, { syncs: false })], { before: 3, versions: 1 }),
  ],
  [
    'what was put in again while its deletion was on its way, when two devices had merged the same two versions',
    'last write wins and tells of it',
    (killedAt) => story(2, 2, [act(1, 'own', 0, { syncs: false }), act(0, 'top', 0, { between: 1, killedAt: 7 }), act(1, 'own', 'gone', { between: 0, meanwhile: 0, killedAt })]),
  ],
  [
    'what changed further at one of two devices that had merged the same two versions, with lists for objects in one of these',
    'folds empty objects',
    (killedAt) => story(2, 2, [act(0, 'heap', 0, { syncs: false }), act(1, 'top', 0, { between: 0, killedAt }), act(0, 'heap', 2, { between: 1 }), act(0, 'top', 0, { syncs: false })]),
  ],
  [
    'what was deleted after a host had merged it into a push of another device, whose answer was lost',
    'shallow merge',
    (killedAt) => story(2, 2, [act(0, 'top', 0, { syncs: false }), act(1, 'top', 0, { between: 0, killedAt: 7 }), act(0, 'top', 'gone', { killedAt: 9 }), act(0, 'own', 0, { killedAt })]),
  ],
];
it.each(killed)('keeps every promise wherever a sync is killed: %s', async (_what, host, of) => {
  for (let killedAt = 1; killedAt <= 30; killedAt += 1) expect(await brokenPromises(way, hostNamed(host), of(killedAt)), String(killedAt)).toEqual([]);
});
