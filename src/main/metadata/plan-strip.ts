import type { StripKeep, StrippableFormat } from './contract';
import type { Scan } from './scan';
import { scanGif } from './scan-gif';
import { scanJpeg } from './scan-jpeg';
import { scanPng } from './scan-png';
import { scanWebp } from './scan-webp';

const scans: Readonly<Record<StrippableFormat, (size: number, keep: StripKeep) => Scan>> = { jpeg: scanJpeg, png: scanPng, webp: scanWebp, gif: scanGif };

/** The format that a file's first twelve bytes say, if it is one whose metadata can be taken out. */
export function strippableFormat(head: Buffer): StrippableFormat | null {
  if (head[0] === 0xff && head[1] === 0xd8) return 'jpeg';
  const text = head.toString('latin1', 0, 12);
  if (text.startsWith('\x89PNG')) return 'png';
  if (text.startsWith('GIF8')) return 'gif';
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'webp' : null;
}

/** Looks for what has to go from a file of `size` bytes. */
export const planStrip = (format: StrippableFormat, size: number, keep: StripKeep): Scan => scans[format](size, keep);
