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
import { movingAvif } from '../pictures/moving-avif';
import { heicPhoto } from '../pictures/sample-heifs';
import { samplePngs, withAll } from '../pictures/sample-pictures';

const LONG = process.env['PICFERRY_LONG'] === '1';
const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-corpus-'));
  for (const name of ['from', 'to', 'frames']) mkdirSync(join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const profile = (part: Partial<PreparationProfile>): PreparationProfile => PreparationProfile.parse({ id: 'p', name: 'p', ...part });
const apply = async (name: string, bytes: Uint8Array, part: Partial<PreparationProfile>) => {
  const [path, to] = [join(folder, 'from', name), join(folder, 'frames', name)];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: profile(part), takes: [] });
  return { outcome, made: outcome.type === 'made' ? readFileSync(to) : Buffer.alloc(0) };
};

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
  'progressive.jpg': (from) => from.jpeg({ quality: 96, progressive: true }),
  'interlaced.png': (from) => from.png({ progressive: true }),
  'indexed.png': (from) => from.png({ palette: true, colours: 255 }),
  'one-bit.png': (from) => from.png({ palette: true, colours: 2 }),
  'one-bit.tiff': (from) => from.toColourspace('b-w').tiff({ compression: 'deflate', predictor: 'none', bitdepth: 1 }),
  'whole.webp': (from) => from.webp({ lossless: true }),
  'whole.avif': (from) => from.avif({ lossless: true, effort: 0 }),
  'deflate.tiff': (from) => from.tiff({ compression: 'deflate', predictor: 'horizontal', tile: true, tileWidth: 16, tileHeight: 16 }),
  'plain.tiff': (from) => from.tiff({ compression: 'none' }),
  'jpeg.tiff': (from) => from.tiff({ compression: 'jpeg', quality: 96 }),
};
/** Kinds of pictures with the formats that have them. */
const kinds: Readonly<Record<string, { readonly make: () => Picture; readonly formats: readonly string[] }>> = {
  wide: { make: () => picture(), formats: ['jpg', 'png', 'webp', 'avif', 'tiff'] },
  glass: { make: () => picture(4), formats: ['png', 'webp', 'avif', 'tiff'] },
  grey: { make: () => picture().greyscale(), formats: ['jpg', 'png', 'tiff'] },
  deep: { make: () => picture().toColourspace('rgb16'), formats: ['png', 'tiff'] },
  cmyk: { make: () => picture().toColourspace('cmyk'), formats: ['jpg', 'tiff'] },
  'cmyk-profile': { make: () => picture().toColourspace('cmyk').withIccProfile('cmyk'), formats: ['jpg', 'tiff'] },
  'one-bit': { make: () => picture().threshold(), formats: ['one-bit.png', 'one-bit.tiff'] },
  'grey-glass': { make: () => picture(4).greyscale(), formats: ['png', 'webp'] },
  'deep-glass': { make: () => picture(4).toColourspace('rgb16'), formats: ['png', 'tiff'] },
  'deep-grey': { make: () => picture().toColourspace('grey16'), formats: ['png', 'tiff'] },
  progressive: { make: () => picture(), formats: ['progressive.jpg', 'interlaced.png'] },
  indexed: { make: () => picture(), formats: ['indexed.png'] },
  whole: { make: () => picture(4), formats: ['whole.webp', 'whole.avif'] },
  packed: { make: () => picture(), formats: ['deflate.tiff', 'plain.tiff', 'jpeg.tiff'] },
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

/** What a picture shows, upright, on white, in colours that are as far apart as they look (CIE L*a*b*). */
const shown = async (bytes: Buffer): Promise<{ readonly size: string; readonly colours: Float32Array }> => {
  // Of 16 bits a channel the picture library makes Display P3, and of the same numbers in 8 bits what their profile means.
  const { space, hasProfile } = await sharp(bytes).metadata();
  const whole = space === 'rgb16' && hasProfile ? await sharp(bytes).keepMetadata().toColourspace('srgb').png().toBuffer() : bytes;
  const upright = await sharp(whole).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha().png().toBuffer();
  const { data, info } = await sharp(upright).toColourspace('lab').raw({ depth: 'float' }).toBuffer({ resolveWithObject: true });
  return { size: `${info.width}x${info.height}`, colours: new Float32Array(new Uint8Array(data).buffer) };
};
/** How different two pictures look: the mean over their pixels of the distance of two colours, of which an eye tells about 2 apart. */
const distance = (one: Float32Array, other: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at += 3) sum += Math.hypot(...[0, 1, 2].map((channel) => (one[at + channel] ?? 0) - (other[at + channel] ?? 0)));
  return one.length === other.length ? (sum * 3) / one.length : 100;
};

/** Fine edges of the smallest pictures lose that much in the formats that lose something. */
const MOST = 4;

test('of every format, turn and kind comes out as it looked, without what it told, in every format', async () => {
  const cases = await corpus();
  for (const { name, bytes, target } of cases) {
    const [path, to] = [join(folder, 'from', name), join(folder, 'to', `${name}.${target}`)];
    writeFileSync(path, bytes);
    const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: profile({ format: target, quality: 95, colour: 'srgb', orientation: 'apply' }), takes: [] });
    // A picture that is as it should be already is left alone.
    if (outcome.type === 'alone') continue;
    expect([name, outcome]).toMatchObject([name, { type: 'made', recoded: true }]);
    const [before, after] = [await shown(bytes), await shown(readFileSync(to))];
    expect([name, after.size]).toEqual([name, before.size]);
    expect([name, distance(before.colours, after.colours)]).toEqual([name, expect.toSatisfy((far: number) => far <= MOST) as number]);
  }
  const told = readByExiftool(join(folder, 'to'));
  expect(Object.keys(told).length).toBeGreaterThan(cases.length * 0.7);
  for (const [name, tags] of Object.entries(told)) {
    const said = Object.keys(tags).filter((tag) => /GPS|XMP|ExifIFD|IFD1|ICC_Profile:ProfileDescription|IFD0:(Artist|Make|Orientation)/.test(tag) || /secret/i.test(String(tags[tag])));
    expect([name, said]).toEqual([name, []]);
  }
}, LONG ? 600_000 : 180_000);

