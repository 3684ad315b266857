import type { MetadataKind, StripKeep, StripPlan } from './contract';
import { createEdits, type Edits } from './edits';
import { LARGEST_ASK, left, type Scan } from './scan';

const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
const [SHORT, LONG] = [3, 4];
const ENTRY = 12;

/** Tags that a picture is drawn by (TIFF 6.0, its supplements and Technical Notes, and libtiff's own). */
const PICTURE = new Set([
  ...[254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291, 292, 293, 296, 297, 301],
  ...[317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 330, 332, 334, 336, 338, 339, 340, 341, 342, 343, 344, 345, 347],
  ...[512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675, 32995, 32996, 32997, 34016, 34017, 34019, 34022, 34030],
]);
const [ORIENTATION, SUB_IFDS, EXIF, GPS, INTEROP, PROFILE] = [274, 330, 34665, 34853, 40965, 34675];
const BLOCKS: ReadonlyMap<number, MetadataKind> = new Map([
  ...([[700, 'xmp'], [33723, 'iptc'], [34377, 'iptc'], [GPS, 'location'], [270, 'comment'], [PROFILE, 'profile']] as const),
  // Where a map lies.
  ...([[33550, 'location'], [33922, 'location'], [34264, 'location'], [34735, 'location'], [34736, 'location'], [34737, 'location']] as const),
]);
/** Offsets and the lengths that belong to them: strips, tiles, and old JPEG data. */
const DATA = [[273, 279], [324, 325], [513, 514]] as const;
const [STRIPS, COMPRESSION, NONE, PHOTOMETRIC, YCBCR] = [273, 259, 1, 262, 6];
/** A camera's raw data: its maker reads it by rules of his own. */
const RAW = new Set([33421, 33422, 50706, 50710]);

const MOST_DIRECTORIES = 200;

type Entry = { readonly tag: number; readonly type: number; readonly count: number; readonly bytes: number; /** Where its value lies. */ readonly at: number; readonly inside: boolean; readonly raw: Buffer };
type File = { readonly size: number; readonly little: boolean; readonly keep: StripKeep; readonly edits: Edits; directories: number; readonly seen: Set<number> };

/** Takes the metadata out of a TIFF. Nothing in the file moves: directories become shorter, and zeros take the place of what they told of. */
export function* scanTiff(size: number, keep: StripKeep): Scan {
  const head = yield { at: 0, least: 16 };
  const text = head.toString('latin1', 0, 4);
  if (text.endsWith('+') || text.includes('+')) return left('odd');
  if (size < 16) return left('cut');
  // Canon's raw files say so behind the head.
  if (head.toString('latin1', 8, 10) === 'CR') return left('odd');
  const little = text.startsWith('II');
  const file: File = { size, little, keep, edits: createEdits(), directories: 0, seen: new Set() };
  file.edits.need(0, 8);
  let at = number(file, head, 4, 4);
  while (at !== 0) {
    const next = yield* picture(file, at);
    if (typeof next !== 'number') return next;
    at = next;
  }
  return file.directories === 0 ? left('broken') : file.edits.plan(size);
}

const number = ({ little }: File, bytes: Buffer, at: number, length: 2 | 4): number =>
  length === 2 ? (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)) : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);

/** A directory's entries, and where the next directory is; a plan where it cannot be read. */
function* directory(file: File, at: number): Scan<{ readonly entries: readonly Entry[]; readonly next: number; readonly end: number } | StripPlan> {
  if (file.seen.has(at) || (file.directories += 1) > MOST_DIRECTORIES) return left('odd');
  file.seen.add(at);
  const head = at + 2 <= file.size ? yield { at, least: 2 } : null;
  if (head === null || head.length < 2) return left('cut');
  const count = number(file, head, 0, 2);
  const length = 2 + count * ENTRY + 4;
  if (count === 0) return left('broken');
  if (at + length > file.size) return left('cut');
  const bytes = Buffer.from((yield { at, least: length }).subarray(0, length));
  if (bytes.length < length) return left('cut');
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    const raw = bytes.subarray(2 + index * ENTRY, 2 + (index + 1) * ENTRY);
    const [tag, type, values] = [number(file, raw, 0, 2), number(file, raw, 2, 2), number(file, raw, 4, 4)];
    const size = SIZES[type];
    if (size === undefined || size === 0) return left('odd');
    const inside = size * values <= 4;
    const place = inside ? at + 2 + index * ENTRY + 8 : number(file, raw, 8, 4);
    if (place + size * values > file.size) return left('cut');
    entries.push({ tag, type, count: values, bytes: size * values, at: place, inside, raw });
  }
  return { entries, next: number(file, bytes, length - 4, 4), end: at + length };
}

