import { createHash } from 'node:crypto';
import { plainFile, readFully } from '../../lib/plain-file';
import { STEP_BYTES } from '../../lib/step-buffers';
import { KEPT_BY_STRIPPING, planFile, readPieces, ShorterError } from '../metadata';
import { hashOpen } from './hash-file';

/** Tells whether an upload was made from the file at `path`: it is the file that is known as its source, or holds the upload's very bytes, or does once its metadata is out. Rejects with the system's error, or when `signal` aborts. */
export type IsMadeFrom = (path: string, upload: { readonly bytes: number; readonly sha256: string; readonly source?: { readonly bytes: number; readonly sha256: string | null } | null }, signal: AbortSignal) => Promise<boolean>;

export const isMadeFrom: IsMadeFrom = async (path, { bytes, sha256, source }, signal) => {
  const file = await plainFile.open(path, 'r');
  try {
    const { size } = await plainFile.stat(file);
    const known = source?.sha256 ?? null;
    if (known !== null && size !== source?.bytes && size !== bytes) return false;
    if (size === 0 || (known === null && size < bytes)) return false;
    // Without a digest the size is all there is to go by.
    if (sha256 === '') return size === bytes;
    signal.throwIfAborted();
    const step = Buffer.allocUnsafeSlow(STEP_BYTES);
    const filled = await readFully(file, step.subarray(0, size), 0);
    if (known !== null && size === source?.bytes) return (await hashOpen(file, size, step, signal)) === known;
    if (size === bytes) return (await hashOpen(file, size, step, signal)) === sha256;
    const plan = await planFile({ file, size, step, filled }, KEPT_BY_STRIPPING, signal);
    if (plan.type !== 'cut' || plan.bytes !== bytes) return false;
    const hash = createHash('sha256');
    for await (const part of readPieces({ file, step }, plan.pieces, signal)) hash.update(part);
    return hash.digest('hex') === sha256;
  } catch (error) {
    if (error instanceof ShorterError) return false;
    throw error;
  } finally {
    await plainFile.close(file);
  }
};
