import { close, fstat, open, read } from 'node:fs';
import { promisify } from 'node:util';

/**
 * The file calls with plain descriptors, as promises. A `FileHandle` costs twice the time for each call, which counts
 * where hundreds of files are read. Whoever opens must close.
 */
export const plainFile = { open: promisify(open), stat: promisify(fstat), read: promisify(read), close: promisify(close) } as const;

/** How many bytes were read into `into`, from `offset` of the file on: fewer than it holds only at the file's end. */
export async function readFully(file: number, into: Buffer, offset: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await plainFile.read(file, into, filled, into.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
