import { imageSize } from 'image-size';

export type Dimensions = { readonly width: number; readonly height: number };

/** As much of a picture's start as its size is looked for in. */
export const HEAD_BYTES = 256 * 1024;

/** How large a picture is shown: turned as its EXIF orientation says. Null where its start does not tell. */
export function dimensionsOf(head: Uint8Array): Dimensions | null {
  try {
    const { width, height, orientation } = imageSize(head.subarray(0, HEAD_BYTES));
    if (!(width > 0) || !(height > 0)) return null;
    // EXIF orientations 5 to 8 stand on their side.
    return orientation !== undefined && orientation >= 5 && orientation <= 8 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
