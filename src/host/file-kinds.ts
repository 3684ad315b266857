import { imageSize } from 'image-size';
import { beginsSvg } from '../lib/svg-start';

export type FileKind = 'image' | 'video';

/** What the host knows about one file-name extension. */
export type FileType = {
  readonly extension: string;
  readonly kind: FileKind;
  readonly mime: string;
  /** Whether a file's first bytes are what the extension says. */
  matches(head: Buffer): boolean;
};

/** Bytes from the start of a file that are kept for looking at: enough for JPEGs with a large preview inside. */
export const HEAD_BYTES = 256 * 1024;

const starts = (...bytes: readonly number[]) => (head: Buffer): boolean => bytes.every((b, i) => head[i] === b);
const ascii = (text: string, at = 0) => (head: Buffer): boolean => head.toString('latin1', at, at + text.length) === text;
const riff = (form: string) => (head: Buffer): boolean => ascii('RIFF')(head) && ascii(form, 8)(head);
const jpeg = starts(0xff, 0xd8, 0xff);
const matroska = starts(0x1a, 0x45, 0xdf, 0xa3);
/** QuickTime files older than `ftyp` begin with one of the other atoms. */
const isoMedia = (head: Buffer): boolean =>
  ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(head.toString('latin1', 4, 8));
const svg = (head: Buffer): boolean => beginsSvg(head.subarray(0, 8192));

const type = (extension: string, kind: FileKind, mime: string, matches: FileType['matches']): FileType => ({
  extension,
  kind,
  mime,
  matches,
});

const TYPES: ReadonlyMap<string, FileType> = new Map(
  [
    type('jpg', 'image', 'image/jpeg', jpeg),
    type('jpeg', 'image', 'image/jpeg', jpeg),
    type('png', 'image', 'image/png', starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
    type('gif', 'image', 'image/gif', ascii('GIF8')),
    type('webp', 'image', 'image/webp', riff('WEBP')),
    type('bmp', 'image', 'image/bmp', ascii('BM')),
    type('avif', 'image', 'image/avif', (head) => ascii('ftyp', 4)(head) && /^avi[fs]/.test(head.toString('latin1', 8, 12))),
    type('svg', 'image', 'image/svg+xml', svg),
    type('mp4', 'video', 'video/mp4', isoMedia),
    type('m4v', 'video', 'video/x-m4v', isoMedia),
    type('mov', 'video', 'video/quicktime', isoMedia),
    type('webm', 'video', 'video/webm', matroska),
    type('mkv', 'video', 'video/x-matroska', matroska),
    type('avi', 'video', 'video/x-msvideo', riff('AVI ')),
    type('wmv', 'video', 'video/x-ms-wmv', starts(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)),
  ].map((entry) => [entry.extension, entry]),
);

/** Lower-case extension of a file name without the dot; empty if it has none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The type an extension stands for, among those allowed. */
export function typeByExtension(name: string, allowed: readonly string[]): FileType | null {
  const extension = extensionOf(name);
  return allowed.includes(extension) ? (TYPES.get(extension) ?? null) : null;
}

/** The type the bytes show, whatever the name says; the first match among those allowed. */
export function typeByContent(head: Buffer, allowed: readonly string[]): FileType | null {
  for (const extension of allowed) {
    const found = TYPES.get(extension);
    if (found?.matches(head)) return found;
  }
  return null;
}

/** Pixel size read from a picture's first bytes; 0 × 0 when it cannot be read. */
export function dimensionsOf(head: Buffer): { readonly width: number; readonly height: number } {
  try {
    const { width, height, orientation } = imageSize(head);
    // EXIF orientations 5 to 8 lie on their side.
    const turned = orientation !== undefined && orientation >= 5;
    return { width: Math.round(turned ? height : width), height: Math.round(turned ? width : height) };
  } catch {
    return { width: 0, height: 0 };
  }
}

/** The content type a stored file is served with: SVG stays a picture but is never opened as a page. */
export function servedAs(mime: string): { readonly contentType: string; readonly attachment: boolean } {
  if (mime === 'image/svg+xml') return { contentType: mime, attachment: true };
  if (/^(?:image|video)\/[\w.+-]+$/.test(mime)) return { contentType: mime, attachment: false };
  return { contentType: 'application/octet-stream', attachment: true };
}
