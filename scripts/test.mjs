/**
 * npm test: set-up, then everything that a change must pass. Output of each stage is kept in test-results/.
 * The last line is "N passed, N failed" over all suites. `--long` adds the long ones (PICFERRY_LONG=1).
 * `--only NAME[,NAME]` runs these stages alone; further words choose end-to-end tests as Playwright's do ("npm run e2e -- paste").
 */
import { mkdirSync, rmSync } from 'node:fs';
import { ensurePackages } from './packages.mjs';
import { checkNode, inRoot } from './place.mjs';
import { single } from './reports.mjs';
import { ensureRuntime, runtimeEnvironment } from './runtime.mjs';
import { duration, say, SetupError } from './say.mjs';
import { stages } from './stages.mjs';
import { ensureTestLibraries } from './system-libraries.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

/** Fetches what the chosen stages need, and gives them their environment. */
const setUp = async (chosen, long) => {
  checkNode();
  await ensurePackages();
  await ensureTestLibraries();
  const withWindow = chosen.some(({ name }) => name === 'electron' || name === 'e2e');
  return {
    ...process.env,
    ...(withWindow ? runtimeEnvironment(await ensureRuntime()) : {}),
    ...(long ? { PICFERRY_LONG: '1' } : {}),
  };
};

const show = (name, tally, ms) => {
  print(`${tally.failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(8)} ${tally.passed} passed, ${tally.failed} failed, ${duration(ms)}`);
  for (const failure of tally.failures) print(`     ${failure.replaceAll('\n', '\n     ')}`);
};

const runStage = async (stage, results, env, further) => {
  const started = Date.now();
  const broken = (stage.needs ?? []).find((name) => (results.get(name)?.failed ?? 0) > 0);
  const tally = broken ? single(false, `not run, because ${broken} failed`) : await stage.run(env, further);
  results.set(stage.name, tally);
  show(stage.name, tally, Date.now() - started);
};

const runStages = async (chosen, env, further) => {
  const results = new Map();
  const side = [];
  for (const stage of chosen) {
    if (!stage.beside) await Promise.all(side.splice(0));
    const running = runStage(stage, results, env, further);
    if (stage.beside) side.push(running);
    else await running;
  }
  await Promise.all(side);
  return [...results.values()];
};

const finish = (tallies) => {
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  print(`${sum('passed')} passed, ${sum('failed')} failed`);
};

/** Our own options, wherever they stand, and the words that are left. */
const options = (words) => {
  const at = words.indexOf('--only');
  const further = words.filter((word, index) => word !== '--long' && (at === -1 || (index !== at && index !== at + 1)));
  return { only: at === -1 ? null : (words[at + 1] ?? '').split(','), long: words.includes('--long'), further };
};

const { only, long, further } = options(process.argv.slice(2));
const chosen = stages.filter(({ name }) => !only || only.includes(name));
try {
  if (further.length > 0 && !only) throw new SetupError(`npm test runs everything and takes no words (${further.join(' ')}). For some end-to-end tests: npm run e2e -- WORDS`);
  const env = await setUp(chosen, long);
  rmSync(inRoot('test-results'), { recursive: true, force: true });
  mkdirSync(inRoot('test-results'), { recursive: true });
  finish(await runStages(chosen, env, further));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  finish([single(false, 'set-up')]);
}
