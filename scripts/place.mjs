import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from './say.mjs';

/** The folder of this project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const inRoot = (...parts) => join(root, ...parts);

/** Where things are kept that can be fetched again, outside the project so that all clones share them. */
export const cacheFolder = () => {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'picferry');
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'picferry', 'Cache');
  return join(process.env.XDG_CACHE_HOME || join(home, '.cache'), 'picferry');
};

/**
 * Makes a folder and what is missing above it. One level at a time: Node's own recursive mkdir never returns below
 * /proc, which answers ENOENT to every new name.
 */
export const makeFolder = (path) => {
  const missing = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another process may have made it meanwhile.
      if (error.code !== 'EEXIST') throw error;
    }
  }
};

/** Stops with a sentence where Node is older than the packages need. */
export const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(`Node 20.19 or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org and run the command again.`);
};

/** How to call the npm that belongs to this Node, as [command, first arguments]. */
export const npmCommand = () => {
  const nodeFolder = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => path && path.endsWith('.js') && existsSync(path));
  return script ? [process.execPath, [script]] : ['npm', []];
};

/**
 * The environment for an npm of ours. What the calling npm was told about folders and loudness is not meant for it
 * (`npm --prefix DIR start` would make `npm ci` look elsewhere); registry, proxy and the like are.
 */
export const npmEnvironment = () => {
  const personal = /^npm_config_(prefix|local_prefix|global_prefix|globalconfig|global|location|loglevel|silent|workspaces?|dry_run|json|omit|include|production)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !personal.test(name)));
};
