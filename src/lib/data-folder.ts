import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { codeOf, createFileAtomic, sweepTemporaryFiles } from './atomic-file';
import { systemClock, type Clock } from './clock';
import { newId, shortId } from './ids';
import { makeFolder } from './make-folder';

/** What decides where the data folder lies; `process` gives all of it. */
export type DataFolderFacts = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The person's home folder. */
  readonly home: string;
  /** A relative `PICFERRY_HOME` counts from here. */
  readonly cwd: string;
};

/**
 * Where everything of this person's Picferry lies: `PICFERRY_HOME` if set (portable use, tests), else
 * `%APPDATA%/Picferry`, `~/Library/Application Support/Picferry` or `$XDG_CONFIG_HOME/Picferry`.
 */
export function dataFolderPath({ env, platform, home, cwd }: DataFolderFacts): string {
  const own = env['PICFERRY_HOME'];
  if (own !== undefined && own !== '') return resolve(cwd, own);
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Picferry');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Picferry');
  const xdg = env['XDG_CONFIG_HOME'];
  // The base directory specification: a relative path in this variable is invalid and to be ignored.
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.config'), 'Picferry');
}

export type DataFolder = {
  readonly path: string;
  /** Ours alone (mode 0700): settings, secrets, library. Electron keeps its own files beside it. */
  readonly store: string;
  /** Where the log files lie. */
  readonly logs: string;
  /** False when nothing can be written there; `why` is then the system's word for it. */
  readonly writable: boolean;
  readonly why: string | null;
};

/**
 * Creates what is missing of the data folder, tries whether it can be written, and removes temporary files that
 * killed processes left. Never throws for a folder that refuses.
 */
export function openDataFolder(path: string, now: Clock = systemClock): DataFolder {
  const store = join(path, 'store');
  const logs = join(path, 'logs');
  const answer = (why: string | null): DataFolder => ({ path, store, logs, writable: why === null, why });
  try {
    makeFolder(store);
    makeFolder(logs);
    // Asking for permissions is not enough: they do not know of read-only disks, quotas and network shares.
    const probe = join(store, `.probe.${process.pid}-${shortId()}.tmp`);
    writeFileSync(probe, 'x', { mode: 0o600 });
    rmSync(probe);
    sweepTemporaryFiles(store, now());
    return answer(null);
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    return answer(code);
  }
}

/** The data folder's own random id, made once and kept. Throws the system's error when it can neither be read nor made. */
export function dataFolderId(store: string): string {
  const path = join(store, 'folder-id');
  const id = newId();
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const known = readFileSync(path, 'utf8').trim();
      if (known !== '') return known;
      rmSync(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    if (createFileAtomic(path, `${id}\n`)) return id;
  }
  return readFileSync(path, 'utf8').trim();
}
