/** npm run bench: set-up, then the measurements of bench/, one row per promise; exits 1 when one is not kept. */
import { spawn } from 'node:child_process';
import { ensureBuild } from './build.mjs';
import { hasDisplay, onVirtualDisplay } from './display.mjs';
import { ensurePackages } from './packages.mjs';
import { checkNode, inRoot, root } from './place.mjs';
import { ensureRuntime, runtimeEnvironment } from './runtime.mjs';
import { main } from './say.mjs';
import { ensurePictureBenchTools, ensureTestLibraries } from './system-libraries.mjs';

await main(async () => {
  checkNode();
  await ensurePackages();
  await ensureTestLibraries();
  const names = process.argv.slice(2);
  if (names.length === 0 || names.includes('imaging')) await ensurePictureBenchTools();
  const runtime = await ensureRuntime();
  await ensureBuild();
  const { bundle } = await import('./run-ts.mjs');
  const program = [await bundle(inRoot('bench', 'run.ts')), ...names];
  const [command, args] = hasDisplay() ? [process.execPath, program] : onVirtualDisplay(process.execPath, program);
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...runtimeEnvironment(runtime) } });
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
});
