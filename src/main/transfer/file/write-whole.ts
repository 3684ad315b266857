import { open, rename, rm } from 'node:fs/promises';
import { shortId } from '../../../lib/ids';

/**
 * Writes a file piece by piece: whoever looks at `path`, whenever the process ends, sees what was there before or the
 * whole new file (mode 0600). Rejects with the system's error or what `pieces` throws; then nothing is left over.
 */
export async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array | string>): Promise<void> {
  const temporary = `${path}.${process.pid}-${shortId()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      for await (const piece of pieces) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
        for (let written = 0; written < bytes.byteLength; ) written += (await file.write(bytes, written)).bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
