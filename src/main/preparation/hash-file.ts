import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

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

/** How many bytes were read into `step` from `offset` on: fewer than it holds only at the file's end. */
export async function readStep(handle: FileHandle, step: Buffer, offset: number): Promise<number> {
  let filled = 0;
  while (filled < step.length) {
    const { bytesRead } = await handle.read(step, filled, step.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/**
 * SHA-256 of an open file from its start, of which `step` holds the first `filled` bytes already; `step` is written
 * over. Rejects when `signal` aborts.
 */
export async function hashHandle(handle: FileHandle, step: Buffer, filled: number, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let [offset, got] = [0, filled];
  for (;;) {
    hash.update(got === step.length ? step : step.subarray(0, got));
    if (got < step.length) return hash.digest('hex');
    offset += got;
    signal.throwIfAborted();
    got = await readStep(handle, step, offset);
  }
}

/** SHA-256 of the file at `path`, as lower-case hexadecimal. Rejects with the system's error, or when `signal` aborts. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const handle = await open(path, 'r');
  try {
    signal.throwIfAborted();
    const step = Buffer.allocUnsafeSlow(STEP);
    return await hashHandle(handle, step, await readStep(handle, step, 0), signal);
  } finally {
    await handle.close();
  }
}
