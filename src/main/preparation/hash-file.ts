import { createHash, webcrypto } from 'node:crypto';
import { plainFile, readFully } from '../../lib/plain-file';
import { STEP_BYTES } from '../../lib/step-buffers';

/**
 * SHA-256 of an open file's first `size` bytes, of which `step` holds the first ones already, as many as fit; `step` is
 * written over. A file that ends before gives the digest of what it has. Rejects when `signal` aborts.
 */
export async function hashOpen(file: number, size: number, step: Buffer, signal: AbortSignal): Promise<string> {
  // What is in memory as a whole is hashed off this thread.
  if (size <= step.length) return Buffer.from(await webcrypto.subtle.digest('SHA-256', step.subarray(0, size))).toString('hex');
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
    const step = Buffer.allocUnsafeSlow(STEP_BYTES);
    const got = await readFully(file, step.subarray(0, size), 0);
    return await hashOpen(file, Math.min(size, got < step.length ? got : size), step, signal);
  } finally {
    await plainFile.close(file);
  }
}
