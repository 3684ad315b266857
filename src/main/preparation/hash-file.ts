import { createHash } from 'node:crypto';
import { plainFile, readFully } from '../../lib/plain-file';

/** How much is read and hashed at once: about 1 ms of the main thread. */
const STEP = 1024 * 1024;

/** As many steps stay in memory as files are looked at at once. */
const KEPT_STEPS = 4;

/**
 * Runs `work` with a buffer of 1 MiB that others use after it: fresh ones for every file would keep the garbage
 * collector busier than the hashing. Nothing may hold on to it once `work` has ended.
 */
export const createSteps = (): (<T>(work: (step: Buffer) => Promise<T>) => Promise<T>) => {
  const free: Buffer[] = [];
  return async (work) => {
    const step = free.pop() ?? Buffer.allocUnsafeSlow(STEP);
    try {
      return await work(step);
    } finally {
      if (free.length < KEPT_STEPS) free.push(step);
    }
  };
};

/**
 * SHA-256 of an open file's first `size` bytes, of which `step` holds the first ones already, as many as fit; `step` is
 * written over. A file that ends before gives the digest of what it has. Rejects when `signal` aborts.
 */
export async function hashOpen(file: number, size: number, step: Buffer, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let got = Math.min(size, step.length);
  for (let offset = 0; ; ) {
    hash.update(got === step.length ? step : step.subarray(0, got));
    offset += got;
    if (offset >= size || got === 0) return hash.digest('hex');
    signal.throwIfAborted();
    got = await readFully(file, step.subarray(0, size - offset), offset);
  }
}

/** SHA-256 of the file at `path`, as lower-case hexadecimal. Rejects with the system's error, or when `signal` aborts. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const file = await plainFile.open(path, 'r');
  try {
    signal.throwIfAborted();
    const { size } = await plainFile.stat(file);
    const step = Buffer.allocUnsafeSlow(STEP);
    const got = await readFully(file, step.subarray(0, size), 0);
    return await hashOpen(file, Math.min(size, got < step.length ? got : size), step, signal);
  } finally {
    await plainFile.close(file);
  }
}