test('that moves keeps every frame and its time, or is left alone and said to move', async () => {
  const [width, frame, delay] = [24, 16, [40, 250, 60, 1000, 90]];
  const pixels = Buffer.from(Array.from({ length: width * frame * delay.length * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7 + Math.floor(at / (width * frame * 4)) * 50) % 256)));
  const strip = () => sharp(pixels, { raw: { width, height: frame * delay.length, channels: 4, pageHeight: frame } });
  const apng = (await samplePngs(sharp)).find(({ name }) => name === 'animated.png')?.bytes ?? Buffer.alloc(0);
  const kept = { 'a.gif': await strip().gif({ delay: [...delay], loop: 2 }).toBuffer(), 'a.webp': await withAll(strip(), 1).webp({ delay: [...delay], loop: 2, lossless: true }).toBuffer() };
  const unseen = { 'a.png': apng, 'a.avif': (await movingAvif(sharp)).bytes };
  for (const [name, bytes] of Object.entries(kept)) {
    for (const format of ['keep', 'webp'] as const) {
      for (const part of [{ resize: { by: 'percent', value: 50 } }, { flatten: '#ffffff', quality: 90 }, { colour: 'srgb', resize: { by: 'width', value: 12 } }, { maxBytes: bytes.length - 1 }] as const) {
        const { outcome, made } = await apply(name, bytes, { format, ...part });
        if (outcome.type !== 'made') {
          expect([name, format, part, outcome]).toEqual([name, format, part, { type: 'alone', why: expect.stringMatching(/^(nothing|larger)$/) as string }]);
          continue;
        }
        expect([name, format, part, await sharp(made, { animated: true }).metadata()]).toMatchObject([name, format, part, { pages: delay.length, delay, loop: 2 }]);
      }
    }
  }
  const loses = [{ format: 'jpeg' }, { format: 'png' }, { format: 'avif' }, { frame: { radius: 4, border: null, shadow: null } }, { crop: { tolerance: 10, margin: 0 } }] as const;
  for (const [name, bytes] of Object.entries({ ...kept, ...unseen })) {
    for (const part of loses) expect([name, part, (await apply(name, bytes, part)).outcome]).toEqual([name, part, { type: 'alone', why: name === 'a.png' && 'format' in part && part.format === 'png' ? 'nothing' : 'animated' }]);
  }
  for (const [name, bytes] of Object.entries(unseen)) expect([name, (await apply(name, bytes, { resize: { by: 'percent', value: 50 } })).outcome]).toEqual([name, { type: 'alone', why: 'animated' }]);
}, 180_000);

test('that is cut or damaged fails with a word or comes out in its whole size, and never half of it', async () => {
  const noisy = (channels: 3 | 4 = 3): Picture => sharp(Buffer.from(Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => (at * 7919) % 251)), { raw: { width: WIDTH, height: HEIGHT, channels } });
  const moving = () => sharp(Buffer.from(Array.from({ length: 16 * 64 * 3 }, (_, at) => (at * 7919) % 251)), { raw: { width: 16, height: 64, channels: 3, pageHeight: 16 } });
  const whole: Readonly<Record<string, Buffer>> = {
    ...Object.fromEntries(await Promise.all(Object.entries(encoders).map(async ([name, encode]) => [name, await encode(noisy()).toBuffer()] as const))),
    'moving.gif': await moving().gif({ delay: [40, 50, 60, 70] }).toBuffer(),
    'moving.webp': await moving().webp({ delay: [40, 50, 60, 70], lossless: true }).toBuffer(),
    'photo.heic': heicPhoto(),
  };
  for (const [name, bytes] of Object.entries(whole)) {
    const frames = name.startsWith('moving');
    const part: Partial<PreparationProfile> = frames ? { resize: { by: 'percent', value: 50 } } : { format: 'webp', quality: 100, resize: { by: 'percent', value: 50 } };
    const made = await apply(name, bytes, part);
    expect([name, made.outcome.type]).toEqual([name, 'made']);
    const full = await sharp(made.made, { animated: true }).metadata();
    const at = (share: number): number => Math.floor(bytes.length * share);
    const cut = (LONG ? [0.05, 0.3, 0.6, 0.9] : [0.6, 0.9]).map((share) => bytes.subarray(0, at(share)));
    const flipped = (LONG ? [0.02, 0.2, 0.5, 0.8] : [0.2]).map((share) => Buffer.concat([bytes.subarray(0, at(share)), Buffer.from([(bytes[at(share)] ?? 0) ^ 0xff]), bytes.subarray(at(share) + 1)]));
    for (const [kind, files] of [['cut', cut], ['flipped', flipped]] as const) {
      for (const [index, damaged] of files.entries()) {
        const { outcome, made: out } = await apply(name, damaged, part);
        const which = [name, kind, index];
        if (outcome.type !== 'made') {
          expect([...which, outcome, out.length]).toEqual([...which, { type: expect.stringMatching(/^(failed|alone)$/) as string, why: expect.stringMatching(/^(failed|too_big|format|animated)$/) as string }, 0]);
          continue;
        }
        const { width, height, pages } = await sharp(out, { animated: true }).metadata();
        expect([...which, width, height, pages]).toEqual([name, 'flipped', index, full.width, full.height, full.pages]);
      }
    }
  }
}, 180_000);
