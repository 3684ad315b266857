import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chunk, withChunks } from '../../../test/pictures/sample-pictures';
import type { PreparationProfile as Profile } from '../../shared/model/preparation';
import { PreparationProfile } from '../../shared/model/preparation';
import { NEW_WATERMARK } from '../../shared/model/preparation-profiles';
import { pngWith } from '../metadata';
import { applyProfile } from './apply-profile';
import { loadSharp } from './load-sharp';
import { hardenSharp } from './make-thumbnail';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
let folder: string;
let p3: Buffer;
beforeAll(async () => {
  p3 = (await sharp(await sharp({ create: { width: 1, height: 1, channels: 3, background: '#ffffff' } }).withIccProfile('p3').png().toBuffer()).metadata()).icc ?? Buffer.alloc(0);
  expect(p3.length).toBeGreaterThan(128);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-deep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const apply = async (bytes: Uint8Array, part: Partial<Profile>) => {
  const [path, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(path, bytes);
  rmSync(to, { force: true });
  const { outcome } = await applyProfile(() => sharp, { do: 'profile', id: 1, path, to, profile: PreparationProfile.parse({ id: 'p', name: 'p', ...part }), takes: [] });
  return { outcome, made: existsSync(to) ? readFileSync(to) : Buffer.alloc(0) };
};
/** 16 bits a channel, of the same colour everywhere. */
const deep = (values: readonly number[]): Promise<Buffer> => {
  const channels = values.length as 1 | 2 | 3 | 4;
  const pixels = Uint16Array.from({ length: 40 * 20 * channels }, (_, at) => (values[at % channels] ?? 0) * 257);
  return sharp(pixels, { raw: { width: 40, height: 20, channels } }).toColourspace(channels < 3 ? 'grey16' : 'rgb16').png().toBuffer();
};
const profiled = (png: Buffer, profile: Buffer): Buffer => pngWith(png, { exif: null, xmp: null, profile });
const numbered = (png: Buffer, primaries: number, transfer: number): Buffer => withChunks(png, [chunk('cICP', Buffer.from([primaries, transfer, 0, 1]))]);
/** Grey whose numbers are light, by ICC.1: a header, a white point and a power. */
const lightGrey = (): Buffer => {
  const [head, tags, white, curve] = [Buffer.from(p3.subarray(0, 128)), Buffer.alloc(28), Buffer.alloc(20), Buffer.alloc(16)];
  head.write('GRAY', 16, 'latin1');
  tags.writeUInt32BE(2, 0);
  for (const [index, [name, at, size]] of ([['wtpt', 156, 20], ['kTRC', 176, 14]] as const).entries()) {
    tags.write(name, 4 + index * 12, 'latin1');
    tags.writeUInt32BE(at, 8 + index * 12);
    tags.writeUInt32BE(size, 12 + index * 12);
  }
  white.write('XYZ ', 0, 'latin1');
  for (const [index, value] of [63_190, 65_536, 54_061].entries()) white.writeInt32BE(value, 8 + index * 4);
  curve.write('curv', 0, 'latin1');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(256, 12);
  const profile = Buffer.concat([head, tags, white, curve]);
  profile.writeUInt32BE(profile.length, 0);
  return profile;
};

/** The numbers in the middle of what was made, in 8 bits and without any conversion. */
const middleOf = async (bytes: Buffer): Promise<readonly number[]> => {
  const { data, info } = await sharp(bytes).keepIccProfile().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [...data.subarray(at, at + info.channels)];
};
const near = (found: readonly number[], wanted: readonly number[], most: number): void => wanted.forEach((value, index) => expect(Math.abs(value - (found[index] ?? 999)), `${String(found)} is ${String(wanted)}`).toBeLessThanOrEqual(most));

const mark = { ...NEW_WATERMARK, text: '.', size: 1 } as const;
const frame = { radius: 0, shadow: null, border: { width: 2, colour: '#ff0000' } } as const;
const [AS_IT_IS, IN_SRGB] = [[200, 100, 80], [215, 93, 73]] as const;

describe('a picture of 16 bits a channel in Display P3', () => {
  const kinds = {
    'PNG with a profile': async () => profiled(await deep(AS_IT_IS), p3),
    'PNG with numbers': async () => numbered(await deep(AS_IT_IS), 12, 13),
    TIFF: async () => sharp(profiled(await deep(AS_IT_IS), p3)).keepIccProfile().toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer(),
  };
  const ways: readonly (readonly [string, Partial<Profile>])[] = [
    ['as it is', {}],
    ['smaller', { resize: { by: 'width', value: 20 } }],
    ['as a JPEG', { format: 'jpeg' }],
    ['as a WebP', { format: 'webp' }],
    ['as an AVIF', { format: 'avif' }],
    ['with a mark', { watermark: mark }],
    ['with a frame', { frame }],
    ['with a mark and a frame', { watermark: mark, frame }],
    ['in few bytes', { format: 'webp', maxBytes: 2000 }],
    ['with its metadata', { metadata: 'keep' }],
  ];
  describe.each(Object.entries(kinds))('%s', (_kind, make) => {
    test.each(ways)('becomes sRGB, %s', async (_way, part) => {
      const { made } = await apply(await make(), { colour: 'srgb', format: 'png', quality: 100, ...part });
      expect((await sharp(made).metadata()).hasProfile).toBe(false);
      near(await middleOf(made), IN_SRGB, 2);
    });
  });

  test('keeps its profile where it may, and its 16 bits where its format has them and nothing is laid over it', async () => {
    for (const [part, depth] of [[{ resize: { by: 'width', value: 20 } }, 'ushort'], [{ format: 'jpeg', quality: 100 }, 'uchar'], [{ watermark: mark }, 'uchar']] as const) {
      const { made } = await apply(profiled(await deep(AS_IT_IS), p3), part);
      expect(await sharp(made).metadata()).toMatchObject({ depth, hasProfile: true });
      near(await middleOf(made), AS_IT_IS, 2);
    }
  });

  test('is laid on a colour that is one of sRGB, as one of 8 bits is', async () => {
    const glass = profiled(await deep([...AS_IT_IS, 128]), p3);
    const wanted = IN_SRGB.map((value, index) => (value * 128 + ([0x10, 0xc0, 0x30][index] ?? 0) * 127) / 255);
    for (const format of ['png', 'jpeg'] as const) near(await middleOf((await apply(glass, { colour: 'srgb', flatten: '#10c030', format, quality: 100 })).made), wanted, 2);
  });

  test('has a mark in the colours that were asked for', async () => {
    const path = join(folder, 'mark.png');
    writeFileSync(path, await sharp({ create: { width: 30, height: 30, channels: 3, background: '#20c040' } }).png().toBuffer());
    const tiled = { ...mark, kind: 'picture', path, place: 'centre', opacity: 100, size: 50 } as const;
    const [one, other] = [await apply(profiled(await deep(AS_IT_IS), p3), { colour: 'srgb', watermark: tiled }), await apply(await deep(AS_IT_IS), { watermark: tiled })];
    near(await middleOf(other.made), [0x20, 0xc0, 0x40], 1);
    near(await middleOf(one.made), [0x20, 0xc0, 0x40], 1);
  });
});

describe('a picture of 16 bits a channel without a profile', () => {
  test.each([
    ['three', AS_IT_IS, AS_IT_IS],
    ['grey', [128], [128, 128, 128]],
    ['grey that lets through all of nothing', [128, 255], [128, 128, 128]],
  ] as const)('has the colours that it had: %s', async (_what, values, wanted) => {
    for (const part of [{ frame }, { colour: 'srgb', frame }, { watermark: mark }, { watermark: mark, frame }, { format: 'jpeg', quality: 100 }, { resize: { by: 'width', value: 20 } }] as const) near(await middleOf((await apply(await deep(values), part)).made), wanted, 1);
  });

  test('has them where a profile says that they are those, and its 16 bits', async () => {
    const usual = (await sharp(await sharp(await deep(AS_IT_IS)).withIccProfile('srgb').jpeg().toBuffer()).metadata()).icc ?? Buffer.alloc(0);
    const { made } = await apply(profiled(await deep(AS_IT_IS), usual), { colour: 'srgb', resize: { by: 'width', value: 20 } });
    expect(await sharp(made).metadata()).toMatchObject({ depth: 'ushort', hasProfile: false });
    near(await middleOf(made), AS_IT_IS, 1);
    near(await middleOf((await apply(profiled(await deep(AS_IT_IS), usual), { frame })).made), AS_IT_IS, 1);
  });
});

test('colours outside sRGB become the nearest that it has, and not by way of Display P3', async () => {
  // By SMPTE ST 2084 and ITU-R BT.2020, with white paper at 203 candela a square metre.
  near(await middleOf((await apply(numbered(await deep([200, 100, 80]), 9, 16), { colour: 'srgb' })).made), [255, 57, 51], 1);
  // What a table would not tell exactly, by the same file with 8 bits.
  const shallow = numbered(await sharp({ create: { width: 40, height: 20, channels: 3, background: '#7ca2ed' } }).png().toBuffer(), 9, 16);
  near(await middleOf((await apply(numbered(await deep([124, 162, 237]), 9, 16), { colour: 'srgb' })).made), await middleOf((await apply(shallow, { colour: 'srgb' })).made), 1);
});

describe('a grey picture', () => {
  const small = { resize: { by: 'width', value: 20 } } as const;
  const shallow = (values: readonly number[]): Promise<Buffer> => {
    const channels = values.length as 1 | 2;
    return sharp(Uint8Array.from({ length: 40 * 20 * channels }, (_, at) => values[at % channels] ?? 0), { raw: { width: 40, height: 20, channels } }).toColourspace('b-w').png().toBuffer();
  };
  const kinds = [['8 bits', shallow, 'uchar', 'b-w'], ['16 bits', deep, 'ushort', 'grey16']] as const;
  describe.each(kinds)('of %s', (_bits, make, depth, space) => {
    test.each([['alone', [100]], ['with transparent parts', [100, 255]]] as const)('stays grey, with its profile where that may stay: %s', async (_what, values) => {
      const [bare, own] = [await make(values), profiled(await make(values), lightGrey())];
      for (const [part, its] of [[small, depth], [{ ...small, maxBytes: 100_000 }, 'uchar'], [{ ...small, metadata: 'keep' }, depth], [{ format: 'jpeg', quality: 100 }, 'uchar'], [{ format: 'jpeg', quality: 100, maxBytes: 100_000 }, 'uchar']] as const) {
        const channels = 'format' in part ? 1 : values.length;
        const kept = (await apply(own, part)).made;
        const { icc, ...said } = await sharp(kept).metadata();
        expect(said).toMatchObject({ space: its === 'ushort' ? space : 'b-w', depth: its, channels, hasProfile: true });
        expect(icc?.equals(lightGrey())).toBe(true);
        expect((await sharp(kept, { ignoreIcc: true }).removeAlpha().toColourspace('b-w').raw().toBuffer())[30]).toBe(100);
        expect(await sharp((await apply(bare, part)).made).metadata()).toMatchObject({ space: its === 'ushort' ? space : 'b-w', depth: its, channels, hasProfile: false });
      }
    });

    test('has the same colours where it becomes something that is not grey', async () => {
      const own = profiled(await make([100]), lightGrey());
      for (const part of [{ format: 'webp' }, { format: 'avif' }, { watermark: mark }, { frame }, { watermark: mark, format: 'jpeg' }] as const) {
        const { made } = await apply(own, { quality: 100, ...part });
        expect((await sharp(made).metadata()).hasProfile).toBe(false);
        near(await middleOf(made), [168, 168, 168], 1);
      }
    });

    test('has the same colours where it loses some to fit', async () => {
      const noise = await sharp(Uint8Array.from({ length: 120 * 90 }, (_, at) => (at * 7919 + ((at * at) % 251) * 31) % 256), { raw: { width: 120, height: 90, channels: 1 } }).toColourspace('b-w').png().toBuffer();
      const own = profiled(depth === 'uchar' ? noise : await sharp(noise).toColourspace('grey16').png().toBuffer(), lightGrey());
      const { made } = await apply(own, { maxBytes: 6000 });
      // A palette has colours, and a profile for grey is none for those.
      expect([made[25], (await sharp(made).metadata()).hasProfile]).toEqual([3, false]);
      const meanOf = async (bytes: Buffer): Promise<number> => (await sharp(await sharp(bytes).toColourspace('srgb').png().toBuffer()).stats()).channels[0]?.mean ?? 0;
      near([await meanOf(made)], [await meanOf(profiled(noise, lightGrey()))], 1);
    });
  });
});

test('grey of 16 bits is converted by its profile, as one of 8 bits is', async () => {
  for (const part of [{}, { format: 'jpeg' }, { frame }, { watermark: mark }, { resize: { by: 'width', value: 20 } }] as const) {
    // Half of the light, by the curve of sRGB.
    near(await middleOf((await apply(profiled(await deep([128]), lightGrey()), { colour: 'srgb', quality: 100, ...part })).made), [188, 188, 188], 1);
  }
});
