import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { samplePictures } from '../../../test/pictures/every-sample';
import { readByExiftool } from '../../../test/pictures/exiftool';
import { box, heicPhoto } from '../../../test/pictures/sample-heifs';
import { chunk, painted, type Sample, segment, withChunks, withExtensions, withRiff, withSegments, extension } from '../../../test/pictures/sample-pictures';
import { movingAvif } from '../../../test/pictures/moving-avif';
import { CAMERA_TAGS, withTags } from '../../../test/pictures/sample-tiffs';
import { hardenSharp } from '../imaging/make-thumbnail';
import { loadSharp } from '../imaging/load-sharp';
import { planFile, planStrip, readPieces, type StripKeep, type StripPlan, strippableFormat } from '.';
import { bareExif } from './exif';
import { scanBytes } from './scan';

const sharp = hardenSharp(loadSharp(import.meta.url, 'linux'));
const never = new AbortController().signal;
const KEEP: StripKeep = { orientation: true, profile: true };

let samples: readonly Sample[] = [];
let plain: Readonly<Record<'jpg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff', Buffer>>;
beforeAll(async () => {
  samples = await samplePictures(sharp);
  const made = { jpg: painted(sharp).jpeg(), png: painted(sharp).png(), webp: painted(sharp).webp(), gif: painted(sharp).gif(), avif: painted(sharp).avif({ effort: 0 }), tiff: painted(sharp).tiff() };
  plain = Object.fromEntries(await Promise.all(Object.entries(made).map(async ([name, picture]) => [name, await picture.toBuffer()]))) as typeof plain;
});
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-metadata-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const planOf = (file: Buffer, keep = KEEP): StripPlan => {
  const format = strippableFormat(file);
  return format === null ? { type: 'left', why: 'format' } : scanBytes(planStrip(format, file.length, keep), file);
};
const made = (file: Buffer, plan: StripPlan): Buffer =>
  plan.type === 'cut' ? Buffer.concat(plan.pieces.map((piece) => ('bytes' in piece ? piece.bytes : file.subarray(piece.from, piece.to)))) : file;
const stripped = (file: Buffer, keep = KEEP): Buffer => made(file, planOf(file, keep));

/** The picture as it is shown, frame by frame; null for what cannot be decoded. */
const shown = async (file: Buffer): Promise<object | null> => {
  try {
    const { pages, delay, loop, orientation, width, height, space, depth, hasAlpha } = await sharp(file, { animated: true }).metadata();
    const { data } = await sharp(file, { animated: true, failOn: 'none' }).raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
    return { pages, delay, loop, orientation: orientation ?? 1, width, height, space, depth, hasAlpha, data };
  } catch {
    return null;
  }
};

