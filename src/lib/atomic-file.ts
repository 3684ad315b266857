import * as nodeFs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileStamp } from './clock';
import { shortId } from './ids';

/** The calls an atomic write makes, so that a test can let one of them fail. */
export type FileSystem = Pick<
  typeof nodeFs,
  'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'rmSync' | 'existsSync' | 'linkSync'
>;

export type AtomicWriteOptions = {
  /** Permissions of a new file; 0600 unless told. */
  readonly mode?: number;
  readonly fs?: FileSystem;
};

const TEMPORARY = /\.(\d+)-[0-9a-f]{8}\.tmp$/;
const RENAME_TRIES = 12;
const RENAME_PAUSE_MS = 15;

/**
 * Replaces the file's content whole: whoever reads `path`, at any moment and after any crash, sees the old
 * content or the new one. Written under a temporary name in the same folder, synced, then renamed.
 * Throws the system's error when the disk refuses; the old content is untouched then and nothing is left over.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array, options: AtomicWriteOptions = {}): void {
  const fs = options.fs ?? nodeFs;
  const temporary = writeTemporary(fs, path, data, options.mode ?? 0o600);
  try {
    renameWithPatience(fs, temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(fs, dirname(path));
}

/** Like `writeFileAtomic`, but never replaces: false when `path` exists already, whoever made it. */
export function createFileAtomic(path: string, data: string | Uint8Array, options: AtomicWriteOptions = {}): boolean {
  const fs = options.fs ?? nodeFs;
  const temporary = writeTemporary(fs, path, data, options.mode ?? 0o600);
  try {
    fs.linkSync(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || fs.existsSync(path)) return false;
    // A file system without hard links: the check above is the best it can do.
    renameWithPatience(fs, temporary, path);
    return true;
  } finally {
    fs.rmSync(temporary, { force: true });
    syncFolder(fs, dirname(path));
  }
}

function writeTemporary(fs: FileSystem, path: string, data: string | Uint8Array, mode: number): string {
  const temporary = `${path}.${process.pid}-${shortId()}.tmp`;
  const file = fs.openSync(temporary, 'wx', mode);
  try {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    for (let written = 0; written < bytes.byteLength; ) written += fs.writeSync(file, bytes, written);
    fs.fsyncSync(file);
  } catch (error) {
    fs.closeSync(file);
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  fs.closeSync(file);
  return temporary;
}

/** Virus scanners and indexers on Windows hold a file for moments; renaming over it then fails with these codes. */
function renameWithPatience(fs: FileSystem, from: string, to: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const busy = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error));
      if (!busy || tries === RENAME_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RENAME_PAUSE_MS * tries);
    }
  }
}

/** Makes the rename itself survive a power cut. Not every system lets a folder be synced; the content is safe anyway. */
function syncFolder(fs: FileSystem, folder: string): void {
  if (process.platform === 'win32') return;
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
}

/**
 * Removes temporary files that a killed process left in `folder`: those whose process is gone, or that are
 * older than an hour. Returns how many. A folder that cannot be read or changed gives 0.
 */
export function sweepTemporaryFiles(folder: string, now: number): number {
  let removed = 0;
  for (const name of listOrNothing(folder)) {
    const pid = TEMPORARY.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(folder, name);
    try {
      if (isAlive(Number(pid)) && now - nodeFs.statSync(path).mtimeMs < 3_600_000) continue;
      nodeFs.rmSync(path);
      removed += 1;
    } catch (error) {
      if (codeOf(error) === '') throw error;
    }
  }
  return removed;
}

/**
 * Moves a file that cannot be used to a dated name beside it (`settings.corrupt-20260131-094512-007.json`) and
 * returns the new path. Never replaces anything. Throws when the folder cannot be changed.
 */
export function keepAside(path: string, why: string, now: number): string {
  const aside = freeName(path, `${why}-${fileStamp(now)}`);
  nodeFs.renameSync(path, aside);
  return aside;
}

/** Copies a file to a dated name beside it and returns the new path. Never replaces anything. */
export function copyAside(path: string, why: string, now: number): string {
  const aside = freeName(path, `${why}-${fileStamp(now)}`);
  writeFileAtomic(aside, nodeFs.readFileSync(path));
  return aside;
}

function freeName(path: string, infix: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const extension = dot > 0 ? name.slice(dot) : '';
  for (let n = 1; ; n += 1) {
    const candidate = join(dirname(path), `${stem}.${infix}${n === 1 ? '' : `-${n}`}${extension}`);
    if (!nodeFs.existsSync(candidate)) return candidate;
  }
}

const listOrNothing = (folder: string): readonly string[] => {
  try {
    return nodeFs.readdirSync(folder);
  } catch {
    return [];
  }
};

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** The system's word for a failure, such as `ENOSPC`; '' when the value is no system error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