/** Judges the directory of one picture; its pages and smaller sizes have directories of their own. Answers where the next one is. */
function* picture(file: File, at: number): Scan<number | StripPlan> {
  const read = yield* directory(file, at);
  if ('type' in read) return read;
  const { entries, next, end } = read;
  if (entries.some(({ tag }) => RAW.has(tag))) return left('odd');
  const stays = ({ tag }: Entry): boolean => PICTURE.has(tag) && (tag !== PROFILE || file.keep.profile) && (tag !== ORIENTATION || file.keep.orientation);
  const gone = entries.filter((entry) => !stays(entry));
  for (const entry of entries.filter(stays)) if (!entry.inside) file.edits.need(entry.at, entry.at + entry.bytes);
  const rows = yield* plainRows(file, entries);
  for (const [offsets, lengths] of DATA) {
    const odd = yield* data(file, entries.find(({ tag }) => tag === offsets), entries.find(({ tag }) => tag === lengths), offsets === STRIPS ? rows : null);
    if (odd !== null) return odd;
  }
  for (const entry of gone) {
    const odd = yield* takeOut(file, entry);
    if (odd !== null) return odd;
  }
  if (gone.length === 0) file.edits.need(at, end);
  else file.edits.blank([], at, end, shorter(file, entries.filter(stays), next, end - at));
  const smaller = entries.find(({ tag }) => tag === SUB_IFDS);
  for (const place of smaller === undefined ? [] : yield* numbers(file, smaller)) {
    const after = yield* picture(file, place);
    if (typeof after !== 'number') return after;
    if (after !== 0) return left('odd');
  }
  return next;
}

/** The directory with the entries that stay, and zeros behind it. */
function shorter({ little }: File, entries: readonly Entry[], next: number, length: number): Buffer {
  const made = Buffer.alloc(length);
  const tail = Buffer.alloc(4);
  if (little) {
    made.writeUInt16LE(entries.length, 0);
    tail.writeUInt32LE(next, 0);
  } else {
    made.writeUInt16BE(entries.length, 0);
    tail.writeUInt32BE(next, 0);
  }
  Buffer.concat([...entries.map(({ raw }) => raw), tail]).copy(made, 2);
  return made;
}

/** The numbers that an entry holds; none where they are not whole numbers, or more than any picture has. */
function* numbers(file: File, entry: Entry): Scan<readonly number[]> {
  const { type, count, at, bytes } = entry;
  if ((type !== SHORT && type !== LONG && type !== 13) || bytes > LARGEST_ASK) return [];
  const length = type === SHORT ? 2 : 4;
  const read = yield { at, least: bytes };
  return read.length < bytes ? [] : Array.from({ length: count }, (_, index) => number(file, read, index * length, length));
}

/** How long each strip is whose rows are not compressed; null for any other picture. */
type PlainRows = (strip: number) => number;

/** Readers do not believe how long such strips are said to be, and go on reading behind them. */
function* plainRows(file: File, entries: readonly Entry[]): Scan<PlainRows | null> {
  function* one(tag: number, otherwise: number): Scan<number> {
    const entry = entries.find((candidate) => candidate.tag === tag);
    return entry === undefined ? otherwise : ((yield* numbers(file, entry))[0] ?? otherwise);
  }
  if ((yield* one(COMPRESSION, NONE)) !== NONE || (yield* one(PHOTOMETRIC, 0)) === YCBCR) return null;
  const [width, height] = [yield* one(256, 0), yield* one(257, 0)];
  const [bits, samples, planes] = [yield* one(258, 1), yield* one(277, 1), yield* one(284, 1)];
  const rows = Math.max(1, Math.min(height, yield* one(278, height)));
  const row = Math.ceil((width * bits * (planes === 2 ? 1 : samples)) / 8);
  const strips = Math.max(1, Math.ceil(height / rows));
  return (strip) => row * Math.min(rows, height - (strip % strips) * rows);
}

/** Notes where the picture's data lie. */
function* data(file: File, offsets: Entry | undefined, lengths: Entry | undefined, rows: PlainRows | null): Scan<StripPlan | null> {
  if (offsets === undefined) return null;
  if (lengths === undefined) return left('odd');
  const [from, long] = [yield* numbers(file, offsets), yield* numbers(file, lengths)];
  if (from.length === 0 || from.length !== long.length) return left('odd');
  for (const [index, at] of from.entries()) {
    const length = long[index] ?? 0;
    // Without a length a reader takes what follows.
    if (length === 0 && at !== 0) return left('odd');
    file.edits.need(at, Math.min(file.size, at + Math.max(length, at === 0 ? 0 : (rows?.(index) ?? 0))));
  }
  return null;
}

/** Writes an entry's value over, and all that it leads to. */
function* takeOut(file: File, entry: Entry): Scan<StripPlan | null> {
  const { tag } = entry;
  file.edits.blank([BLOCKS.get(tag) ?? (tag === EXIF || tag < 32_768 || (tag >= 40_091 && tag <= 40_095) ? 'exif' : 'other')], 0, 0);
  if (!entry.inside) file.edits.blank([], entry.at, entry.at + entry.bytes);
  if (tag !== EXIF && tag !== GPS && tag !== INTEROP) return null;
  for (const at of yield* numbers(file, entry)) {
    const read = yield* directory(file, at);
    if ('type' in read) return read;
    for (const inner of read.entries) {
      const odd = yield* takeOut(file, inner);
      if (odd !== null) return odd;
    }
    file.edits.blank([], at, read.end);
  }
  return null;
}
