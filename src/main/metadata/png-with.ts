import { deflateSync } from 'node:zlib';
import { pngChunk } from './png-chunks';

/** Behind the signature and the header. */
const AFTER_HEADER = 8 + 25;
/** How XMP lies in a PNG: not compressed, in no language (XMP part 3, 1.1.5). */
const XMP_HEAD = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');

/** The chunk of a colour profile. */
export const profileChunk = (profile: Buffer): Buffer => pngChunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profile)]));

export type Said = { readonly exif: Buffer | null; readonly xmp: Buffer | null; readonly profile?: Buffer };

/** A PNG that says this of itself, too. `profile`: of one that has none yet. */
export function pngWith(png: Buffer, { exif, xmp, profile }: Said): Buffer {
  const said = [...(profile === undefined ? [] : [profileChunk(profile)]), ...(exif === null ? [] : [pngChunk('eXIf', exif)]), ...(xmp === null ? [] : [pngChunk('iTXt', Buffer.concat([XMP_HEAD, xmp]))])];
  return Buffer.concat([png.subarray(0, AFTER_HEADER), ...said, png.subarray(AFTER_HEADER)]);
}
