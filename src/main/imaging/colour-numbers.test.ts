import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { heicPhoto } from '../../../test/pictures/sample-heifs';
import { chunk, withChunks } from '../../../test/pictures/sample-pictures';
import { PreparationProfile } from '../../shared/model/preparation';
import { NEW_FRAME } from '../../shared/model/preparation-profiles';
import { applyProfile } from './apply-profile';
import { loadSharp } from './load-sharp';
import { hardenSharp, thumbnailOf } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-numbers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const apply = async (bytes: Uint8Array, part: Partial<PreparationProfile>) => {
  const [path, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: PreparationProfile.parse({ id: 'p', name: 'p', ...part }), takes: [] });
  return { outcome, made: existsSync(to) ? readFileSync(to) : Buffer.alloc(0) };
};
type Rgb = readonly [number, number, number];
const plain = ([r, g, b]: Rgb) => sharp({ create: { width: 40, height: 20, channels: 3, background: { r, g, b } } });
const firstOf = async (bytes: Buffer, colours: 'srgb' | 'p3' = 'srgb'): Promise<Rgb> => {
  const [r = 0, g = 0, b = 0] = await (colours === 'srgb' ? sharp(bytes) : sharp(bytes).withIccProfile('p3')).removeAlpha().raw().toBuffer();
  return [r, g, b];
};
const near = (one: Rgb, other: Rgb, most: number): void => one.forEach((value, index) => expect(Math.abs(value - (other[index] ?? 0)), `${String(one)} is ${String(other)}`).toBeLessThanOrEqual(most));

/** ITU-T H.273: Display P3 and BT.2020 with sRGB's curve, BT.2020 with PQ. */
const [P3, WIDE, PQ] = [[12, 13], [9, 13], [9, 16]] as const;
/** What these make of a colour in sRGB, by the formulas of the standards. */
const COLOURS: readonly (readonly [string, readonly [number, number], Rgb, Rgb])[] = [
  ['Display P3', P3, [200, 100, 80], [215, 93, 73]],
  ['BT.2020', WIDE, [150, 120, 60], [168, 116, 45]],
  ['grey of BT.2020', WIDE, [128, 128, 128], [128, 128, 128]],
  // Half of PQ's range is 94 candela a square metre, of which white paper has 203.
  ['grey of PQ', PQ, [128, 128, 128], [181, 181, 181]],
  ['white of PQ', PQ, [200, 200, 200], [255, 255, 255]],
];

const numbered = async (colour: Rgb, [primaries, transfer]: readonly [number, number], more: readonly Buffer[] = []): Promise<Buffer> => withChunks(await plain(colour).png().toBuffer(), [chunk('cICP', Buffer.from([primaries, transfer, 0, 1])), ...more]);
/** A file of HEVC or AV1 whose profile gives way to these numbers, in as much room. */
const byNumbers = (file: Buffer, [primaries, transfer]: readonly [number, number]): Buffer => {
  const made = Buffer.from(file);
  const at = made.toString('latin1').search(/colr(prof|rICC)/);
  expect(at).toBeGreaterThan(0);
  made.write('colrnclx', at, 'latin1');
  made.writeUInt16BE(primaries, at + 8);
  made.writeUInt16BE(transfer, at + 10);
  made.writeUInt16BE(6, at + 12);
  made[at + 14] = 0x80;
  return made;
};

