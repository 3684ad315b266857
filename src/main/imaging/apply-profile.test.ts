import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { movingAvif } from '../../../test/pictures/moving-avif';
import { chunk, painted, samplePngs, sampleJpegs, withChunks } from '../../../test/pictures/sample-pictures';
import { PreparationProfile } from '../../shared/model/preparation';
import { applyProfile } from './apply-profile';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';
import { encode } from './output-format';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-profile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const profile = (part: Partial<PreparationProfile>): PreparationProfile => PreparationProfile.parse({ id: 'p', name: 'p', ...part });
/** What becomes of a picture; the file is what was made, if anything was. */
const apply = async (bytes: Uint8Array, part: Partial<PreparationProfile>, takes: readonly string[] = []) => {
  const [path, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: profile(part), takes });
  return { outcome, made: existsSync(to) ? readFileSync(to) : null };
};
const facts = async (bytes: Uint8Array | null) => sharp(bytes ?? Buffer.alloc(0), { animated: true }).metadata();
const noise = (width: number, height: number): Promise<Buffer> => painted(sharp, 3, [width, height]).jpeg({ quality: 95 }).toBuffer();
const colourAt = async (bytes: Uint8Array | null): Promise<readonly number[]> => [...(await sharp(bytes ?? Buffer.alloc(0)).removeAlpha().raw().toBuffer()).subarray(0, 3)];
const plain = (background: string, width = 40, height = 20) => sharp({ create: { width, height, channels: 4, background } });

describe('the size', () => {
  test.each([
    [{ by: 'longest', value: 60 }, 60, 30],
    [{ by: 'width', value: 30 }, 30, 15],
    [{ by: 'height', value: 10 }, 20, 10],
    [{ by: 'percent', value: 50 }, 60, 30],
  ] as const)('%o', async (resize, width, height) => {
    const { outcome, made } = await apply(await noise(120, 60), { resize });
    expect(outcome).toMatchObject({ type: 'made', extension: 'jpg' });
    expect(await facts(made)).toMatchObject({ format: 'jpeg', width, height });
  });

  test('is never enlarged', async () => {
    for (const resize of [{ by: 'longest', value: 500 }, { by: 'percent', value: 200 }] as const) {
      expect((await apply(await noise(120, 60), { resize })).outcome).toEqual({ type: 'alone', why: 'nothing' });
    }
  });

  test('is that of the picture as it is shown', async () => {
    const turned = await painted(sharp, 3, [120, 60]).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const after = await facts((await apply(turned, { resize: { by: 'width', value: 30 } })).made);
    expect([after.width, after.height, after.orientation ?? 1]).toEqual([30, 60, 1]);
  });
});

describe('a picture that would not give up its metadata, and is not sent as it is', () => {
  test('is encoded anew whatever size that comes to', async () => {
    const photo = await painted(sharp, 3, [120, 60]).withExif({ IFD0: { Artist: 'me' } }).jpeg({ quality: 20 }).toBuffer();
    expect((await apply(photo, { quality: 100 })).outcome).toEqual({ type: 'alone', why: 'larger' });
    // Bytes between its parts that belong to none: readers of pictures pass over them.
    const second = 4 + photo.readUInt16BE(4) - 2 + 2;
    const wrong = Buffer.concat([photo.subarray(0, second), Buffer.alloc(3), photo.subarray(second)]);
    const { outcome, made } = await apply(wrong, { quality: 100 });
    expect([outcome.type, (await facts(made)).exif]).toEqual(['made', undefined]);
  });
});

