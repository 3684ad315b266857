import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './atomic-file';

/**
 * Makes a folder and what is missing above it, readable by this person only unless `mode` says otherwise. Throws the system's error when one of
 * them cannot be made. One level at a time: Node's own recursive mkdir never returns below `/proc`, which answers
 * ENOENT to every new name.
 */
export function makeFolder(path: string, mode = 0o700): void {
  if (isFolder(path)) return;
  const missing = [path];
  for (let at = dirname(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Another process may have made it meanwhile.
      if (codeOf(error) !== 'EEXIST' || !isFolder(folder)) throw error;
    }
  }
}

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();
