import { existsSync, readFileSync } from 'node:fs';
import { withSetupLock } from './lock.mjs';
import { inRoot, npmCommand, npmEnvironment } from './place.mjs';
import { head, run } from './run.mjs';
import { duration, say, SetupError } from './say.mjs';

/** The packages a lockfile lists, by folder. */
const listed = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/**
 * True when node_modules holds what package-lock.json asks for.
 * npm writes node_modules/.package-lock.json last, so its presence means a finished installation.
 */
export const packagesAreCurrent = () => {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = listed(installed);
  return Object.entries(listed(inRoot('package-lock.json'))).every(
    ([folder, wanted]) => folder === '' || wanted.optional || wanted.devOptional || have[folder]?.version === wanted.version,
  );
};

/** Installs the packages of the lockfile where they are missing or others. Runs no package's scripts. */
export const ensurePackages = async () => {
  if (packagesAreCurrent()) return;
  await withSetupLock(async () => {
    if (packagesAreCurrent()) return;
    say('installing packages (npm ci)');
    const started = Date.now();
    const [npm, first] = npmCommand();
    const { code, output } = await run(npm, [...first, 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      env: npmEnvironment(),
      beat: 'still installing packages',
    });
    if (code !== 0) throw new SetupError(`the packages could not be installed (npm ci ended with ${code}):\n${head(output)}`);
    say(`packages installed in ${duration(Date.now() - started)}`);
  });
};
