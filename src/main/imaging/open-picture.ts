import { open, readFile } from 'node:fs/promises';
import type { Metadata, Sharp as Picture, SharpOptions } from 'sharp';
import type { InputFormat } from '../../shared/model/preparation';
import { greyPngProfile, heifProfile, heifSaid, isGreyPng, pngByProfile, pngWith, tiffOf, uprightExif } from '../metadata';
import { asTiff } from './as-tiff';
import { decodeBmp, decodeHeic, TooManyPixels } from './decode-other';
import type { Sharp } from './load-sharp';
import { isCutGif, pngChunksAhead } from './moving';
import { type OutputFormat, outputFormatOf } from './output-format';
import { readDrawing } from './read-drawing';

/** A picture of more pixels is refused unread: a small file can claim any size. All frames count. */
export const MAX_PIXELS = 200_000_000;
/** No picture that people look at has more frames. */
const MOST_FRAMES = 5_000;
/** Pictures of other libraries are read as a whole. */
const MOST_BYTES = 500_000_000;
const SNIFF_BYTES = 64 * 1024;
/** What a drawing's units are read with, and how long its longer edge becomes at least: it has no pixels of its own. */
const DENSITY = 72;
const MOST_DENSITY = 72_000;
const DRAWN_EDGE = 1024;

/** What is known of a picture before anything is done with it. `width` and `height` are those it is shown with. */
export type Source = {
  /** What the picture library reads: the file, or what another library made of it. */
  readonly input: string | Buffer;
  /** Dots an inch that a drawing is read with; null for what has pixels. */
  readonly density: number | null;
  /** Of the file. */
  readonly bytes: number;
  /** What the file is; null for anything else that is read. */
  readonly kind: InputFormat | null;
  /** Null for what is read, but not encoded. */
  readonly format: OutputFormat | null;
  readonly facts: Metadata;
  readonly animated: boolean;
  /** Of still pictures: how many the file holds, of which the first is read, or the main one. */
  readonly pages: number;
  /** Whether a drawing's text lies in its file in another way than as UTF-8. */
  readonly packed: boolean;
  readonly width: number;
  readonly height: number;
};

/** Opens a picture for work on its pixels. `metadata`: whether what it says is to go on into what is made of it. Rejects for what cannot be read. */
export async function openPicture(sharp: Sharp, path: string, metadata: 'keep' | 'strip' = 'strip'): Promise<Source> {
  const { bytes, size } = await headOf(path);
  const decode = isHeic(bytes) ? decodeHeic : bytes.toString('latin1', 0, 2) === 'BM' ? decodeBmp : null;
  if (decode !== null) {
    if (size > MOST_BYTES) throw new TooManyPixels();
    const file = await readFile(path);
    const decoded = await decode(file, MAX_PIXELS);
    const pixels = asTiff(decoded);
    if (decode === decodeBmp) return sourceOf({ input: pixels, density: null, bytes: size, kind: 'bmp', facts: await factsOf(sharp, pixels, null), format: null });
    const { exif, xmp } = heifSaid(file);
    const input = metadata === 'keep' && (exif !== null || xmp !== null) ? await saying(sharp, pixels, { exif, xmp }) : pixels;
    const facts = { ...(await factsOf(sharp, input, null)), ...(exif === null ? {} : { exif }), ...(xmp === null ? {} : { xmp }) };
    return sourceOf({ input, density: null, bytes: size, kind: 'heic', facts, format: null, pages: decoded.pages });
  }
  const drawing = await readDrawing(path, bytes, size);
  if (drawing !== null) {
    const { bytes: input, packed } = drawing;
    // It has no pixels before it is drawn, which is where their limit holds.
    const { width, height } = await factsOf(sharp, input, null, false);
    const density = Math.min(MOST_DENSITY, DENSITY * Math.max(1, DRAWN_EDGE / Math.max(width, height)));
    return sourceOf({ input, density, bytes: size, kind: 'svg', facts: await factsOf(sharp, input, density, false), format: null, packed });
  }
  const facts = await factsOf(sharp, path, null);
  const format = outputFormatOf(facts);
  if (format === 'gif' && size <= MOST_BYTES && (await isCutGif(path))) throw new Error('the GIF is cut off');
  const ahead = format === 'png' ? await pngChunksAhead(path) : new Set<string>();
  // The picture library reads the first picture of an animated PNG and does not say so.
  const kind = ahead.has('acTL') ? 'apng' : (format ?? (facts.format === 'tiff' ? 'tiff' : null));
  const whole = sourceOf({ input: path, density: null, bytes: size, kind, facts, format });
  const input = whole.animated || size > MOST_BYTES ? null : ahead.has('cICP') || ahead.has('gAMA') ? await pngOfColours(sharp, await readFile(path), facts) : format === 'avif' && !facts.hasProfile ? await avifByProfile(sharp, path, metadata) : null;
  if (input === null) return whole;
  const { exif, xmp } = facts;
  return sourceOf({ input, density: null, bytes: size, kind, facts: { ...(await factsOf(sharp, input, null)), ...(exif === undefined ? {} : { exif }), ...(xmp === undefined ? {} : { xmp }) }, format });
}