describe('a picture without its metadata', () => {
  test('shows the same pixels, turned the same way, in no more bytes', async () => {
    for (const { name, bytes } of samples) {
      const plan = planOf(bytes);
      expect([name, plan.type]).toEqual([name, 'cut']);
      const after = made(bytes, plan);
      expect(after.length, name).toBeLessThanOrEqual(bytes.length);
      expect(plan, name).toMatchObject({ bytes: after.length });
      expect(await shown(after), name).toEqual(await shown(bytes));
    }
  }, 60_000);

  test('holds nothing that another program finds: no position, camera, text or small picture', () => {
    const before = join(folder, 'before');
    const after = join(folder, 'after');
    mkdirSync(before);
    mkdirSync(after);
    for (const { name, bytes } of samples) {
      writeFileSync(join(before, name), bytes);
      writeFileSync(join(after, name), stripped(bytes));
    }
    const [had, has] = [readByExiftool(before), readByExiftool(after)];
    const suspicious = /GPS|XMP|IPTC|Photoshop|ExifIFD|MakerNotes|IFD1|Comment|Author|Title|Artist|Thumbnail|Trailer|Ducky|MPF|PNG:ModifyDate|PNG:Text|QuickTime|JUMBF/i;
    // A TIFF is drawn by its first directory, and an HEIC by boxes of QuickTime's kind.
    const built = /^IFD\d:(Image(Width|Height)|.*(BitsPerSample|Compression|Photometric|Strip|Tile|Rows|Samples|Resolution|Planar|Orientation|Predictor|SampleFormat|SubfileType|JPEGTables|Preview|ReferenceBlackWhite|ExtraSamples|YCbCr|PageNumber))|^QuickTime:(?!Create|Modify|Track|Media|.*Date)|^QuickTime:MediaData/;
    const told = (tags: Readonly<Record<string, unknown>> | undefined): readonly string[] =>
      Object.keys(tags ?? { missing: '' }).filter((tag) => {
        if (/secret|秘密|Picferry Cameras/i.test(String(tags?.[tag]))) return true;
        if (/\.(tiff|avif|heic)$/.test(String(tags?.['System:FileName'])) && built.test(tag)) return false;
        return suspicious.test(tag) || (tag.startsWith('IFD0:') && tag !== 'IFD0:Orientation');
      });
    for (const { name } of samples) {
      expect([name, told(has[name])]).toEqual([name, []]);
      const turn = /\.(avif|heic)$/.test(name) ? 'QuickTime:Rotation' : 'IFD0:Orientation';
      expect([name, has[name]?.[turn] ?? 1]).toEqual([name, had[name]?.[turn] ?? 1]);
      expect([name, has[name]?.['ICC_Profile:ProfileDescription']]).toEqual([name, had[name]?.['ICC_Profile:ProfileDescription']]);
    }
    expect(Object.values(had).filter((tags) => told(tags).length > 0).length).toBeGreaterThan(20);
    for (const name of readdirSync(after)) expect(readFileSync(join(after, name)).includes('ecret'), name).toBe(false);
  }, 60_000);

  test('has nothing more to be taken out', () => {
    for (const { name, bytes } of samples) expect([name, planOf(stripped(bytes)).type]).toEqual([name, 'clean']);
  });

  test('tells what was taken out', () => {
    const removed = (name: string) => {
      const plan = planOf(samples.find((sample) => sample.name === name)?.bytes ?? Buffer.alloc(0));
      return plan.type === 'cut' ? [...plan.removed].sort() : plan;
    };
    expect(removed('iptc.jpg')).toEqual(['exif', 'iptc', 'location', 'other', 'xmp']);
    expect(removed('with-a-video-behind.jpg')).toEqual(['exif', 'location', 'trailer', 'xmp']);
    expect(removed('small-picture-inside.jpg')).toEqual(['thumbnail']);
    expect(removed('turned-6.png')).toEqual(['exif', 'location', 'xmp']);
    expect(removed('animated.webp')).toEqual(['exif', 'location', 'other', 'xmp']);
    expect(removed('comments.gif')).toEqual(['comment', 'other', 'xmp']);
    expect(removed('photo.heic')).toEqual(['exif', 'location', 'xmp']);
    expect(removed('small-picture-inside.heic')).toEqual(['exif', 'location', 'thumbnail', 'xmp']);
    expect(removed('boxes-of-makers.avif')).toEqual(['exif', 'location', 'other', 'trailer', 'xmp']);
    expect(removed('turned-6.tiff')).toEqual(['comment', 'exif', 'location', 'other', 'xmp']);
  });

  test('loses its turn or its colour profile only when that was asked for', async () => {
    for (const { name, bytes } of samples.filter(({ name: of }) => of.startsWith('turned-6') && !of.endsWith('.avif'))) {
      const facts = await sharp(stripped(bytes, { orientation: false, profile: false })).metadata();
      expect([name, facts.orientation ?? 1, facts.icc]).toEqual([name, 1, undefined]);
      const kept = await sharp(stripped(bytes)).metadata();
      expect([name, kept.orientation, kept.icc?.equals((await sharp(bytes).metadata()).icc ?? Buffer.alloc(0))]).toEqual([name, 6, true]);
    }
  });
});

