/**
 * npm start: does the set-up that is needed and opens the window.
 * npm start -- VERB …: does only what the command line needs, and runs it; stdout is the verb's alone.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { ensureBuild } from './build.mjs';
import { hasDisplay, noDisplay } from './display.mjs';
import { ensurePackages } from './packages.mjs';
import { checkNode, inRoot, root } from './place.mjs';
import { ensureRuntime, runtimeEnvironment, sandboxFlags } from './runtime.mjs';
import { checkSandbox } from './sandbox.mjs';
import { main, SetupError } from './say.mjs';
import { ensureWindowLibraries } from './system-libraries.mjs';

const runVerb = (words) => {
  const program = inRoot('out', 'main', 'cli.js');
  process.env.INIT_CWD = process.env.INIT_CWD || process.cwd();
  process.argv = [process.argv[0], program, ...words];
  createRequire(program)(program);
};

/** Electron started by itself has no window server of its own on a desktop that speaks only Wayland. */
const platformFlags = () => (process.platform === 'linux' && !process.env.DISPLAY ? ['--ozone-platform=wayland'] : []);

const openWindow = (runtime) =>
  new Promise((resolve, reject) => {
    const child = spawn(runtime.path, [...sandboxFlags(), ...platformFlags(), root], {
      stdio: 'inherit',
      env: { ...process.env, ...runtimeEnvironment(runtime) },
    });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(signal ? 1 : code);
    });
  });

await main(async () => {
  checkNode();
  const words = process.argv.slice(2);
  if (words.length === 0 && !hasDisplay()) throw new SetupError(noDisplay);
  await ensurePackages();
  await ensureBuild();
  if (words.length > 0) {
    runVerb(words);
    return;
  }
  const runtime = await ensureRuntime();
  await ensureWindowLibraries(runtime.path);
  checkSandbox(runtime.path);
  process.exitCode = await openWindow(runtime);
});