describe('a picture that is encoded anew', () => {
  test('is in the format that was asked for, and holds no metadata', async () => {
    const photo = (await sampleJpegs(sharp)).find(({ name }) => name === 'turned-6.jpg')?.bytes ?? Buffer.alloc(0);
    for (const [format, extension] of [['webp', 'webp'], ['png', 'png'], ['avif', 'avif']] as const) {
      const { outcome, made } = await apply(photo, { format });
      expect(outcome).toMatchObject({ type: 'made', extension });
      const after = await facts(made);
      expect([after.width, after.height, after.exif, after.xmp, after.orientation ?? 1]).toEqual([17, 24, undefined, undefined, 1]);
    }
  });

  test('is turned for good when only that was asked for', async () => {
    const after = await facts((await apply(await painted(sharp).withMetadata({ orientation: 8 }).jpeg().toBuffer(), { orientation: 'apply' })).made);
    expect([after.width, after.height, after.orientation ?? 1]).toEqual([17, 24, 1]);
    expect((await apply(await painted(sharp).jpeg().toBuffer(), { orientation: 'apply' })).outcome).toEqual({ type: 'alone', why: 'nothing' });
  });

  test('keeps its colours, with their profile or converted', async () => {
    const wide = await plain('#c82818').withIccProfile('p3').png().toBuffer();
    const [kept, converted] = [(await apply(wide, { format: 'webp', quality: 100 })).made, (await apply(wide, { colour: 'srgb' })).made];
    expect([(await facts(kept)).hasProfile, (await facts(converted)).hasProfile]).toEqual([true, false]);
    const [before, after] = [await colourAt(wide), await colourAt(converted)];
    before.forEach((value, index) => expect(Math.abs(value - (after[index] ?? 0))).toBeLessThanOrEqual(2));
  });

  test('keeps what it lets through, or is laid on a colour', async () => {
    const glass = await plain('#00000000').png().toBuffer();
    expect((await facts((await apply(glass, { format: 'webp' })).made)).hasAlpha).toBe(true);
    const laid = (await apply(glass, { flatten: '#10c030' })).made;
    expect([(await facts(laid)).hasAlpha, await colourAt(laid)]).toEqual([false, [0x10, 0xc0, 0x30]]);
    for (const value of await colourAt((await apply(glass, { format: 'jpeg' })).made)) expect(value).toBeGreaterThan(250);
  });

  test('is CMYK no more where its format has no such colours', async () => {
    const cmyk = (await sampleJpegs(sharp)).find(({ name }) => name === 'cmyk.jpg')?.bytes ?? Buffer.alloc(0);
    const after = (await apply(cmyk, { format: 'webp' })).made;
    expect((await facts(after)).space).toBe('srgb');
    const before = await colourAt(cmyk);
    (await colourAt(after)).forEach((value, index) => expect(Math.abs(value - (before[index] ?? 0))).toBeLessThanOrEqual(8));
  });
});

test.each([
  ['sRGB', { colour: 'srgb' }],
  ['JPEG', { format: 'jpeg' }],
  ['JPEG of JPEG', { formatRules: [{ input: 'jpeg', format: 'jpeg' }] }],
] as const)('a JPEG for printers becomes one for screens, with a profile or without one, where %s was asked for', async (_what, part) => {
  for (const printed of (await sampleJpegs(sharp)).filter(({ name }) => /cmyk|inks/.test(name))) {
    expect([printed.name, (await facts(printed.bytes)).space]).toEqual([printed.name, 'cmyk']);
    const { outcome, made } = await apply(printed.bytes, { ...part, quality: 100 });
    expect(outcome).toMatchObject({ type: 'made', extension: 'jpg', recoded: true });
    expect(await facts(made)).toMatchObject({ space: 'srgb', channels: 3, hasProfile: false });
    const before = await colourAt(printed.bytes);
    (await colourAt(made)).forEach((value, index) => expect(Math.abs(value - (before[index] ?? 0))).toBeLessThanOrEqual(8));
    expect((await apply(printed.bytes, {})).outcome).toEqual({ type: 'alone', why: 'nothing' });
  }
});

describe('fewer bytes', () => {
  test('a picture stays as it is when its new bytes are not fewer, and nothing else was asked for', async () => {
    const small = await painted(sharp, 3, [120, 60]).jpeg({ quality: 40 }).toBuffer();
    expect((await apply(small, { quality: 95 })).outcome).toEqual({ type: 'alone', why: 'larger' });
    const { outcome, made } = await apply(await noise(120, 60), { quality: 40 });
    expect([outcome.type, (made?.length ?? Infinity) < (await noise(120, 60)).length]).toEqual(['made', true]);
  });

  test('the best quality that fits is searched for, and where none does a size', async () => {
    const large = await noise(300, 200);
    for (const share of [0.7, 0.3, 0.02]) {
      const maxBytes = Math.max(1000, Math.round(large.length * share));
      const { outcome, made } = await apply(large, { maxBytes });
      expect(outcome).toMatchObject({ type: 'made', extension: 'jpg' });
      expect(made?.length).toBeLessThanOrEqual(maxBytes);
      if (share > 0.5) expect(made?.length).toBeGreaterThan(maxBytes * 0.8);
    }
    expect((await apply(large, { maxBytes: large.length })).outcome).toEqual({ type: 'alone', why: 'nothing' });
    const { made } = await apply(await sharp(randomBytes(100 * 80 * 3), { raw: { width: 100, height: 80, channels: 3 } }).png().toBuffer(), { maxBytes: 5000 });
    expect([(await facts(made)).format, (made?.length ?? Infinity) <= 5000]).toEqual(['png', true]);
  }, 60_000);
});

