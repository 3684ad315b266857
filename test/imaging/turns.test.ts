import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyProfile } from '../../src/main/imaging/apply-profile';
import { loadSharp } from '../../src/main/imaging/load-sharp';
import { hardenSharp } from '../../src/main/imaging/make-thumbnail';
import { PreparationProfile } from '../../src/shared/model/preparation';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-turns-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [WIDTH, HEIGHT] = [24, 16];
type Pixel = readonly [number, number, number];
/** What a person sees at a place: every corner has a colour of its own, so that no turn or mirror looks like another. */
const seen = (x: number, y: number): Pixel => [x < WIDTH / 2 ? 30 : 220, y < HEIGHT / 2 ? 40 : 210, x < WIDTH / 2 === y < HEIGHT / 2 ? 60 : 190];

const [right, below] = [(at: number): number => WIDTH - 1 - at, (at: number): number => HEIGHT - 1 - at];
/** Where a person sees the pixel that is stored in a row and a column (Exif 2.32, 4.6.4, tag 274). */
const places: Readonly<Record<number, (row: number, column: number) => readonly [number, number]>> = {
  1: (row, column) => [column, row],
  2: (row, column) => [right(column), row],
  3: (row, column) => [right(column), below(row)],
  4: (row, column) => [column, below(row)],
  5: (row, column) => [row, column],
  6: (row, column) => [right(row), column],
  7: (row, column) => [right(row), below(column)],
  8: (row, column) => [row, below(column)],
};

const stored = (turn: number): Promise<Buffer> => {
  const [width, height] = turn > 4 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
  const place = places[turn];
  if (place === undefined) throw new Error(`there is no turn ${turn}`);
  const pixels = Array.from({ length: width * height }, (_, at) => seen(...place(Math.floor(at / width), at % width)));
  return sharp(Buffer.from(pixels.flat()), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1' } })
    .withMetadata({ orientation: turn })
    .toBuffer();
};

const apply = async (name: string, bytes: Buffer) => {
  const [path, to] = [join(folder, `${name}.jpg`), join(folder, `${name}.made`)];
  writeFileSync(path, bytes);
  const profile = PreparationProfile.parse({ id: 'p', name: 'p', metadata: 'strip', orientation: 'apply', quality: 95 });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile, takes: [] });
  return { outcome, to };
};
const make = async (name: string, bytes: Buffer): Promise<Buffer> => {
  const { outcome, to } = await apply(name, bytes);
  expect([name, outcome.type]).toEqual([name, 'made']);
  return readFileSync(to);
};

test('a JPEG that is upright already is not encoded anew: what it tells is taken out of it without that', async () => {
  expect((await apply('turned-1', await stored(1))).outcome).toMatchObject({ type: 'alone' });
});

test.each([2, 3, 4, 5, 6, 7, 8])('a JPEG of turn %i is made upright for good, by where its pixels lie and not only by what it says', async (turn) => {
  const upright = await make(`turned-${turn}`, await stored(turn));
  const { orientation, exif } = await sharp(upright).metadata();
  const { data, info } = await sharp(upright).raw().toBuffer({ resolveWithObject: true });
  expect([orientation ?? 1, exif?.includes('Somebody') ?? false, info.width, info.height]).toEqual([1, false, WIDTH, HEIGHT]);
  for (const [x, y] of [[3, 3], [20, 3], [3, 12], [20, 12]] as const) {
    for (const [channel, value] of seen(x, y).entries()) expect(Math.abs((data[(y * WIDTH + x) * 3 + channel] ?? -99) - value)).toBeLessThan(16);
  }
});
