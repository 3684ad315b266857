import type sharp from 'sharp';
import { boxesIn } from '../../src/main/metadata/iso-boxes';
import { placesOf } from '../../src/main/metadata/heif-items';
import { painted, withAll } from './sample-pictures';
import { box } from './sample-heifs';

const u16 = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => Buffer.from([(value >> 8) & 255, value & 255])));
const u32 = (...values: readonly number[]): Buffer => Buffer.concat(values.map((value) => u16(Math.floor(value / 65_536), value % 65_536)));
const full = (type: string, flags: number, ...bodies: readonly Buffer[]): Buffer => box(type, u32(flags), ...bodies);
const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** What a still AVIF's picture is made of: its bytes, where they lie, and how they are decoded. */
function stillOf(file: Buffer): { readonly from: number; readonly bytes: Buffer; readonly config: Buffer } {
  const meta = boxesIn(file, 0)?.find(({ type }) => type === 'meta');
  const inside = meta === undefined ? [] : (boxesIn(file.subarray(0, meta.end), meta.body + 4) ?? []);
  const [iloc, iprp] = [inside.find(({ type }) => type === 'iloc'), inside.find(({ type }) => type === 'iprp')];
  const extent = iloc === undefined ? undefined : placesOf(file, iloc)[0]?.extents[0];
  const ipco = iprp === undefined ? undefined : boxesIn(file.subarray(0, iprp.end), iprp.body)?.[0];
  const av1c = ipco === undefined ? undefined : boxesIn(file.subarray(0, ipco.end), ipco.body)?.find(({ type }) => type === 'av1C');
  if (extent === undefined || av1c === undefined) throw new Error('no still picture');
  return { from: extent.at, bytes: file.subarray(extent.at, extent.at + extent.length), config: file.subarray(av1c.from, av1c.end) };
}

export type MovingAvif = { readonly bytes: Buffer; readonly frames: readonly { readonly from: number; readonly to: number }[] };

/** An AVIF of several frames with a camera's metadata, as encoders build it (AV1 Image File Format, 1.1): a still picture, and a track whose first frame that is. */
export async function movingAvif(make: typeof sharp, count = 3): Promise<MovingAvif> {
  const [width, height] = [24, 17];
  const still = await withAll(painted(make), 1).avif({ effort: 0, quality: 60 }).toBuffer();
  // The same length as the head of the still one, so that nothing in it moves.
  const head = box('ftyp', Buffer.from('avis\0\0\0\0avifavismif1', 'latin1'));
  const first = stillOf(still);
  const more = await Promise.all(Array.from({ length: count - 1 }, async (_, at) => stillOf(await painted(make).linear(1, -20 * (at + 1)).avif({ effort: 0, quality: 60 }).toBuffer()).bytes));
  const second = box('mdat', ...more);
  const begin = still.length + 8;
  const frames = [first.bytes, ...more].map((bytes, at) => {
    const from = at === 0 ? first.from : begin + more.slice(0, at - 1).reduce((sum, one) => sum + one.length, 0);
    return { from, to: from + bytes.length };
  });
  const entry = box('av01', Buffer.alloc(6), u16(1), Buffer.alloc(16), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(24, 0xffff), first.config);
  const tables = box(
    'stbl',
    full('stsd', 0, u32(1), entry),
    full('stts', 0, u32(1, count, 100)),
    // One frame in the first chunk, all others in the second.
    full('stsc', 0, u32(2, 1, 1, 1, 2, count - 1, 1)),
    full('stsz', 0, u32(0, count), ...frames.map(({ from, to }) => u32(to - from))),
    full('stco', 0, u32(2, frames[0]?.from ?? 0, frames[1]?.from ?? 0)),
  );
  const media = box('mdia', full('mdhd', 0, u32(0, 0, 1000, count * 100), u16(0x55c4, 0)), full('hdlr', 0, u32(0), Buffer.from('pict'), Buffer.alloc(12), Buffer.from('\0')), box('minf', full('vmhd', 1, Buffer.alloc(8)), box('dinf', full('dref', 0, u32(1), full('url ', 1))), tables));
  const track = box('trak', full('tkhd', 3, u32(0, 0, 1, 0, count * 100), Buffer.alloc(8), u16(0, 0, 0, 0), MATRIX, u32(width * 65_536, height * 65_536)), media);
  const movie = box('moov', full('mvhd', 0, u32(0, 0, 1000, count * 100, 0x10000), u16(0x100, 0), Buffer.alloc(8), MATRIX, Buffer.alloc(24), u32(2)), track);
  return { bytes: Buffer.concat([head, still.subarray(head.length), second, movie]), frames };
}
