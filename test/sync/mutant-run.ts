import { hostModes, simulate } from './simulation';
import { ourClient } from './our-client';
import { startSyncWorld } from './sync-world';

/** Runs a few simulations and prints what they lost, one line each; nothing where the engine keeps its promises. */
const world = await startSyncWorld();
const weather = { lostRequests: 0.2, lostAnswers: 0.2, twice: 0.05 };
try {
  for (const mode of hostModes.filter(({ name }) => ['last write wins', 'deep merge', 'late history'].includes(name))) {
    for (const seed of [1, 2]) {
      const found = await simulate({ world, mode, seed, devices: 4, edits: 18, editsPerSync: 3, weather, crashes: 1, client: ourClient(world) });
      const { lostInserts, lostSets, resurrected, documents, needlessQuestions, pushesAtRest } = found;
      if (lostInserts + lostSets + resurrected + needlessQuestions + pushesAtRest > 0 || documents > 1) process.stdout.write(`${mode.name}, seed ${String(seed)}: ${JSON.stringify({ lostInserts, lostSets, resurrected, documents, needlessQuestions, pushesAtRest })}\n`);
    }
  }
} finally {
  await world.stop();
}
