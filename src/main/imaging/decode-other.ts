import { heifProfile } from '../metadata';
import { type Pixels, withoutFullAlpha } from './as-tiff';

// Formats that the picture library does not read, each by a library of its own.

/** A picture has more pixels than are decoded. */
export class TooManyPixels extends Error {
  constructor() {
    super('Input image exceeds pixel limit');
    this.name = 'TooManyPixels';
  }
}

/** Pixels of a file that may hold more pictures. */
export type Decoded = Pixels & { readonly pages: number };

/** The main picture of an HEIC, upright. Rejects for what cannot be read. */
export async function decodeHeic(file: Buffer, maxPixels: number): Promise<Decoded> {
  const { default: libheif } = await import('libheif-js/wasm-bundle');
  const pictures = new libheif.HeifDecoder().decode(file);
  const picture = pictures.find((one) => one.is_primary()) ?? pictures[0];
  if (picture === undefined) throw new Error('no picture in it');
  try {
    const [width, height] = [picture.get_width(), picture.get_height()];
    if (width * height > maxPixels) throw new TooManyPixels();
    const data = new Uint8ClampedArray(width * height * 4);
    await new Promise<void>((resolve, reject) => {
      picture.display({ data, width, height }, (shown) => (shown === null ? reject(new Error('not decoded')) : resolve()));
    });
    return { width, height, ...withoutFullAlpha(new Uint8Array(data.buffer)), profile: heifProfile(file), pages: pictures.length };
  } finally {
    for (const one of pictures) one.free();
  }
}

/** A BMP. Rejects for what cannot be read. */
export async function decodeBmp(file: Buffer, maxPixels: number): Promise<Decoded> {
  if (file.length < 26) throw new Error('too short');
  // OS/2's first kind has short numbers in its header.
  const old = file.readUInt32LE(14) === 12;
  const [wide, high] = old ? [file.readUInt16LE(18), file.readUInt16LE(20)] : [Math.abs(file.readInt32LE(18)), Math.abs(file.readInt32LE(22))];
  if (wide * high > maxPixels) throw new TooManyPixels();
  const { decode } = await import('@cwasm/nsbmp');
  const { width, height, data } = decode(file);
  return { width, height, ...withoutFullAlpha(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)), profile: null, pages: 1 };
}
