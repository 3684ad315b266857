import { readFile } from 'node:fs/promises';
import type { OverlayOptions } from 'sharp';
import type { Watermark } from '../../shared/model/preparation';
import { outlineOf } from './glyphs';
import type { Sharp } from './load-sharp';
import type { Size } from './target-size';

/** The watermark's own picture cannot be read. */
export class NoMark extends Error {
  constructor(cause: unknown) {
    super("the watermark's picture cannot be read", { cause });
    this.name = 'NoMark';
  }
}

/** The watermark's text has characters that no font here draws. */
export class NoLetters extends Error {
  constructor(readonly letters: string) {
    super('no font has these characters');
    this.name = 'NoLetters';
  }
}

type Mark = Size & { readonly bytes: Buffer };

/** A mark's picture needs no more pixels. */
const MOST_MARK_PIXELS = 50_000_000;
const MOST_MARK_BYTES = 50_000_000;

/** What is to be laid over a picture of this size; none for a text of blanks. Rejects with `NoMark` or `NoLetters`. */
export async function watermarkFor(sharp: Sharp, { width, height }: Size, watermark: Watermark): Promise<readonly OverlayOptions[]> {
  const edge = Math.min(width, height);
  const margin = Math.round((edge * watermark.margin) / 100);
  const size = Math.max(1, Math.round((edge * watermark.size) / 100));
  const whole = watermark.kind === 'text' ? await textMark(sharp, watermark, Math.max(4, size)) : await pictureMark(sharp, watermark, size);
  if (whole === null) return [];
  const tiled = watermark.place === 'tile';
  const room = { width: Math.max(1, tiled ? width : width - 2 * margin), height: Math.max(1, tiled ? height : height - 2 * margin) };
  const mark = await fitted(sharp, whole, room);
  if (tiled) return [await tile(sharp, mark, { width, height }, Math.max(1, margin))];
  const [left, top] = [placeOf(watermark.place, ['left', 'right'], width - mark.width, margin), placeOf(watermark.place, ['top', 'bottom'], height - mark.height, margin)];
  return [{ input: mark.bytes, left, top }];
}

/** Where along one direction a mark begins: at the first side, at the last one, or in the middle. */
function placeOf(place: string, [first, last]: readonly [string, string], room: number, margin: number): number {
  const parts = place.split('-');
  return Math.max(0, parts.includes(first) ? margin : parts.includes(last) ? room - margin : Math.round(room / 2));
}

async function textMark(sharp: Sharp, { text, colour, opacity, angle }: Watermark, size: number): Promise<Mark | null> {
  const outline = await outlineOf(text.trimEnd(), size);
  if (outline === null) return null;
  if (outline.missing !== '') throw new NoLetters(outline.missing);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${outline.width}" height="${outline.height}"><g fill="${colour}" opacity="${opacity / 100}">${outline.shapes}</g></svg>`;
  return turned(sharp, await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer(), angle);
}

async function pictureMark(sharp: Sharp, { path, opacity, angle }: Watermark, size: number): Promise<Mark> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MOST_MARK_BYTES) throw new Error('too large');
    const scaled = await sharp(bytes, { limitInputPixels: MOST_MARK_PIXELS, density: 300 }).autoOrient().resize({ width: size, height: size, fit: 'inside' }).toColourspace('srgb').ensureAlpha().png({ compressionLevel: 1 }).toBuffer();
    // Apart from what comes before: the library fades before it adds the channel that is to fade.
    const faded = await sharp(scaled).linear([1, 1, 1, opacity / 100], [0, 0, 0, 0]).png({ compressionLevel: 1 }).toBuffer();
    return await turned(sharp, faded, angle);
  } catch (error) {
    throw new NoMark(error);
  }
}

async function turned(sharp: Sharp, bytes: Buffer, angle: number): Promise<Mark> {
  const picture = angle === 0 ? sharp(bytes) : sharp(bytes).rotate(angle, { background: { r: 0, g: 0, b: 0, alpha: 0 } });
  const { data, info } = await picture.png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/** The mark, smaller where it is larger than its room. */
async function fitted(sharp: Sharp, mark: Mark, room: Size): Promise<Mark> {
  if (mark.width <= room.width && mark.height <= room.height) return mark;
  const { data, info } = await sharp(mark.bytes).resize({ width: room.width, height: room.height, fit: 'inside' }).png({ compressionLevel: 1 }).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

/** One tile with its distance to the next; no larger than the picture, as the library wants it. */
async function tile(sharp: Sharp, mark: Mark, picture: Size, gap: number): Promise<OverlayOptions> {
  const [right, bottom] = [Math.min(gap, picture.width - mark.width), Math.min(gap, picture.height - mark.height)];
  const input = await sharp(mark.bytes).extend({ right, bottom, background: { r: 0, g: 0, b: 0, alpha: 0 } }).png({ compressionLevel: 1 }).toBuffer();
  return { input, tile: true, gravity: 'northwest' };
}
