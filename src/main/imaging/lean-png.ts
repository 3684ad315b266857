import { promisify } from 'node:util';
import { constants, deflate, inflate } from 'node:zlib';
import { pngChunk, pngChunks } from '../metadata';

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** So many stretches of a picture, and so many bytes of each, tell which kind of rows packs better. */
const [STRETCHES, STRETCH_BYTES] = [8, 128 * 1024];

/** How well these rows pack, as a number of bytes: a quick look at stretches from top to bottom. All of it packed tightly takes ten times as long. */
const tried = async (rows: Buffer): Promise<number> => {
  const every = rows.length / STRETCHES;
  const some = Array.from({ length: STRETCHES }, (_, at) => rows.subarray(Math.floor(at * every), Math.floor(at * every + Math.min(every, STRETCH_BYTES))));
  return (await pack(Buffer.concat(some), { level: 6, memLevel: 9 })).length;
};

/** Larger pictures would hold too much memory twice. */
const MOST_RAW = 128 * 1024 * 1024;
/** Samples of a pixel by colour type (PNG, third edition, 11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * A PNG of the same pixels, packed as tightly as deflate does: by Node's own zlib, which is several times as fast as the picture library's
 * in WebAssembly, and needs none of that loaded. Of the rows as they are predicted and the rows themselves the smaller kind is taken: screens
 * want the one, photos the other. Null for interlaced, moving, huge and damaged files.
 */
export async function leanPng(file: Buffer): Promise<Buffer | null> {
  const chunks = pngChunks(file);
  const head = chunks?.[0];
  if (chunks === null || head === undefined || head.type !== 'IHDR' || head.body.length !== 13 || head.body[12] !== 0 || chunks.some(({ type }) => type === 'acTL')) return null;
  const [width, height, depth, samples] = [head.body.readUInt32BE(0), head.body.readUInt32BE(4), head.body[8] ?? 0, SAMPLES[head.body[9] ?? 1] ?? 0];
  const row = Math.ceil((width * samples * depth) / 8);
  const size = (row + 1) * height;
  if (row === 0 || height === 0 || size > MOST_RAW) return null;
  try {
    const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body));
    // In one piece: in small ones most of the time goes into handing them over.
    const predicted = await unpack(packed, { maxOutputLength: size, chunkSize: Math.max(constants.Z_MIN_CHUNK, size + 1) });
    if (predicted.length !== size) return null;
    const plain = unpredicted(predicted, row, height, Math.max(1, (samples * depth) >> 3));
    if (plain === null) return null;
    const rows = plain === predicted || (await tried(plain)) <= (await tried(predicted)) ? plain : predicted;
    const smallest = await pack(rows, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
    const first = chunks.findIndex(({ type }) => type === 'IDAT');
    const parts = chunks.flatMap(({ type, body }, index) => (type !== 'IDAT' ? [pngChunk(type, body)] : index === first ? [pngChunk('IDAT', smallest)] : []));
    return Buffer.concat([file.subarray(0, 8), ...parts]);
  } catch (error) {
    // What is damaged is refused by whoever reads its pixels.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** Rows without what predicts them from their neighbours (chapter 9), each behind a 0; the same bytes where none is predicted, null where it is damaged. */
function unpredicted(from: Buffer, row: number, height: number, pixel: number): Buffer | null {
  let first = 0;
  while (first < height && from[first * (row + 1)] === 0) first += 1;
  if (first === height) return from;
  const to = Buffer.alloc(from.length);
  from.copy(to, 0, 0, first * (row + 1));
  const above = new Uint8Array(row);
  if (first > 0) above.set(to.subarray((first - 1) * (row + 1) + 1, first * (row + 1)));
  for (let y = first; y < height; y += 1) {
    const at = y * (row + 1);
    const line = to.subarray(at + 1, at + 1 + row);
    line.set(from.subarray(at + 1, at + 1 + row));
    if (!restored(line, above, pixel, from[at] ?? 5)) return null;
    above.set(line);
  }
  return to;
}

function restored(line: Uint8Array, above: Uint8Array, pixel: number, kind: number): boolean {
  const { length } = line;
  if (kind > 4) return false;
  if (kind === 1 || kind === 3 || kind === 4) {
    for (let x = 0; x < length; x += 1) {
      const [left, up] = [x < pixel ? 0 : (line[x - pixel] ?? 0), above[x] ?? 0];
      const guess = kind === 1 ? left : kind === 3 ? (left + up) >> 1 : nearest(left, up, x < pixel ? 0 : (above[x - pixel] ?? 0));
      line[x] = (line[x] ?? 0) + guess;
    }
  }
  if (kind === 2) for (let x = 0; x < length; x += 1) line[x] = (line[x] ?? 0) + (above[x] ?? 0);
  return true;
}

/** Paeth's predictor. */
function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
