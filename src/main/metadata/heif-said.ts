import { itemsOf, placesOf } from './heif-items';
import { boxesIn } from './iso-boxes';
import { metaOf } from './heif-profile';

/** What an HEIC or AVIF that is in memory says of itself: its Exif as a TIFF block, and its XMP. Damaged tables say nothing; never throws. */
export function heifSaid(file: Buffer): { readonly exif: Buffer | null; readonly xmp: Buffer | null } {
  try {
    const exif = itemBytes(file, (type) => type === 'Exif');
    return { exif: exif === null || exif.length < 4 ? null : exif.subarray(4 + exif.readUInt32BE(0)), xmp: itemBytes(file, (_type, contentType) => contentType.includes('rdf+xml')) };
  } catch (error) {
    if (error instanceof RangeError) return { exif: null, xmp: null };
    throw error;
  }
}

function itemBytes(file: Buffer, wanted: (type: string, contentType: string) => boolean): Buffer | null {
  const meta = metaOf(file);
  const boxes = meta === null ? null : boxesIn(file.subarray(0, meta.end), meta.body + 4);
  const [iinf, iloc, idat] = ['iinf', 'iloc', 'idat'].map((name) => boxes?.find(({ type }) => type === name));
  if (iinf === undefined || iloc === undefined) return null;
  const item = itemsOf(file, iinf)?.find(({ type, contentType }) => wanted(type, contentType));
  const place = placesOf(file, iloc).find(({ id, method }) => id === item?.id && method < 2);
  if (place === undefined) return null;
  const base = place.method === 1 ? (idat?.body ?? file.length) : 0;
  return Buffer.concat(place.extents.map(({ at, length }) => file.subarray(base + at, length === 0 ? undefined : base + at + length)));
}