/** A PNG whose colours are told by numbers, with their profile; null where they are those of any picture. Grey becomes red, green and blue: the picture library converts no grey of 16 bits, and keeps no profile with any. */
async function pngOfColours(sharp: Sharp, file: Buffer, { exif, xmp, depth }: Metadata): Promise<Buffer | null> {
  if (!isGreyPng(file)) return pngByProfile(file);
  const profile = greyPngProfile(file);
  if (profile === null) return null;
  const pixels = await sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error', ignoreIcc: true }).toColourspace(depth === 'ushort' ? 'rgb16' : 'srgb').png({ compressionLevel: 0 }).toBuffer();
  return pngWith(pixels, { exif: exif === undefined ? null : tiffOf(exif), xmp: xmp ?? null, profile });
}

/** An AVIF whose colours are told by numbers, which the picture library does not look at, as a PNG that it reads with their profile; null where they are those of any picture. */
async function avifByProfile(sharp: Sharp, path: string, metadata: 'keep' | 'strip'): Promise<Buffer | null> {
  const file = await readFile(path);
  const profile = heifProfile(file);
  if (profile === null) return null;
  const { exif, xmp } = metadata === 'keep' ? heifSaid(file) : { exif: null, xmp: null };
  const pixels = await sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).autoOrient().png({ compressionLevel: 0 }).toBuffer();
  return pngWith(pixels, { exif: exif === null ? null : uprightExif(exif), xmp, profile });
}

/** Pixels of another library as a file that the picture library reads with what the picture said. It is upright by now, whatever that said. */
const saying = async (sharp: Sharp, pixels: Buffer, { exif, xmp }: { readonly exif: Buffer | null; readonly xmp: Buffer | null }): Promise<Buffer> =>
  pngWith(await sharp(pixels, { limitInputPixels: MAX_PIXELS }).keepIccProfile().png({ compressionLevel: 0 }).toBuffer(), { exif: exif === null ? null : uprightExif(exif), xmp });

/** Opens what a source reads. */
export const read = (sharp: Sharp, { input, density }: Pick<Source, 'input' | 'density'>, options: SharpOptions = {}): Picture => sharp(input, { limitInputPixels: MAX_PIXELS, ...options, ...(density === null ? {} : { density }) });

const factsOf = (sharp: Sharp, input: string | Buffer, density: number | null, limitInputPixels: number | false = MAX_PIXELS): Promise<Metadata> => read(sharp, { input, density }, { limitInputPixels }).metadata();

function sourceOf(source: Omit<Source, 'animated' | 'width' | 'height' | 'packed' | 'pages'> & { readonly packed?: boolean; readonly pages?: number }): Source {
  const { facts, kind } = source;
  const { width, height } = facts.autoOrient;
  const pages = facts.pages ?? 1;
  // Pages of a TIFF, and the pictures of an HEIC, are no frames.
  const animated = kind === 'apng' || (pages > 1 && (kind === 'gif' || kind === 'webp' || (kind === 'avif' && facts.delay !== undefined)));
  if (animated && pages > MOST_FRAMES) throw new TooManyPixels();
  return { packed: false, pages: animated ? 1 : pages, ...source, animated, width, height: facts.pageHeight ?? height };
}

async function headOf(path: string): Promise<{ readonly bytes: Buffer; readonly size: number }> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return { bytes: buffer.subarray(0, bytesRead), size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/** The brands of HEVC pictures; `mif1` leaves open what is inside, and tells by the others that it goes with. */
function isHeic(head: Buffer): boolean {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return false;
  const brands = head.toString('latin1', 8, Math.min(head.length, head.readUInt32BE(0)));
  return /^(....){0,32}?he(ic|ix|im|is|vc|vx|vm|vs)/s.test(brands) && !/avi[fs]/.test(brands);
}
