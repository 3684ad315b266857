import { createHash, webcrypto } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

const STEP = 1024 * 1024;

/**
 * Up to this size a file is read whole and hashed on the thread pool, which costs the main thread half of
 * what hashing there costs; above it, in steps of 1 MiB (about 1 ms each), so that memory stays flat.
 */
export const WHOLE_LIMIT = 4 * STEP;

/** SHA-256 of bytes in memory, as lower-case hexadecimal, computed off the main thread. */
export const hashBytes = async (bytes: Uint8Array): Promise<string> => Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');

/** SHA-256 of an open file from its start. Rejects when `signal` aborts. */
export async function hashHandle(handle: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const step = Buffer.allocUnsafeSlow(STEP);
  for (let offset = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(step, 0, STEP, offset);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(bytesRead === STEP ? step : step.subarray(0, bytesRead));
    offset += bytesRead;
  }
}

/** SHA-256 of the file at `path`. Rejects with the system's error, or when `signal` aborts. */
export async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const handle = await open(path, 'r');
  try {
    return await hashHandle(handle, signal);
  } finally {
    await handle.close();
  }
}
