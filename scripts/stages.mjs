import { writeFileSync } from 'node:fs';
import { ensureBuild } from './build.mjs';
import { onVirtualDisplay } from './display.mjs';
import { inRoot } from './place.mjs';
import { single, tallyGraph, tallyPlaywright, tallyVitest } from './reports.mjs';
import { run, tail } from './run.mjs';
import { sandboxFlags } from './runtime.mjs';
import { SetupError } from './say.mjs';

const MINUTE = 60_000;
const output = (name) => inRoot('test-results', name);
const tool = (...parts) => inRoot('node_modules', ...parts);
const node = (script, args, options) => run(process.execPath, [script, ...args], options);

const check = async (name, script, args) => {
  const { code, output: text, timedOut } = await node(script, args, { log: output(`${name}.log`), timeoutMs: 10 * MINUTE });
  return single(code === 0, timedOut ? 'ran out of time' : tail(text, 40));
};

const types = () => check('types', tool('typescript', 'bin', 'tsc'), ['-b', '--pretty', 'false']);

const lint = () => check('lint', tool('eslint', 'bin', 'eslint.js'), ['.', '--max-warnings', '0']);

const graph = async () => {
  const report = output('graph.json');
  await node(tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), [
    'src', 'e2e', 'test', 'bench', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--output-to', report,
  ], { log: output('graph.log'), timeoutMs: 5 * MINUTE });
  return tallyGraph(report);
};

const unit = async (env) => {
  const report = output('unit.json');
  const { code } = await node(tool('vitest', 'vitest.mjs'), [
    'run', '--allowOnly=false', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
  ], { env, log: output('unit.log'), beat: 'unit tests are running', beatMs: 30_000, timeoutMs: 30 * MINUTE });
  return tallyVitest(report, code);
};

const build = async () => {
  try {
    await ensureBuild();
    return single(true);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    writeFileSync(output('build.log'), error.message);
    return single(false, error.message);
  }
};

/** Real Electron shows a window here: without that, green end-to-end tests would mean nothing. */
const electron = async (env) => {
  const [command, args] = onVirtualDisplay(env.PICFERRY_ELECTRON, [...sandboxFlags(), inRoot('scripts', 'probe')]);
  const { output: text } = await run(command, args, { env, log: output('electron.log'), timeoutMs: MINUTE });
  return single(/^ready \{"electron":/m.test(text), `Electron does not start:\n${tail(text)}`);
};

/** Each worker of Playwright's makes a display of its own; see e2e/own-screen.ts. `words` choose specs as Playwright's do. */
const e2e = async (env, words) => {
  const report = output('e2e.json');
  const { code } = await node(tool('@playwright', 'test', 'cli.js'), [
    'test', '--config', 'e2e/playwright.config.ts', '--forbid-only', '--reporter=list,json', '--output', output('e2e'), ...words,
  ], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    log: output('e2e.log'),
    beat: 'end-to-end tests are running',
    beatMs: 30_000,
    timeoutMs: 45 * MINUTE,
  });
  return tallyPlaywright(report, code);
};

/**
 * What a change must pass, in order. Neighbours that are `beside` each other run at the same time: each keeps one processor busy.
 * A stage that needs another's result names it; `run` gets the environment and the words after the options.
 */
export const stages = [
  { name: 'types', run: types, beside: true },
  { name: 'lint', run: lint, beside: true },
  { name: 'graph', run: graph, beside: true },
  { name: 'build', run: build, beside: true },
  { name: 'unit', run: unit },
  { name: 'electron', run: electron },
  { name: 'e2e', run: e2e, needs: ['build', 'electron'] },
];