describe('a file without metadata', () => {
  test('is left alone', () => {
    for (const [name, file] of Object.entries(plain)) expect([name, planOf(file)]).toEqual([name, { type: 'clean' }]);
    const turned = withSegments(plain.jpg, segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), bareExif(8)])));
    expect(planOf(turned)).toEqual({ type: 'clean' });
  });
});

describe('a file on disk', () => {
  test('comes out as it does in memory, however large it is and however it is laid out', async () => {
    const noise = (length: number): Buffer => Buffer.alloc(length, 'noise with \xff\xd8 in it ', 'latin1');
    const large = [
      withSegments(plain.jpg, ...Array.from({ length: 40 }, () => segment(0xe1, noise(65_000))), segment(0xfe, noise(30))),
      withChunks(plain.png, [chunk('tEXt', noise(3_000_000)), chunk('prVt', noise(9)), chunk('bKGD', noise(2_500_000)), chunk('tEXt', noise(9))]),
      withRiff(withRiff(samples.find(({ name }) => name === 'turned-6.webp')?.bytes ?? plain.webp, 'SECR', noise(2_000_001)), 'XMP ', noise(9)),
      withExtensions(plain.gif, extension(0xfe, noise(2_000_000)), extension(0xff, noise(1_500_000), 'NETSCAPE2.0'), extension(0xfe, noise(9))),
      Buffer.concat([heicPhoto(), box('uuid', noise(1_000_000)), box('mdat', noise(700_000)), box('mpvd', noise(700_000))]),
      withTags(Buffer.concat([plain.tiff, noise(1_500_000)]), CAMERA_TAGS),
    ];
    for (const file of large) {
      const path = join(folder, 'large');
      writeFileSync(path, file);
      expect((await fromDisk(path)).equals(stripped(file))).toBe(true);
    }
  });
});

/** What comes of a file that is read in steps. */
async function fromDisk(path: string): Promise<Buffer> {
  const file = openSync(path, 'r');
  try {
    const [size, step] = [statSync(path).size, Buffer.alloc(256 * 1024)];
    const open = { file, size, step, filled: readSync(file, step, 0, step.length, 0) };
    const plan = await planFile(open, KEEP, never);
    const parts: Buffer[] = [];
    if (plan.type === 'cut') for await (const part of readPieces(open, plan.pieces, never)) parts.push(Buffer.from(part));
    return Buffer.concat(parts);
  } finally {
    closeSync(file);
  }
}

