/** npm run setup: everything that starting and testing need, without starting anything. */
import { ensureBuild } from './build.mjs';
import { ensurePackages } from './packages.mjs';
import { checkNode } from './place.mjs';
import { ensureRuntime } from './runtime.mjs';
import { main, say } from './say.mjs';
import { ensureTestLibraries } from './system-libraries.mjs';

await main(async () => {
  checkNode();
  await ensurePackages();
  await ensureTestLibraries();
  const { path, note } = await ensureRuntime();
  await ensureBuild();
  say(`ready: ${note ?? 'Electron'} at ${path}`);
});
