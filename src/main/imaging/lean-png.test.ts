import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pngChunk } from '../metadata';
import { leanPng } from './lean-png';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
const [WIDTH, HEIGHT] = [37, 23];

/** A PNG of random samples whose rows are predicted in every way in turn: each decoder has to undo that. */
const odd = (colour: number, depth: number): Buffer => {
  const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour] ?? 1;
  const row = Math.ceil((WIDTH * samples * depth) / 8);
  const rows = Buffer.concat(Array.from({ length: HEIGHT }, (_, y) => Buffer.from([y % 5, ...Array.from({ length: row }, (_x, x) => (x * 31 + y * 17 + ((x * y) % 7)) & 0xff)])));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([depth, colour], 8);
  const palette = colour === 3 ? [pngChunk('PLTE', Buffer.from(Array.from({ length: 2 ** depth * 3 }, (_, at) => (at * 53) & 0xff)))] : [];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), pngChunk('IHDR', head), ...palette, pngChunk('IDAT', deflateSync(rows, { level: 1 })), pngChunk('IEND', Buffer.alloc(0))]);
};
const raw = async (bytes: Buffer) => sharp(bytes).raw().toBuffer({ resolveWithObject: true });

test.each([
  [0, 1],
  [0, 2],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 4],
  [3, 8],
  [4, 8],
  [6, 8],
  [6, 16],
])('of colour type %i with %i bits has the same pixels in no more bytes', async (colour, depth) => {
  const before = odd(colour, depth);
  const after = (await leanPng(before)) ?? Buffer.alloc(0);
  const [one, other] = [await raw(before), await raw(after)];
  expect(other.info).toMatchObject({ width: WIDTH, height: HEIGHT, channels: one.info.channels });
  expect(other.data.equals(one.data)).toBe(true);
  expect(after.length).toBeLessThanOrEqual(before.length);
});

test('is as small as the picture library makes it, or smaller', async () => {
  const screen = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"><rect width="640" height="400" fill="#f6f6f4"/>${Array.from({ length: 200 }, (_, at) => `<rect x="${(at * 37) % 600}" y="${(at * 53) % 390}" width="${5 + (at % 9)}" height="8" fill="#${((at * 4321 + 0x111111) & 0xffffff).toString(16).padStart(6, '0')}"/>`).join('')}</svg>`;
  for (const adaptiveFiltering of [true, false]) {
    const before = await sharp(Buffer.from(screen)).flatten({ background: '#ffffff' }).png({ compressionLevel: 3, adaptiveFiltering }).toBuffer();
    expect((await leanPng(before))?.length).toBeLessThanOrEqual((await sharp(before).png({ compressionLevel: 9 }).toBuffer()).length * 1.02);
  }
});

test('of one pixel has that pixel', async () => {
  const before = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#123456' } }).png().toBuffer();
  expect((await raw((await leanPng(before)) ?? Buffer.alloc(0))).data.toString('hex')).toBe('123456');
});

test('leaves what is interlaced, cut or damaged to others', async () => {
  const whole = odd(2, 8);
  const damaged = Buffer.from(whole);
  damaged[60] = (damaged[60] ?? 0) ^ 0xff;
  const interlaced = await sharp(whole).png({ progressive: true }).toBuffer();
  const short = Buffer.concat([whole.subarray(0, 33), pngChunk('IDAT', deflateSync(Buffer.alloc(40))), pngChunk('IEND', Buffer.alloc(0))]);
  const bomb = Buffer.concat([whole.subarray(0, 33), pngChunk('IDAT', deflateSync(Buffer.alloc(50_000_000))), pngChunk('IEND', Buffer.alloc(0))]);
  for (const bytes of [damaged, interlaced, short, bomb, whole.subarray(0, -5), whole.subarray(0, 20), Buffer.from('x')]) expect(await leanPng(bytes)).toBeNull();
});
