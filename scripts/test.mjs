/**
 * npm test: set-up, then everything that a change must pass. Output of each stage is kept in test-results/.
 * The last line is "N passed, N failed" over all suites. `--long` adds the long ones (PICFERRY_LONG=1).
 * `--only NAME[,NAME]` runs these stages alone.
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

const runStages = async (chosen, env) => {
  const results = new Map();
  for (const stage of chosen) {
    const started = Date.now();
    const broken = (stage.needs ?? []).find((name) => (results.get(name)?.failed ?? 0) > 0);
    const tally = broken ? single(false, `not run, because ${broken} failed`) : await stage.run(env);
    results.set(stage.name, tally);
    show(stage.name, tally, Date.now() - started);
  }
  return [...results.values()];
};

const finish = (tallies) => {
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
  print(`${sum('passed')} passed, ${sum('failed')} failed`);
};

const words = process.argv.slice(2);
const only = words.includes('--only') ? words[words.indexOf('--only') + 1].split(',') : null;
const chosen = stages.filter(({ name }) => !only || only.includes(name));
try {
  const env = await setUp(chosen, words.includes('--long'));
  rmSync(inRoot('test-results'), { recursive: true, force: true });
  mkdirSync(inRoot('test-results'), { recursive: true });
  finish(await runStages(chosen, env));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  finish([single(false, 'set-up')]);
}
