import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from '../../../lib/atomic-file';
import { shortId } from '../../../lib/ids';

/**
 * Writes a file piece by piece: whoever looks at `path`, whenever the process ends, sees what was there before or the
 * whole new file (mode 0600). What a killed process left of an earlier try is removed. Rejects with the system's error or what `pieces` throws; then nothing is left over.
 */
export async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array | string>): Promise<void> {
  await sweep(path);
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

async function sweep(path: string): Promise<void> {
  const start = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(start) ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dirname(path), name), { force: true });
  }
}
