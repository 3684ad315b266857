import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '../../lib/atomic-file';
import { diskProblem } from '../../lib/disk-problem';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { QueueInput } from '../queue';

export type KeepDeps = { readonly folder: string; readonly newId: () => string; readonly now: () => number };

/**
 * Puts bytes that have no file (pasted, captured, from standard input) on disk, readable by this person only.
 * They are synced when this resolves. Rejects with `PicferryError` kind `file` when the disk refuses or nothing came.
 */
export async function keepBytes(deps: KeepDeps, name: string, bytes: Uint8Array | Readable): Promise<Extract<QueueInput, { type: 'kept' }>> {
  const path = join(deps.folder, deps.newId());
  try {
    await mkdir(deps.folder, { recursive: true, mode: 0o700 });
    await pipeline(bytes instanceof Readable ? bytes : Readable.from([bytes]), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    await sync(path);
    await sync(deps.folder);
    return { type: 'kept', path, name: safeName(name) };
  } catch (error) {
    await removeQuietly(path);
    const code = codeOf(error);
    if (code === '') throw error;
    const refused = problemOf({ kind: 'file', sub: 'diskRefused', message: 'diskRefused', retryable: true, detail: code }, deps.now());
    throw new PicferryError(diskProblem(error, deps.now()) ?? refused, { cause: error });
  }
}

/** Removes kept bytes that no job names and that are older than an hour: left by a process that died in between. */
export async function sweepKept(folder: string, named: ReadonlySet<string>, now: number): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry);
    if (named.has(path)) continue;
    try {
      if (now - (await stat(path)).mtimeMs > 3600_000) await unlink(path);
    } catch (error) {
      if (codeOf(error) === '') throw error;
    }
  }
}

/** What stopped the writing is what a person has to hear of, not what stops the cleaning. */
async function removeQuietly(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return [];
  }
}

async function sync(path: string): Promise<void> {
  // Windows cannot open a folder to sync it; its file systems write the entry with the file.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The last part of whatever was called the name, without control characters; never empty. */
export const safeName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return clean === '' || clean === '.' || clean === '..' ? 'picture' : clean;
};
