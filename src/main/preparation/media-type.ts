import { beginsSvg } from '../../lib/svg-start';
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
  ico: 'image/x-icon',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  heif: 'image/heif',
  jxl: 'image/jxl',
  psd: 'image/vnd.adobe.photoshop',
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

/** As much of a file's start as telling its type needs. */
export const SNIFF_BYTES = 4100;

/** The extension of a file name in lower case, or '' where it has none. A leading dot does not begin one. */
export const extensionOf = (name: string): string => /^.+\.([A-Za-z0-9]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';

const kindOf = (mime: string): MediaKind => (mime.startsWith('image/') ? 'image' : mime.startsWith('video/') ? 'video' : 'other');

/** Whether a name alone says picture or video. */
export const isMediaName = (name: string): boolean => byExtension[extensionOf(name)] !== undefined;

/**
 * The type of a file: what its first bytes say, and where they say nothing, what its name says.
 * A wrong extension does not fool it; SVG is text and is known by its name or its first tag.
 */
export async function mediaTypeOf(name: string, head: Uint8Array): Promise<MediaType> {
  const extension = extensionOf(name);
  const named = byExtension[extension];
  // Known formats make a large package, which a start need not wait for.
  const { fileTypeFromBuffer } = await import('file-type');
  const sniffed = await fileTypeFromBuffer(head.subarray(0, SNIFF_BYTES));
  if (sniffed !== undefined && kindOf(sniffed.mime) !== 'other') return { kind: kindOf(sniffed.mime), mime: sniffed.mime, extension: sniffed.ext };
  if (beginsSvg(head.subarray(0, SNIFF_BYTES))) return { kind: 'image', mime: 'image/svg+xml', extension: 'svg' };
  if (sniffed !== undefined) return { kind: 'other', mime: sniffed.mime, extension: sniffed.ext };
  if (named !== undefined) return { kind: kindOf(named), mime: named, extension };
  return { kind: 'other', mime: 'application/octet-stream', extension: null };
}

/** The type that the bytes alone say, whatever the file is called. */
export const contentTypeOf = (head: Uint8Array): Promise<MediaType> => mediaTypeOf('', head);

/** The name a file part carries: the file's own, with an extension added only where it has none (hosts refuse names without). */
export const partNameOf = (name: string, type: MediaType): string =>
  extensionOf(name) !== '' || type.extension === null ? name : `${name.replace(/\.+$/, '')}.${type.extension}`;
