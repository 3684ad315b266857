import type { MetadataKind, StripKeep } from './contract';

/** What matters of a block of Exif. */
export type Exif = {
  /** 1 to 8; null when it does not say. */
  readonly orientation: number | null;
  readonly kinds: readonly MetadataKind[];
  /** It says how the picture is turned and nothing else. */
  readonly bare: boolean;
};

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const SHORT = 3;
const LONG = 4;
const ENTRY = 12;

/** Reads a TIFF block as Exif is stored in. What cannot be read has no orientation. Never throws. */
export function readExif(tiff: Buffer): Exif {
  const order = tiff.toString('latin1', 0, 4);
  if (order !== 'II*\0' && order !== 'MM\0*') return { orientation: null, kinds: ['exif'], bare: false };
  const little = order.startsWith('II');
  const at = (offset: number, length: 2 | 4): number | null => {
    if (offset + length > tiff.length) return null;
    if (length === 2) return little ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset);
    return little ? tiff.readUInt32LE(offset) : tiff.readUInt32BE(offset);
  };
  const first = at(4, 4) ?? 0;
  const count = at(first, 2) ?? 0;
  let [orientation, location] = [null as number | null, false];
  for (let entry = first + 2; entry < first + 2 + count * ENTRY && entry + ENTRY <= tiff.length; entry += ENTRY) {
    const tag = at(entry, 2);
    if (tag === GPS) location = true;
    if (tag !== ORIENTATION || orientation !== null) continue;
    const type = at(entry + 2, 2);
    const value = type === SHORT ? at(entry + 8, 2) : type === LONG ? at(entry + 8, 4) : null;
    if (value !== null && value >= 1 && value <= 8) orientation = value;
  }
  const end = first + 2 + count * ENTRY;
  const thumbnail = (at(end, 4) ?? 0) !== 0;
  const kinds: MetadataKind[] = ['exif', ...(location ? (['location'] as const) : []), ...(thumbnail ? (['thumbnail'] as const) : [])];
  return { orientation, kinds, bare: count === 1 && orientation !== null && first === 8 && !thumbnail && tiff.length <= end + 4 };
}

/** The TIFF block of an Exif that may have its name before it. */
export const tiffOf = (exif: Buffer): Buffer => exif.subarray(exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0);

/** A TIFF block that says the picture is upright, and all else that it said. */
export function uprightExif(tiff: Buffer): Buffer {
  const made = Buffer.from(tiff);
  const little = made.toString('latin1', 0, 2) === 'II';
  if (made.length < 8) return made;
  const first = little ? made.readUInt32LE(4) : made.readUInt32BE(4);
  if (first + 2 > made.length) return made;
  const count = little ? made.readUInt16LE(first) : made.readUInt16BE(first);
  for (let entry = first + 2; entry < first + 2 + count * ENTRY && entry + ENTRY <= made.length; entry += ENTRY) {
    if ((little ? made.readUInt16LE(entry) : made.readUInt16BE(entry)) !== ORIENTATION) continue;
    made.fill(0, entry + 2, entry + ENTRY);
    for (const [at, value] of [[2, SHORT], [8, 1]] as const) {
      if (little) made.writeUInt16LE(value, entry + at);
      else made.writeUInt16BE(value, entry + at);
    }
    if (little) made.writeUInt32LE(1, entry + 4);
    else made.writeUInt32BE(1, entry + 4);
  }
  return made;
}

/** The smallest TIFF block that says how a picture is turned. */
export function bareExif(orientation: number): Buffer {
  const tiff = Buffer.from('49492a0008000000010012010300010000000000000000000000', 'hex');
  tiff.writeUInt16LE(orientation, 18);
  return tiff;
}

/** How the picture has to be said to be turned without the block; null when it need not be said. */
export const turnToKeep = ({ orientation }: Exif, keep: StripKeep): number | null => (keep.orientation && orientation !== null && orientation > 1 ? orientation : null);
