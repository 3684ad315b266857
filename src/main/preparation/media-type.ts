import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { type SvgStart, svgStart } from '../../lib/svg-start';
import type { MediaKind } from '../../shared/model/job';

export type MediaType = { readonly kind: MediaKind; readonly mime: string; /** Lower-case, without dot; null when nothing is known. */ readonly extension: string | null };

/** What people's pictures and videos are called; what a folder is searched for. */
const byExtension: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpe: 'image/jpeg',
  jfif: 'image/jpeg',
  png: 'image/png',
  apng: 'image/apng',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
  svgz: 'image/svg+xml',
  ico: 'image/x-icon',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  heif: 'image/heif',
  jxl: 'image/jxl',
  psd: 'image/vnd.adobe.photoshop',
  jp2: 'image/jp2',
  j2k: 'image/jp2',
  jpx: 'image/jpx',
  pcx: 'image/x-pcx',
  tga: 'image/x-tga',
  mp4: 'video/mp4',
  m4v: 'video/x-m4v',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  avi: 'video/x-msvideo',
  wmv: 'video/x-ms-wmv',
  flv: 'video/x-flv',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
};

/** As much of a file's start as the signs of known formats need. */
const SIGN_BYTES = 4100;

export const SVG = 'image/svg+xml';
const GZIP = 'application/gzip';
/** As much of a file's start as telling its type needs: before a drawing's first tag a long comment may stand. */
export const TYPE_BYTES = 64 * 1024;
/** So much of a compressed file is unpacked to look for a first tag; it cannot become more than some megabytes. */
const PACKED_START = 4096;

function drawingStart(head: Uint8Array, sniffed: string | undefined): SvgStart {
  if (sniffed !== GZIP) return svgStart(head);
  try {
    return svgStart(gunzipSync(head.subarray(0, PACKED_START), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8_000_000 }));
  } catch {
    return 'no';
  }
}

/** The extension of a file name in lower case, or '' where it has none. A leading dot does not begin one. */
export const extensionOf = (name: string): string => /^.+\.([A-Za-z0-9]{1,10})$/su.exec(name)?.[1]?.toLowerCase() ?? '';

const kindOf = (mime: string): MediaKind => (mime.startsWith('image/') ? 'image' : mime.startsWith('video/') ? 'video' : 'other');

/** Whether a name alone says picture or video. */
export const isMediaName = (name: string): boolean => byExtension[extensionOf(name)] !== undefined;

/**
 * The type of a file: what its first bytes say, and where they say nothing, what its name says.
 * A wrong extension does not fool it; SVG is text, perhaps compressed, and is known by its name or its first tag. `head` holds `TYPE_BYTES`, or the whole file where it is shorter.
 */
export async function mediaTypeOf(name: string, head: Uint8Array): Promise<MediaType> {
  const extension = extensionOf(name);
  const named = byExtension[extension];
  // Known formats make a large package, which a start need not wait for.
  const { fileTypeFromBuffer } = await import('file-type');
  const sniffed = await fileTypeFromBuffer(head.subarray(0, SIGN_BYTES));
  if (sniffed !== undefined && kindOf(sniffed.mime) !== 'other') return { kind: kindOf(sniffed.mime), mime: sniffed.mime, extension: sniffed.ext };
  // A text that still may become one counts as one where it is called so, or where it goes on for long: whoever opens it finds out.
  const svg = drawingStart(head, sniffed?.mime);
  if (svg === 'svg' || (svg === 'open' && (named === SVG || head.length >= TYPE_BYTES))) return { kind: 'image', mime: SVG, extension: 'svg' };
  if (named === SVG && (sniffed?.mime === 'application/xml' || sniffed?.mime === GZIP)) return { kind: 'image', mime: SVG, extension: 'svg' };
  if (sniffed !== undefined) return { kind: 'other', mime: sniffed.mime, extension: sniffed.ext };
  if (named !== undefined) return { kind: kindOf(named), mime: named, extension };
  return { kind: 'other', mime: 'application/octet-stream', extension: null };
}

/** A file's first bytes, as many as telling its type needs. Rejects with the system's error. */
export async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(TYPE_BYTES);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < TYPE_BYTES; filled += read) read = (await file.read(head, filled, TYPE_BYTES - filled, filled)).bytesRead;
    return head.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** The type that the bytes alone say, whatever the file is called. */
export const contentTypeOf = (head: Uint8Array): Promise<MediaType> => mediaTypeOf('', head);

/** The name a file part carries: the file's own, with an extension added only where it has none (hosts refuse names without). */
export const partNameOf = (name: string, type: MediaType): string =>
  extensionOf(name) !== '' || type.extension === null ? name : `${name.replace(/\.+$/, '')}.${type.extension}`;
