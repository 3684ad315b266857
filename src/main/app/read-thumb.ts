import { createHash } from 'node:crypto';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';

export type ReadThumbDeps = {
  readonly folder: string;
  readonly now: () => number;
  /** Told of a thumbnail that is not there, or was damaged and is taken away. */
  readonly onMissing: (name: string) => void;
};

/** A thumbnail's time tells when it was last shown; so exactly need it not. */
const DAY_MS = 24 * 3_600_000;

/** Reads a thumbnail, whose name is the digest of its bytes: one that a crash or a bad disk damaged is never shown. Undefined when there is none. */
export const createReadThumb =
  ({ folder, now, onMissing }: ReadThumbDeps) =>
  async (name: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const path = join(folder, name);
    try {
      const bytes = await readFile(path);
      if (createHash('sha256').update(bytes).digest('hex') === basename(name, '.webp')) {
        await renew(path, now());
        return bytes;
      }
      await rm(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    onMissing(name);
    return undefined;
  };

const renew = async (path: string, now: number): Promise<void> => {
  try {
    if (now - (await stat(path)).mtimeMs > DAY_MS) await utimes(path, new Date(now), new Date(now));
  } catch (error) {
    // A disk that cannot be written to shows its pictures all the same.
    if (codeOf(error) === '') throw error;
  }
};