test('AVIF is encoded with little effort where that is done again and again: each full one would take minutes', async () => {
  const photo = await noise(900, 700);
  const effortOf = (quick: boolean): unknown => (encode(sharp(photo), 'avif', 40, quick) as unknown as { readonly options: { readonly heifEffort: number } }).options.heifEffort;
  expect([effortOf(true), effortOf(false)]).toEqual([1, 3]);
  const most = Math.round((await sharp(photo).avif({ quality: 40, effort: 1 }).toBuffer()).length / 2);
  const { made } = await apply(photo, { format: 'avif', maxBytes: most });
  expect(await facts(made)).toMatchObject({ compression: 'av1', width: 900, height: 700 });
  expect(made?.length).toBeLessThanOrEqual(most);
  expect(made?.length).toBeGreaterThan(most * 0.8);
}, 60_000);

describe('of a picture with much besides its pixels', () => {
  const jpeg = () => painted(sharp, 3, [120, 60]).jpeg({ quality: 60 }).toBuffer();
  const png = () => sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } }).png().toBuffer();
  const withTrailer = (picture: Buffer): Buffer => Buffer.concat([picture, randomBytes(200_000)]);

  test.each([
    ['jpeg', jpeg],
    ['png', png],
  ] as const)('what counts is how large it is without that: %s', async (_kind, make) => {
    const bare = await make();
    const large = withTrailer(bare);
    // Encoded anew it is smaller than its file, and larger than what is left of that without another encoding.
    expect((await apply(large, { quality: 95 })).outcome).toEqual({ type: 'alone', why: 'larger' });
    expect((await apply(large, { maxBytes: bare.length })).outcome).toEqual({ type: 'alone', why: 'nothing' });
    expect((await apply(large, { maxBytes: bare.length, quality: 95 })).outcome).toEqual({ type: 'alone', why: 'larger' });
    const { outcome, made } = await apply(large, { maxBytes: bare.length - 1 });
    expect([outcome.type, (made?.length ?? Infinity) < bare.length]).toEqual(['made', true]);
  });

  test('it counts where it is to be kept', async () => {
    const large = withTrailer(await jpeg());
    expect((await apply(large, { maxBytes: large.length - 1, metadata: 'keep' })).outcome.type).toBe('made');
  });
});

describe('a moving picture', () => {
  const moving = (format: 'gif' | 'webp') => sharp(Buffer.from(Array.from({ length: 40 * 60 * 3 }, (_, at) => (at * 31) % 256)), { raw: { width: 40, height: 60, channels: 3, pageHeight: 20 } })[format]({ delay: [40, 50, 60], loop: 2 }).toBuffer();

  test.each(['gif', 'webp'] as const)('keeps its frames in %s', async (format) => {
    for (const to of ['keep', 'webp'] as const) {
      const { made } = await apply(await moving(format), { format: to, resize: { by: 'width', value: 20 } });
      expect(await facts(made)).toMatchObject({ format: to === 'keep' ? format : to, pages: 3, width: 20, pageHeight: 10, delay: [40, 50, 60], loop: 2 });
    }
  });

  test('takes as long as before as a WebP, where frames in a row that show the same are one', async () => {
    const frame = (shade: 0 | 1, hundredths: number): Buffer => Buffer.from(`21f90400${hundredths.toString(16).padStart(2, '0')}0000002c0000000001000100000202${shade === 1 ? '4c' : '44'}0100`, 'hex');
    const gif = (...frames: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from('47494638396101000100800000000000ffffff21ff0b4e45545343415045322e300301000000', 'hex'), ...frames, Buffer.from([0x3b])]);
    const shown = [[0, 10], [0, 20], [1, 30], [1, 40], [1, 5], [0, 50]] as const;
    const moved = gif(...shown.map(([shade, hundredths]) => frame(shade, hundredths)));
    expect(await facts(moved)).toMatchObject({ pages: 6, delay: [100, 200, 300, 400, 50, 500] });
    const { outcome, made } = await apply(moved, { format: 'webp' });
    expect(outcome).toMatchObject({ type: 'made', extension: 'webp' });
    expect(await facts(made)).toMatchObject({ pages: 3, delay: [300, 750, 500], loop: 0 });
    // Of what stands still for all its time there is one picture.
    const still = await apply(gif(frame(1, 10), frame(1, 20)), { format: 'webp' });
    expect(await facts(still.made)).not.toHaveProperty('pages');
  });

  test('is left alone where its frames would be lost', async () => {
    expect((await apply(await moving('gif'), { format: 'jpeg' })).outcome).toEqual({ type: 'alone', why: 'animated' });
    const apng = (await samplePngs(sharp)).find(({ name }) => name === 'animated.png')?.bytes ?? Buffer.alloc(0);
    expect((await apply(apng, { resize: { by: 'width', value: 10 } })).outcome).toEqual({ type: 'alone', why: 'animated' });
  });
});

