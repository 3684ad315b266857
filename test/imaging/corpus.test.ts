import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sharp as Picture } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyProfile } from '../../src/main/imaging/apply-profile';
import { loadSharp } from '../../src/main/imaging/load-sharp';
import { hardenSharp } from '../../src/main/imaging/make-thumbnail';
import { PreparationProfile } from '../../src/shared/model/preparation';
import { readByExiftool } from '../pictures/exiftool';
import { withAll } from '../pictures/sample-pictures';

const LONG = process.env['PICFERRY_LONG'] === '1';
const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-corpus-'));
  for (const name of ['from', 'to']) mkdirSync(join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [WIDTH, HEIGHT] = [48, 32];
/** A ramp of colours in which every corner is another one, so that no turn or mirror looks like another; an edge in the middle. */
const ramp = (channels: 3 | 4): Buffer =>
  Buffer.from(
    Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => {
      const [channel, x, y] = [at % channels, Math.floor(at / channels) % WIDTH, Math.floor(at / channels / WIDTH)];
      return [30 + x * 4, 20 + y * 6, x > WIDTH / 2 ? 200 : 60, 128 + x * 2][channel] ?? 0;
    }),
  );
const picture = (channels: 3 | 4 = 3): Picture => sharp(ramp(channels), { raw: { width: WIDTH, height: HEIGHT, channels } });

const encoders: Readonly<Record<string, (from: Picture) => Picture>> = {
  jpg: (from) => from.jpeg({ quality: 96, chromaSubsampling: '4:4:4' }),
  png: (from) => from.png(),
  webp: (from) => from.webp({ quality: 96 }),
  avif: (from) => from.avif({ quality: 96, effort: 0, chromaSubsampling: '4:4:4' }),
  tiff: (from) => from.tiff({ compression: 'lzw' }),
};
/** Kinds of pictures with the formats that have them. */
const kinds: Readonly<Record<string, { readonly make: () => Picture; readonly formats: readonly string[] }>> = {
  wide: { make: () => picture(), formats: ['jpg', 'png', 'webp', 'avif', 'tiff'] },
  glass: { make: () => picture(4), formats: ['png', 'webp', 'avif', 'tiff'] },
  grey: { make: () => picture().greyscale(), formats: ['jpg', 'png', 'tiff'] },
  deep: { make: () => picture().toColourspace('rgb16'), formats: ['png', 'tiff'] },
  cmyk: { make: () => picture().toColourspace('cmyk'), formats: ['jpg', 'tiff'] },
};

type Case = { readonly name: string; readonly bytes: Buffer; readonly target: 'jpeg' | 'png' | 'webp' | 'avif' };

async function corpus(): Promise<readonly Case[]> {
  const orientations = LONG ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 6, 7];
  const targets = ['jpeg', 'png', 'webp', 'avif'] as const;
  const cases: Case[] = [];
  for (const [kind, { make, formats }] of Object.entries(kinds)) {
    for (const format of formats) {
      for (const orientation of orientations) {
        const described = kind === 'wide' ? withAll(make(), orientation) : make().withExif({ IFD0: { Artist: 'Secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 27/1' } }).withMetadata({ orientation });
        const encoded = encoders[format];
        if (encoded === undefined) throw new Error(format);
        const bytes = await encoded(described).toBuffer();
        // All of them, or one after another in the short run.
        const chosen = LONG ? targets : [targets[cases.length % targets.length] ?? 'webp'];
        for (const target of chosen) cases.push({ name: `${kind}-${orientation}-${format}-to-${target}`, bytes, target });
      }
    }
  }
  return cases;
}

/** What a picture shows, upright, on white. */
const shown = async (bytes: Buffer): Promise<{ readonly size: string; readonly pixels: Buffer }> => {
  const { data, info } = await sharp(bytes).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { size: `${info.width}x${info.height}x${info.channels}`, pixels: data };
};
const distance = (one: Buffer, other: Buffer): number => one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;

test('of every format, turn and kind comes out as it looked, without what it told, in every format', async () => {
  const cases = await corpus();
  const profile = (target: Case['target']) => PreparationProfile.parse({ id: 'p', name: 'p', format: target, quality: 95, colour: 'srgb', orientation: 'apply' });
  for (const { name, bytes, target } of cases) {
    const [path, to] = [join(folder, 'from', name), join(folder, 'to', `${name}.${target}`)];
    writeFileSync(path, bytes);
    const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: profile(target), takes: [] });
    // A picture that is as it should be already is left alone.
    if (outcome.type === 'alone') continue;
    expect([name, outcome]).toMatchObject([name, { type: 'made', recoded: true }]);
    const [before, after] = [await shown(bytes), await shown(readFileSync(to))];
    expect([name, after.size]).toEqual([name, before.size]);
    expect([name, Math.round(distance(before.pixels, after.pixels))]).toEqual([name, expect.toSatisfy((far: number) => far <= 6) as number]);
  }
  const told = readByExiftool(join(folder, 'to'));
  expect(Object.keys(told).length).toBeGreaterThan(cases.length * 0.7);
  for (const [name, tags] of Object.entries(told)) {
    const said = Object.keys(tags).filter((tag) => /GPS|XMP|ExifIFD|IFD1|ICC_Profile:ProfileDescription|IFD0:(Artist|Make|Orientation)/.test(tag) || /secret/i.test(String(tags[tag])));
    expect([name, said]).toEqual([name, []]);
  }
}, LONG ? 600_000 : 60_000);
