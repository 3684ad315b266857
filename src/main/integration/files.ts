import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';
import type { SystemParts } from './contract';

/** A file's text; null when there is none. */
export const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
};

/** Writes a file of the person's, its folders included; one that holds just this is left alone, and a link to a file stays one. */
export const putFile = (path: string, text: string, mode = 0o644): void => {
  mkdirSync(dirname(path), { recursive: true });
  if (textOf(path) !== text) writeFileAtomic(existsSync(path) ? realpathSync(path) : path, text, { mode });
  chmodSync(path, mode);
};

/** Removes a file. */
export const dropFile = (path: string): void => rmSync(path, { force: true });

/** Removes a folder with all in it. */
export const dropFolder = (path: string): void => rmSync(path, { recursive: true, force: true });

/** Removes folders that nothing is left in, from the inner to the outer. */
export const dropEmpty = (...folders: readonly string[]): void => {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch (error) {
      if (codeOf(error) === '') throw error;
      return;
    }
  }
};

/** The base directories of the XDG specification; a relative path in the environment counts as none. */
export const configFolder = ({ env, home }: Pick<SystemParts, 'env' | 'home'>): string => absolute(env['XDG_CONFIG_HOME']) ?? join(home, '.config');
export const sharedFolder = ({ env, home }: Pick<SystemParts, 'env' | 'home'>): string => absolute(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share');

const absolute = (path: string | undefined): string | null => (path !== undefined && isAbsolute(path) ? path : null);

/** Whether a program of this name is in the path. */
export const isInPath = ({ env }: Pick<SystemParts, 'env'>, name: string): boolean =>
  (env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, name)));