describe('a picture that cannot be made as small as it has to be', () => {
  // Its frames alone, however small they are, take more.
  const moving = (format: 'gif' | 'webp') => sharp(randomBytes(20 * 1000 * 3), { raw: { width: 20, height: 1000, channels: 3, pageHeight: 10 } })[format]({ delay: Array.from({ length: 100 }, () => 50) }).toBuffer();
  const apng = async () => withChunks((await samplePngs(sharp)).find(({ name }) => name === 'animated.png')?.bytes ?? Buffer.alloc(0), [chunk('tEXt', Buffer.alloc(2000, 'words '))]);
  const drawing = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="${'M1 2'.repeat(400)}"/><script/></svg>`);
  const noFit = { outcome: { type: 'failed', why: 'no_fit' }, made: null };

  test.each([
    ['an APNG', apng, {}],
    ['a moving AVIF', async () => (await movingAvif(sharp, 4)).bytes, {}],
    ['a GIF that no size makes so small', () => moving('gif'), {}],
    ['a moving WebP that no size makes so small', () => moving('webp'), {}],
    ['a GIF whose frames another wish would cost', () => moving('gif'), { format: 'jpeg' }],
    ['a drawing that stays one', () => Promise.resolve(drawing), {}],
    ['a drawing that stays as it is', () => Promise.resolve(drawing), { svg: 'keep' }],
  ] as const)('is not sent: %s', async (_what, make, part) => {
    const bytes = await make();
    // With its metadata: it counts where it is to be kept.
    const asked = { metadata: 'keep', maxBytes: 1000, ...part } as const;
    expect(await apply(bytes, asked)).toEqual(noFit);
    const { outcome } = await apply(bytes, { ...asked, maxBytes: bytes.length });
    expect(outcome.type).not.toBe('failed');
  });
});

describe('a file that cannot be made ready', () => {
  test('is told of in a word, and nothing is written', async () => {
    const huge = withChunks(await painted(sharp).png().toBuffer(), []);
    huge.writeUInt32BE(50_000, 16);
    huge.writeUInt32BE(50_000, 20);
    const header = chunk('IHDR', huge.subarray(16, 29));
    const bomb = Buffer.concat([huge.subarray(0, 8), header, huge.subarray(33)]);
    expect(await apply(bomb, { format: 'webp' })).toEqual({ outcome: { type: 'failed', why: 'too_big' }, made: null });
    for (const bytes of [Buffer.from('no picture'), (await noise(120, 60)).subarray(0, 900)]) {
      expect(await apply(bytes, { format: 'webp' })).toEqual({ outcome: { type: 'failed', why: 'failed' }, made: null });
    }
    const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path: join(folder, 'nowhere'), to: join(folder, 'to'), profile: profile({ format: 'webp' }), takes: [] });
    expect(outcome).toEqual({ type: 'failed', why: 'failed' });
  });

  test('says when the disk does not take the new one', async () => {
    writeFileSync(join(folder, 'a.jpg'), await noise(20, 10));
    const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path: join(folder, 'a.jpg'), to: join(folder, 'no', 'to'), profile: profile({ format: 'webp' }), takes: [] });
    expect(outcome).toEqual({ type: 'failed', why: 'disk' });
  });
});
