import { open, readFile, type FileHandle } from 'node:fs/promises';
import { KEPT_BY_STRIPPING, planStrip, scanBytes } from '../metadata';

/** More chunks before its first pixels has no picture. */
const MOST_CHUNKS = 10_000;
/** Brands of HEIC and AVIF whose pictures move (ISO/IEC 23008-12, B.4; AV1 Image File Format, 6.3). */
const SEQUENCES = new Set(['avis', 'hevc', 'hevx', 'hevm', 'hevs', 'msf1']);

const reading = async <T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> => {
  const file = await open(path, 'r');
  try {
    return await work(file);
  } finally {
    await file.close();
  }
};
const bytesAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** Whether an HEIC or AVIF holds a moving picture: the libraries read its first one, or nothing of it, and do not say so. */
export const isSequence = (path: string): Promise<boolean> =>
  reading(path, async (file) => {
    const head = await bytesAt(file, 0, 512);
    if (head.length < 16 || head.toString('latin1', 4, 8) !== 'ftyp') return false;
    const end = Math.min(head.length, head.readUInt32BE(0));
    for (let at = 8; at + 4 <= end; at += 4) if (at !== 12 && SEQUENCES.has(head.toString('latin1', at, at + 4))) return true;
    return false;
  });

/** What stands in a PNG before its pixels, however much that is: that it is an animated one (acTL), what its colours mean. */
export const pngChunksAhead = (path: string): Promise<ReadonlySet<string>> =>
  reading(path, async (file) => {
    const types = new Set<string>();
    let at = 8;
    for (let chunks = 0; chunks < MOST_CHUNKS; chunks += 1) {
      const head = await bytesAt(file, at, 8);
      const type = head.toString('latin1', 4, 8);
      if (head.length < 8 || type === 'IDAT' || type === 'IEND') break;
      types.add(type);
      at += 12 + head.readUInt32BE(0);
    }
    return types;
  });

/** Whether a GIF ends before its last frame does: the picture library reads the frames that are there, and does not say so. */
export async function isCutGif(path: string): Promise<boolean> {
  const file = await readFile(path);
  const plan = scanBytes(planStrip('gif', file.length, KEPT_BY_STRIPPING), file);
  return plan.type === 'left' && plan.why === 'cut';
}
