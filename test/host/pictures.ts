import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A valid PNG of this size in pixels; different on every call, so that no two are duplicates. */
export function png(width = 4, height = 3): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = (): Buffer => Buffer.concat([Buffer.from([0]), randomBytes(width * 3)]);
  const pixels = Buffer.concat(Array.from({ length: height }, row));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}

/** A PNG of exactly so many bytes (at least 100): a 1 × 1 picture with more data than its pixels need. */
export function pngOfBytes(bytes: number): Buffer {
  const small = png(1, 1);
  const tail = small.subarray(small.length - 12);
  const filler = bytes - small.length - 12;
  if (filler < 0) throw new Error('too few bytes for a PNG');
  return Buffer.concat([small.subarray(0, small.length - 12), chunk('IDAT', randomBytes(filler)), tail]);
}

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** An MP4 without pictures whose header says how long it plays; `bytes` of filler follow. */
export function mp4(seconds = 125.5, bytes = 0): Buffer {
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(Math.round(seconds * 1000), 16);
  const free = box('mdat', randomBytes(bytes));
  return Buffer.concat([box('ftyp', Buffer.from('isom\x00\x00\x02\x00isomiso2mp41', 'latin1')), free, box('moov', box('mvhd', mvhd))]);
}

function box(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data]);
}

/** A picture of a kind that nothing is taken out of, with something behind its end: a BMP of one pixel. */
export const longBmp = (): Buffer => Buffer.from(`424d3a000000000000003600000028000000010000000100000001001800${'00000000'}04000000${'130b0000'.repeat(2)}${'00000000'.repeat(2)}0000ff00${'2b33392e39'}`, 'hex');
