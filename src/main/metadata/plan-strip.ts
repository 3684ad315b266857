import type { StripKeep, StrippableFormat } from './contract';
import type { Scan } from './scan';
import { scanGif } from './scan-gif';
import { scanHeif } from './scan-heif';
import { scanJpeg } from './scan-jpeg';
import { scanPng } from './scan-png';
import { scanTiff } from './scan-tiff';
import { scanWebp } from './scan-webp';

const scans: Readonly<Record<StrippableFormat, (size: number, keep: StripKeep) => Scan>> = {
  ...{ jpeg: scanJpeg, png: scanPng, webp: scanWebp, gif: scanGif },
  ...{ heif: scanHeif, tiff: scanTiff },
};

/** How a picture is turned and its colours stay: without them it would look otherwise. */
export const KEPT_BY_STRIPPING: StripKeep = { orientation: true, profile: true };

/** Pictures by their main brand (ISO/IEC 23008-12, AVIF 1.1); `mif1` and `msf1` are those that leave it open. */
const BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'avif', 'avis', 'mif1', 'msf1', 'mif2', 'miaf']);

/** The format that a file's first twelve bytes say, if it is one whose metadata can be taken out. */
export function strippableFormat(head: Buffer): StrippableFormat | null {
  if (head[0] === 0xff && head[1] === 0xd8) return 'jpeg';
  const text = head.toString('latin1', 0, 12);
  if (text.startsWith('\x89PNG')) return 'png';
  if (text.startsWith('GIF8')) return 'gif';
  if (text.slice(4, 8) === 'ftyp') return BRANDS.has(text.slice(8)) ? 'heif' : null;
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'webp' : null;
}

/** Looks for what has to go from a file of `size` bytes. */
export const planStrip = (format: StrippableFormat, size: number, keep: StripKeep): Scan => scans[format](size, keep);
