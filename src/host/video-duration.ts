import { open, type FileHandle } from 'node:fs/promises';

/**
 * Play time in milliseconds of an MP4 or QuickTime file, read from its `moov/mvhd` box (ISO/IEC 14496-12) without
 * reading the picture data; 0 when the file has none or is another format.
 */
export async function videoDurationMs(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const end = (await file.stat()).size;
    const moov = await findBox(file, 'moov', 0, end);
    const mvhd = moov && (await findBox(file, 'mvhd', moov.start, moov.end));
    return mvhd ? await readMovieHeader(file, mvhd.start) : 0;
  } finally {
    await file.close();
  }
}

type Span = { readonly start: number; readonly end: number };

/** Boxes looked at before giving up: real files have a handful at each level, fragmented ones have `moov` early. */
const MAX_BOXES = 1000;

async function findBox(file: FileHandle, name: string, from: number, to: number): Promise<Span | null> {
  const header = Buffer.alloc(16);
  let at = from;
  for (let seen = 0; seen < MAX_BOXES && at + 8 <= to; seen += 1) {
    const { bytesRead } = await file.read(header, 0, 16, at);
    if (bytesRead < 8) return null;
    const short = header.readUInt32BE(0);
    const long = short === 1 && bytesRead === 16;
    const size = long ? Number(header.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    const headerSize = long ? 16 : 8;
    if (size < headerSize) return null;
    if (header.toString('latin1', 4, 8) === name) return { start: at + headerSize, end: Math.min(at + size, to) };
    at += size;
  }
  return null;
}

async function readMovieHeader(file: FileHandle, at: number): Promise<number> {
  const body = Buffer.alloc(32);
  const { bytesRead } = await file.read(body, 0, 32, at);
  if (bytesRead < 32) return 0;
  const wide = body.readUInt8(0) === 1;
  const timescale = body.readUInt32BE(wide ? 20 : 12);
  const duration = wide ? Number(body.readBigUInt64BE(24)) : body.readUInt32BE(16);
  return timescale === 0 ? 0 : Math.round((duration / timescale) * 1000);
}