describe('what is not built as it should be', () => {
  const why = (file: Buffer): string => {
    const plan = planOf(file);
    return plan.type === 'left' ? plan.why : plan.type;
  };

  test('is left alone, with the reason', () => {
    const photo = samples.find(({ name }) => name === 'turned-6.jpg')?.bytes ?? Buffer.alloc(0);
    expect(why(Buffer.from('no picture'))).toBe('format');
    expect(why(Buffer.alloc(0))).toBe('format');
    expect(why(photo.subarray(0, 400))).toBe('cut');
    expect(why(withSegments(plain.jpg, Buffer.from('junk')))).toBe('broken');
    expect(why(withSegments(plain.jpg, segment(0xf7, Buffer.from('JPEG-LS'))))).toBe('odd');
    expect(why(withChunks(plain.png, [chunk('CgBI', Buffer.alloc(4))]))).toBe('odd');
    expect(why(plain.png.subarray(0, -5))).toBe('cut');
    expect(why(plain.webp.subarray(0, -5))).toBe('cut');
    expect(why(withExtensions(plain.gif, Buffer.from([0])))).toBe('broken');
    expect(why(plain.gif.subarray(0, -9))).toBe('cut');
    const heic = heicPhoto();
    expect(why(heic.subarray(0, -9))).toBe('cut');
    expect(why(heic.subarray(0, 900))).toBe('cut');
    expect(why(heic.subarray(0, heic.indexOf('meta') - 4))).toBe('broken');
    expect(why(Buffer.concat([heic, heic.subarray(heic.indexOf('meta') - 4)]))).toBe('odd');
    expect(why(Buffer.concat([box('ftyp', Buffer.from('qt  \0\0\0\0')), heic]))).toBe('format');
    // A block of Exif that lies where the picture does.
    const shared = Buffer.from(heic);
    shared.writeUInt32BE(0x106e, shared.indexOf(Buffer.from('000004400000010e', 'hex')));
    expect(why(shared)).toBe('odd');
    // The same where the tables lie that say how the picture is drawn.
    const astray = Buffer.from(heic);
    astray.writeUInt32BE(heic.indexOf('iprp') + 8, heic.indexOf(Buffer.from('000004400000010e', 'hex')));
    expect(why(astray)).toBe('odd');
    expect(why(withTags(plain.tiff, [{ tag: 50706, value: [1] }]))).toBe('odd');
    expect(why(Buffer.concat([Buffer.from('II+\0\x08\0\0\0'), Buffer.alloc(40)]))).toBe('odd');
    expect(why(plain.tiff.subarray(0, -9))).toBe('cut');
    expect(why(Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\0\0'), Buffer.alloc(40)]))).toBe('broken');
  });

  test('loses stray bytes behind a whole HEIC or AVIF with its metadata, also such that read as a name; one that was cut stays so', () => {
    const avif = samples.find(({ name }) => name === 'turned-6.avif')?.bytes ?? Buffer.alloc(0);
    for (const picture of [heicPhoto(), avif]) {
      const beginning = (length: number, name: string): Buffer => box(name, Buffer.alloc(length)).subarray(0, -1);
      for (const tail of [Buffer.from('\n'), Buffer.from('some text behind it\n'), Buffer.alloc(3), Buffer.alloc(40), Buffer.from('\0\0\0\x05name of text', 'latin1'), beginning(90, 'mpvd'), beginning(90, 'free')]) {
        const file = Buffer.concat([picture, tail]);
        expect(planOf(file)).toMatchObject({ type: 'cut', removed: expect.arrayContaining(['location', 'trailer']) as string[] });
        expect(stripped(file).equals(stripped(picture))).toBe(true);
      }
      // What it is drawn from goes on behind, or may.
      for (const name of ['mdat', 'moov', 'moof']) expect(why(Buffer.concat([picture, beginning(90, name)]))).toBe('cut');
      expect(why(Buffer.concat([picture, box('moof'), Buffer.from('some text behind it')]))).toBe('cut');
      const text = Buffer.from('some text', 'latin1');
      for (const length of [1, 9, 90]) expect(why(Buffer.concat([picture.subarray(0, -length), text]))).toBe('cut');
    }
  });

  test('is left alone where what goes lies over what the picture is drawn from', async () => {
    // A strip without compression that is said to be shorter than it is: readers go on behind it.
    const plainRows = await painted(sharp).tiff({ compression: 'none' }).toBuffer();
    const tagged = withTags(plainRows, CAMERA_TAGS);
    const entry = (file: Buffer, tag: number): number => file.lastIndexOf(Buffer.from([tag & 255, tag >> 8, 4, 0, 1, 0, 0, 0])) + 8;
    const short = Buffer.from(tagged);
    short.writeUInt32LE(40, entry(tagged, 279));
    expect(await shown(stripped(short))).toEqual(await shown(short));
    const over = Buffer.from(short);
    over.writeUInt32LE(tagged.length - 200, entry(tagged, 273));
    expect(why(over)).toBe('odd');
    const without = Buffer.from(tagged);
    without.writeUInt32LE(0, entry(tagged, 279));
    expect(why(without)).toBe('odd');
    // Pixels of a PNG that something lies between: readers stop there.
    const data = chunk('tEXt', Buffer.from('Comment\0secret'));
    const first = plain.png.indexOf('IDAT') - 4;
    const length = plain.png.readUInt32BE(first);
    const body = plain.png.subarray(first + 8, first + 8 + length);
    const parts = [chunk('IDAT', body.subarray(0, 90)), data, chunk('IDAT', body.subarray(90))];
    expect(why(Buffer.concat([plain.png.subarray(0, first), ...parts, plain.png.subarray(first + 12 + length)]))).toBe('broken');
  });

  test('a moving AVIF loses what it tells and none of its frames; one whose Exif lies among them is left alone', async () => {
    const { bytes, frames } = await movingAvif(sharp, 4);
    const after = stripped(bytes);
    expect(planOf(bytes)).toMatchObject({ type: 'cut', removed: expect.arrayContaining(['exif', 'location', 'xmp']) as string[] });
    expect(after.includes('ecret')).toBe(false);
    for (const { from, to } of frames) expect(after.subarray(from, to)).toEqual(bytes.subarray(from, to));
    expect(planOf(after)).toEqual({ type: 'clean' });
    const meta = bytes.subarray(0, frames[0]?.from ?? 0);
    const exif = [...meta.keys()].find((at) => at + 4 <= meta.length && bytes.toString('latin1', meta.readUInt32BE(at) + 4, meta.readUInt32BE(at) + 10).startsWith('Exif')) ?? 0;
    for (const { from } of frames) {
      const astray = Buffer.from(bytes);
      astray.writeUInt32BE(from, exif);
      expect(why(astray)).toBe('odd');
    }
    const inParts = Buffer.concat([bytes, box('moof', Buffer.alloc(8))]);
    expect(why(inParts)).toBe('odd');
    for (const table of ['stsz', 'stco', 'stsc']) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xff, damaged.indexOf(table) + 8, damaged.indexOf(table) + 16);
      expect([table, planOf(damaged).type]).toEqual([table, 'left']);
    }
  });

  test('a segment between two scans goes only where the picture goes on with a marker', () => {
    const scanEnd = plain.jpg.length - 2;
    const between = (rest: Buffer): Buffer => Buffer.concat([plain.jpg.subarray(0, scanEnd), segment(0xfe, Buffer.from('secret')), rest, plain.jpg.subarray(scanEnd)]);
    expect(stripped(between(Buffer.alloc(0)))).toEqual(plain.jpg);
    expect(why(between(Buffer.from('more of the picture')))).toBe('broken');
  });

  test('never throws and never becomes another picture', async () => {
    const anySample = fc.nat().map((index) => samples[index % samples.length]?.bytes ?? Buffer.alloc(0));
    const fault = fc.oneof(
      fc.record({ type: fc.constant('set' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.integer({ min: 0, max: 255 }) }),
      fc.record({ type: fc.constant('head' as const), at: fc.integer({ min: 0, max: 600 }), byte: fc.constantFrom(0, 1, 0x21, 0x2c, 0x3b, 0x7f, 0xc4, 0xd9, 0xda, 0xe1, 0xff) }),
      fc.record({ type: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
      fc.record({ type: fc.constant('take' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.integer({ min: 1, max: 9 }) }),
    );
    const damaged = fc.tuple(anySample, fc.array(fault, { minLength: 1, maxLength: 4 })).map(([file, faults]) => faults.reduce(damage, file));
    await fc.assert(
      fc.asyncProperty(damaged, async (file) => {
        const after = stripped(file);
        expect(after.length).toBeLessThanOrEqual(file.length);
        if (after === file) return;
        const before = await shown(file);
        // How a picture is turned by damaged Exif is read in as many ways as there are readers.
        if (before !== null) expect(await shown(after)).toEqual({ ...before, orientation: expect.any(Number) as number });
      }),
      { numRuns: 400 },
    );
  }, 120_000);
});

type Fault = { readonly type: 'set' | 'head' | 'cut' | 'take'; readonly at: number; readonly byte?: number; readonly length?: number };

function damage(file: Buffer, fault: Fault): Buffer {
  const at = fault.type === 'head' ? Math.min(fault.at, file.length) : Math.floor(fault.at * file.length);
  if (fault.type === 'cut') return file.subarray(0, at);
  if (fault.type === 'take') return Buffer.concat([file.subarray(0, at), file.subarray(at + (fault.length ?? 1))]);
  const copy = Buffer.from(file);
  if (at < copy.length) copy[at] = fault.byte ?? 0;
  return copy;
}
