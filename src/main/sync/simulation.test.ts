import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALM } from '../../../test/sync/bad-network';
import { ourClient } from '../../../test/sync/our-client';
import { hostModes, simulate } from '../../../test/sync/simulation';
import { startSyncWorld, type SyncWorld } from '../../../test/sync/sync-world';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());

const isLong = process.env['PICFERRY_LONG'] === '1';
const SEEDS = isLong ? Array.from({ length: 20 }, (_, index) => index + 1) : [1];
const DEVICES = 4;
const weathers = [
  ...(isLong ? [{ name: 'calm', weather: CALM, crashes: 0 }] : []),
  { name: 'a fifth of requests and of answers lost, pushes sent twice, crashes', weather: { lostRequests: 0.2, lostAnswers: 0.2, twice: 0.05 }, crashes: 2 },
];

test.each(hostModes.flatMap((mode) => weathers.map((one) => [mode.name, one.name, mode, one] as const)))('a few devices lose no edit and agree in the end: %s, %s', { timeout: isLong ? 600_000 : 60_000 }, async (_host, _network, mode, { weather, crashes }) => {
  for (const seed of SEEDS) {
    const { inserts, sets, deletes, requests, milliseconds, resurrected, needlessQuestions, faults, pushesAfterQuiet, leftBehind, ...found } = await simulate({ world, mode, seed, devices: DEVICES, edits: isLong ? 24 : 9, editsPerSync: 3, weather, crashes, client: ourClient(world) });
    expect(found, `${mode.name}, seed ${String(seed)}`).toEqual({ lostInserts: 0, lostSets: 0, documents: 1, strays: 0, pushesAtRest: 0 });
    expect(inserts + sets + deletes + requests + milliseconds).toBeGreaterThan(0);
    if (mode.rollback !== true && mode.switches.autoMerge === undefined) expect(leftBehind).toBe(0);
    expect(pushesAfterQuiet).toBeLessThanOrEqual(2 * DEVICES + faults);
    if (mode.forgets === true) continue;
    expect(needlessQuestions).toBe(0);
    // A host that merges by itself puts things back that it does not know to be deleted.
    if (mode.switches.autoMerge === undefined) expect(resurrected).toBe(0);
  }
});
