import type { Metadata, Sharp as Picture } from 'sharp';
import type { Size } from './target-size';

/** Formats that pictures are encoded in. */
export type OutputFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** What keeps a picture in its format; null for formats that are only read, or neither. */
export function outputFormatOf({ format, compression }: Metadata): OutputFormat | null {
  if (format === 'jpeg' || format === 'png' || format === 'webp' || format === 'gif') return format;
  return (format === 'heif' || (format as string) === 'avif') && compression === 'av1' ? 'avif' : null;
}

/** What is usual for formats that lose something, where a profile does not say. */
export const USUAL_QUALITY: Readonly<Record<OutputFormat, number>> = { jpeg: 82, webp: 80, avif: 55, png: 100, gif: 100 };

/** A PNG may lose colours where it has to fit; it does not for a quality alone. */
export const losesSomething = (format: OutputFormat): boolean => format !== 'gif';

/** A WebP with the same pixels. More effort takes a quarter longer and saves a thousandth of a screenshot's bytes. */
export const encodeWhole = (picture: Picture): Picture => picture.webp({ lossless: true, effort: 1 });

/** AVIF of more pixels is encoded with less effort: a tenth of the time, for a few hundredths more bytes at the same quality. */
const MANY_PIXELS = 4_000_000;
export const isMany = ({ width, height }: Size): boolean => width * height > MANY_PIXELS;

/** Whether a picture of this quality has a palette. */
export const hasPalette = (format: OutputFormat, quality: number | null): boolean => format === 'png' && (quality ?? USUAL_QUALITY.png) < USUAL_QUALITY.png;

/** The picture encoded; `quality` counts for formats that lose something. `quick`: where it is encoded again and again, or is large. */
export function encode(picture: Picture, format: OutputFormat, quality: number | null, quick: boolean): Picture {
  const chosen = quality ?? USUAL_QUALITY[format];
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: chosen, progressive: true, chromaSubsampling: chosen >= 90 ? '4:4:4' : '4:2:0' });
    case 'png':
      return hasPalette(format, quality) ? picture.png({ compressionLevel: 9, palette: true, quality: chosen, dither: 1, effort: quick ? 3 : 7 }) : picture.png({ compressionLevel: 9 });
    case 'webp':
      return picture.webp({ quality: chosen, effort: 4 });
    case 'avif':
      return picture.avif({ quality: chosen, effort: quick ? 1 : 3 });
    case 'gif':
      return picture.gif();
  }
}
