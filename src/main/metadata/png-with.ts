import { pngChunk } from './png-chunks';

/** Behind the signature and the header. */
const AFTER_HEADER = 8 + 25;
/** How XMP lies in a PNG: not compressed, in no language (XMP part 3, 1.1.5). */
const XMP_HEAD = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');

/** A PNG that says this of itself, too. */
export function pngWith(png: Buffer, { exif, xmp }: { readonly exif: Buffer | null; readonly xmp: Buffer | null }): Buffer {
  const said = [...(exif === null ? [] : [pngChunk('eXIf', exif)]), ...(xmp === null ? [] : [pngChunk('iTXt', Buffer.concat([XMP_HEAD, xmp]))])];
  return Buffer.concat([png.subarray(0, AFTER_HEADER), ...said, png.subarray(AFTER_HEADER)]);
}
