import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { withSetupLock } from './lock.mjs';
import { inRoot, root } from './place.mjs';
import { run, tail } from './run.mjs';
import { duration, main, say, SetupError } from './say.mjs';

const stamp = inRoot('out', '.built-from');
const single = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });

/** A digest of all that goes into the build; file times do not count, so a fresh checkout is not a change. */
const sourceDigest = () => {
  const hash = createHash('sha256');
  const paths = [...filesIn(inRoot('src')), ...single.map((name) => inRoot(name))].filter((path) => existsSync(path)).sort();
  for (const path of paths) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
};

/** True when out/ was built from the sources as they are. */
export const buildIsCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceDigest();

const build = async () => {
  const digest = sourceDigest();
  rmSync(stamp, { force: true });
  const { code, output } = await run(process.execPath, [inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
    beat: 'still building',
  });
  if (code !== 0) throw new SetupError(`the build failed:\n${tail(output, 30)}`);
  mkdirSync(inRoot('out'), { recursive: true });
  writeFileSync(stamp, digest);
};

/** Builds the app into out/ unless that was done from the same sources. */
export const ensureBuild = async ({ force = false } = {}) => {
  if (!force && buildIsCurrent()) return;
  await withSetupLock(async () => {
    if (!force && buildIsCurrent()) return;
    say('building');
    const started = Date.now();
    await build();
    say(`built in ${duration(Date.now() - started)}`);
  });
};

if (argv[1] === fileURLToPath(import.meta.url)) await main(() => ensureBuild({ force: true }));