describe('colours that a picture tells by numbers alone', () => {
  test.each(COLOURS)('%s in a PNG are converted to sRGB', async (_what, numbers, from, to) => {
    const { outcome, made } = await apply(await numbered(from, numbers), { colour: 'srgb' });
    expect(outcome).toMatchObject({ type: 'made', extension: 'png' });
    near(await firstOf(made), to, 1);
    expect([(await sharp(made).metadata()).hasProfile, made.includes('cICP')]).toEqual([false, false]);
  });

  test.each(['jpeg', 'webp', 'png', 'avif'] as const)('go on as a profile into %s, or are converted', async (format) => {
    const [, numbers, from, to] = COLOURS[0] ?? ['', P3, [0, 0, 0], [0, 0, 0]];
    const png = await numbered(from, numbers);
    const kept = (await apply(png, { format, quality: 100, resize: { by: 'width', value: 20 } })).made;
    expect((await sharp(kept).metadata()).hasProfile).toBe(true);
    near(await firstOf(kept, 'p3'), from, 4);
    near(await firstOf((await apply(png, { format, colour: 'srgb', quality: 100 })).made), to, 4);
  });

  test('count before a profile, and are those of the picture that goes into a frame', async () => {
    const [, numbers, from, to] = COLOURS[0] ?? ['', P3, [0, 0, 0], [0, 0, 0]];
    const profiled = withChunks(await plain(from).withIccProfile('srgb').png().toBuffer(), [chunk('cICP', Buffer.from([...numbers, 0, 1]))]);
    near(await firstOf((await apply(profiled, { colour: 'srgb' })).made), to, 1);
    const framed = (await apply(await numbered(from, numbers), { frame: { ...NEW_FRAME, radius: 0, shadow: null } })).made;
    const { data, info } = await sharp(framed).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 3;
    near([data[middle] ?? 0, data[middle + 1] ?? 0, data[middle + 2] ?? 0], to, 1);
  });

  test('are those of older PNGs, by a power and where red, green and blue are', async () => {
    const chromaticities = Buffer.alloc(32);
    for (const [index, value] of [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000].entries()) chromaticities.writeUInt32BE(value, index * 4);
    const gamma = (value: number): Buffer => {
      const body = Buffer.alloc(4);
      body.writeUInt32BE(value);
      return chunk('gAMA', body);
    };
    const older = async (from: Rgb, ...chunks: readonly Buffer[]) => apply(withChunks(await plain(from).png().toBuffer(), chunks), { colour: 'srgb' });
    near(await firstOf((await older([200, 100, 80], gamma(45_455), chunk('cHRM', chromaticities))).made), [215, 93, 73], 1);
    near(await firstOf((await older([55, 55, 55], gamma(100_000))).made), [128, 128, 128], 1);
    expect((await older([200, 100, 80], gamma(45_455))).outcome).toEqual({ type: 'alone', why: 'nothing' });
    expect((await older([200, 100, 80], gamma(100_000), chunk('sRGB', Buffer.from([0])))).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test.each([['8 bits', 'b-w', 1], ['8 bits with transparency', 'b-w', 2], ['16 bits', 'grey16', 1]] as const)('are those of grey, of %s', async (_what, space, channels) => {
    const pixels = space === 'grey16' ? new Uint16Array(800).fill(128 * 257) : new Uint8Array(800 * channels).fill(128);
    const bytes = await sharp(pixels, { raw: { width: 40, height: 20, channels } }).toColourspace(space).withExif({ IFD0: { Artist: 'Ann' } }).png().toBuffer();
    expect([0, 4]).toContain(bytes[25]);
    const [linear, usual] = [Buffer.alloc(4), Buffer.alloc(4)];
    linear.writeUInt32BE(100_000);
    usual.writeUInt32BE(45_455);
    for (const [told, to] of [[chunk('cICP', Buffer.from([...PQ, 0, 1])), 181], [chunk('gAMA', linear), 188]] as const) {
      const grey = withChunks(bytes, [told]);
      for (const part of [{}, { metadata: 'keep' }] as const) {
        const { outcome, made } = await apply(grey, { colour: 'srgb', ...part });
        expect(outcome.type).toBe('made');
        near(await firstOf(made), [to, to, to], 1);
        expect((await sharp(made).metadata()).exif?.includes('Ann') ?? false).toBe('metadata' in part);
      }
      // Where they are to stay as they are, their profile goes on.
      const kept = (await apply(grey, { resize: { by: 'width', value: 20 } })).made;
      expect((await sharp(kept).metadata()).hasProfile).toBe(true);
      // What is half transparent is rounded once more.
      near(await firstOf(kept), [to, to, to], 4);
    }
    expect((await apply(withChunks(bytes, [chunk('gAMA', usual)]), { colour: 'srgb', metadata: 'keep' })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('stay as they are where nothing is asked of the pixels, and where they mean sRGB', async () => {
    const png = await numbered([200, 100, 80], P3);
    expect((await apply(png, {})).outcome).toEqual({ type: 'alone', why: 'nothing' });
    const { outcome, made } = await apply(await numbered([200, 100, 80], P3, [chunk('tEXt', Buffer.alloc(4000, 65))]), { quality: 80 });
    expect([outcome.type, made.includes('cICP')]).toEqual(['made', true]);
    expect((await apply(await numbered([200, 100, 80], [1, 13]), { colour: 'srgb' })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test.each(['heic', 'avif'] as const)('%s: go on as a profile, or are converted', async (kind) => {
    const file = kind === 'heic' ? heicPhoto() : await plain([200, 100, 80]).withIccProfile('p3').avif({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    for (const part of [{ colour: 'srgb', format: 'png' }, { format: 'png' }, { format: 'webp', quality: 90, metadata: 'keep' }] as const) {
      const [one, other] = [(await apply(file, part)).made, (await apply(byNumbers(file, P3), part)).made];
      expect((await sharp(other).metadata()).hasProfile).toBe((await sharp(one).metadata()).hasProfile);
      const [expected, found] = await Promise.all([one, other].map((bytes) => sharp(bytes).removeAlpha().raw().toBuffer()));
      expect(found?.length).toBe(expected?.length);
      const apart = found?.reduce((sum, value, at) => sum + Math.abs(value - (expected?.[at] ?? 0)), 0) ?? Infinity;
      expect(apart / (found?.length ?? 1)).toBeLessThan(1);
    }
    if (kind === 'avif') expect((await apply(byNumbers(file, P3), {})).outcome).toEqual({ type: 'alone', why: 'nothing' });
    const wide = (await apply(byNumbers(file, WIDE), { colour: 'srgb', format: 'png' })).made;
    const narrow = (await apply(byNumbers(file, [1, 13]), { colour: 'srgb', format: 'png' })).made;
    expect(wide.equals(narrow)).toBe(false);
  });

  test('are those of small pictures, too', async () => {
    const small = async (bytes: Uint8Array): Promise<Rgb> => {
      const path = join(folder, 'small');
      writeFileSync(path, bytes);
      return firstOf(Buffer.from(await thumbnailOf(sharp, path)));
    };
    for (const [, numbers, from, to] of COLOURS) near(await small(await numbered(from, numbers)), to, 4);
    const avif = await plain([200, 100, 80]).withIccProfile('p3').avif({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    near(await small(byNumbers(avif, P3)), [200, 100, 80], 6);
    // A brighter curve for the same numbers shows whether they were looked at.
    const [usual, wide] = [await small(byNumbers(heicPhoto(), [1, 13])), await small(byNumbers(heicPhoto(), WIDE))];
    expect(wide).not.toEqual(usual);
    near(await small(await plain([200, 100, 80]).toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer()), [200, 100, 80], 24);
  });
});
