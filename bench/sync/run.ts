import { parseArgs } from 'node:util';
import { hostModes, simulate, type MakeClient, type Outcome } from '../../test/sync/simulation';
import { ourClient } from '../../test/sync/our-client';
import { localTexts } from '../../src/main/sync/local-texts';
import { rememberingTexts } from '../../test/sync/remembering-texts';
import { startShortWorld, startSyncWorld } from '../../test/sync/sync-world';
import { verdictOn } from '../../test/sync/verdict';
import { plainClient, plainMerges } from './plain-client';

/**
 * `npm run bench:sync -- [--devices N] [--edits N] [--between N] [--seeds N] [--from SEED] [--mode WORDS] [--ours] [--http]`: the simulation of
 * SYNC.md C2 in every way a host may be, Picferry's engine beside three plainer clients on the same seeds. Exits 1 when an edit of ours is lost,
 * or when more deletes come back on average over the seeds of a host than C2 allows.
 */
const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '100' },
    edits: { type: 'string', default: '1000' },
    between: { type: 'string', default: '100' },
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    mode: { type: 'string', default: '' },
    ours: { type: 'boolean', default: false },
    http: { type: 'boolean', default: false },
  },
});
const WEATHER = { lostRequests: 0.2, lostAnswers: 0.2, twice: 0.05 };
const CRASHES = 10;
const FIRST_PLAIN_MODE = 'last write wins';

const cells = (name: string, mode: string, seed: number, found: Outcome): readonly string[] => [
  mode,
  String(seed),
  name,
  `${String(found.lostInserts)} of ${String(found.inserts)}`,
  `${String(found.lostSets)} of ${String(found.sets)}`,
  String(found.leftBehind),
  `${String(found.resurrected)} of ${String(found.deletes)}`,
  String(found.needlessQuestions),
  String(found.documents),
  String(found.requests),
  `${String(found.pushesAfterQuiet)} + ${String(found.pushesAtRest)}`,
  `${(found.milliseconds / 1000).toFixed(1)} s`,
];
const HEAD = ['host', 'seed', 'client', 'lost inserts', 'lost sets', 'left behind', 'deletes back', 'needless questions', 'documents', 'requests', 'pushes after quiet + at rest', 'time'] as const;
const widths = [26, 5, 24, 16, 16, 12, 16, 19, 10, 9, 29, 9] as const;
const line = (row: readonly string[]): string => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' ');

const run = async (): Promise<boolean> => {
  const [devices, edits, editsPerSync, seeds, from] = [values.devices, values.edits, values.between, values.seeds, values.from].map(Number) as [number, number, number, number, number];
  const texts = rememberingTexts(localTexts);
  const world = values.http ? await startSyncWorld({ texts }) : startShortWorld({ texts });
  process.stdout.write(`${String(devices)} devices, ${String(edits)} edits each, a sync after ${String(editsPerSync)} on average\n${line(HEAD)}\n`);
  let ok = true;
  const row = async (name: string, mode: (typeof hostModes)[number], seed: number, client: MakeClient): Promise<Outcome> => {
    const found = await simulate({ world, mode, seed, devices, edits, editsPerSync, weather: WEATHER, crashes: CRASHES, client });
    process.stdout.write(`${line(cells(name, mode.name, seed, found))}\n`);
    return found;
  };
  for (const mode of hostModes.filter(({ name }) => name.includes(values.mode))) {
    const ours: Outcome[] = [];
    for (let seed = from; seed < from + seeds; seed += 1) {
      ours.push(await row('Picferry', mode, seed, ourClient(world)));
      if (values.ours || mode.name !== FIRST_PLAIN_MODE) continue;
      for (const [name, merge] of Object.entries(plainMerges)) await row(name, mode, seed, plainClient(world, merge));
    }
    const verdict = verdictOn(ours, devices);
    process.stdout.write(`${verdict.ok ? 'ok  ' : 'FAIL'} ${mode.name}: ${(100 * verdict.back).toFixed(2)} % of deletes back on average\n`);
    ok &&= verdict.ok;
  }
  await world.stop();
  return ok;
};

process.exitCode = (await run()) ? 0 : 1;
