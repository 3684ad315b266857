import type sharp from 'sharp';
import { ORIENTATIONS, painted, SECRET, withAll, type Sample } from './sample-pictures';

/** An entry of a TIFF directory: numbers (LONG), text (ASCII), fractions (RATIONAL), or another directory. */
type Tag = { readonly tag: number; readonly value: string | readonly number[] | readonly (readonly [number, number])[] | readonly Tag[] };
const isTags = (value: Tag['value']): value is readonly Tag[] => typeof value !== 'string' && typeof value[0] === 'object' && 'tag' in value[0];

/** Lays directories and their values behind `at`; answers with the bytes and where the directory is. */
function laid(tags: readonly Tag[], at: number, more: readonly Buffer[] = [], next = 0): { readonly bytes: Buffer; readonly directory: number } {
  let values = Buffer.alloc(0);
  const put = (bytes: Buffer): number => {
    const place = at + values.length;
    values = Buffer.concat([values, bytes, Buffer.alloc(bytes.length % 2)]);
    return place;
  };
  const made = tags.map(({ tag, value }) => {
    const entry = Buffer.alloc(12);
    const set = (type: number, count: number, place: number): void => {
      entry.writeUInt16LE(type, 2);
      entry.writeUInt32LE(count, 4);
      entry.writeUInt32LE(place, 8);
    };
    entry.writeUInt16LE(tag, 0);
    if (typeof value === 'string') set(2, Buffer.byteLength(value) + 1, put(Buffer.from(`${value}\0\0\0\0`)));
    else if (isTags(value)) {
      const inner = laid(value, at + values.length);
      values = Buffer.concat([values, inner.bytes]);
      set(4, 1, inner.directory);
    } else if (typeof value[0] === 'number') set(4, 1, value[0]);
    else {
      const fractions = Buffer.concat((value as readonly (readonly [number, number])[]).map((pair) => Buffer.from(new Uint32Array(pair).buffer)));
      set(5, value.length, put(fractions));
    }
    return entry;
  });
  const entries = [...more, ...made].sort((one, other) => one.readUInt16LE(0) - other.readUInt16LE(0));
  const head = Buffer.alloc(2);
  head.writeUInt16LE(entries.length, 0);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(next, 0);
  const directory = put(Buffer.concat([head, ...entries, tail]));
  return { bytes: values, directory };
}

/** A little-endian TIFF with more tags in its first directory, which lies at its end then. */
export function withTags(tiff: Buffer, tags: readonly Tag[]): Buffer {
  const first = tiff.readUInt32LE(4);
  const count = tiff.readUInt16LE(first);
  const entries = Array.from({ length: count }, (_, index) => Buffer.from(tiff.subarray(first + 2 + index * 12, first + 14 + index * 12)));
  const padded = Buffer.concat([tiff, Buffer.alloc(tiff.length % 2)]);
  const { bytes, directory } = laid(tags, padded.length, entries, tiff.readUInt32LE(first + 2 + count * 12));
  const made = Buffer.concat([padded, bytes]);
  made.writeUInt32LE(directory, 4);
  return made;
}

/** A camera's tags, with a position. */
export const CAMERA_TAGS: readonly Tag[] = [
  { tag: 270, value: SECRET },
  { tag: 271, value: 'Picferry Cameras' },
  { tag: 315, value: SECRET },
  { tag: 34665, value: [{ tag: 36867, value: '2026:01:02 03:04:05' }, { tag: 42033, value: '1234567 secret' }] },
  { tag: 34853, value: [{ tag: 1, value: 'N' }, { tag: 2, value: [[39, 1], [54, 1], [27, 1]] }, { tag: 3, value: 'E' }, { tag: 4, value: [[116, 1], [23, 1], [17, 1]] }] },
  { tag: 50000, value: 'a secret of the maker' },
];

/** TIFF with metadata. */
export async function sampleTiffs(make: typeof sharp): Promise<readonly Sample[]> {
  const turned = await Promise.all(ORIENTATIONS.map(async (orientation) => [`turned-${orientation}`, await withAll(painted(make), orientation).tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer()] as const));
  const tiled = await painted(make, 4, [40, 30]).tiff({ compression: 'deflate', tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer();
  const deep = await painted(make).toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer();
  const pages = await make(Buffer.alloc(24 * 51 * 3, 90), { raw: { width: 24, height: 51, channels: 3, pageHeight: 17 } }).tiff({ compression: 'jpeg' }).toBuffer();
  return [...turned, ...Object.entries({ tiled, deep, pages })].map(([name, bytes]) => ({ name: `${name}.tiff`, bytes: withTags(bytes, CAMERA_TAGS) }));
}
