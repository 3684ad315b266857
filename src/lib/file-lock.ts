import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { codeOf, createFileAtomic, isAlive } from './atomic-file';
import { shortId } from './ids';

const STALE_MS = 15_000;
const PAUSE_MS = 5;

/**
 * Takes the lock that `path` stands for, for a short piece of work that two processes must not do at once.
 * Returns the release, or undefined while somebody else holds it. A lock whose process is gone, or that is
 * older than 15 s, is taken over.
 */
export function tryLock(path: string): (() => void) | undefined {
  const mine = `${process.pid} ${shortId()}`;
  const taken = createFileAtomic(path, mine) || (clearStale(path) && createFileAtomic(path, mine));
  if (!taken) return undefined;
  return () => {
    if (readOrNothing(path) === mine) rmSync(path, { force: true });
  };
}

/**
 * True when nothing stands in the way any more: the lock was given back, or it was stale and is gone. A lock that another
 * process took since it was looked at is left to that process.
 */
function clearStale(path: string): boolean {
  const seen = readOrNothing(path);
  if (seen === undefined) return true;
  if (!isStale(path, seen)) return false;
  // Renamed first: of two processes that find it stale, one moves it away and the other finds nothing.
  const grave = `${path}.${process.pid}-${shortId()}.tmp`;
  try {
    renameSync(path, grave);
    const isTheOne = readOrNothing(grave) === seen;
    if (!isTheOne) linkSync(grave, path);
    return isTheOne;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(grave, { force: true });
  }
}

/** Runs `work` under the lock, waiting up to `limitMs` for it without giving up the thread. Throws when it cannot be had. */
export function withLock<T>(path: string, work: () => T, limitMs = 3000): T {
  for (let waited = 0; ; waited += PAUSE_MS) {
    const release = tryLock(path);
    if (release !== undefined) {
      try {
        return work();
      } finally {
        release();
      }
    }
    if (waited >= limitMs) throw new Error('another process holds the lock');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function isStale(path: string, content: string): boolean {
  const owner = Number(content.split(' ')[0]);
  if (Number.isInteger(owner) && owner > 0 && !isAlive(owner)) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > STALE_MS;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

const readOrNothing = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
