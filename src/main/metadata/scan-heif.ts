import type { MetadataKind, StripKeep, StripPlan } from './contract';
import { createEdits, type Edits } from './edits';
import { readExif } from './exif';
import { ilocWithout, iinfWithout, ipmaWithout, irefWithout, itemsOf, placesOf, primaryOf, thumbnailsOf, type Item, type Place } from './heif-items';
import { boxAt, boxesIn, type Box } from './iso-boxes';
import { chunksOf } from './movie-chunks';
import { LARGEST_ASK, left, type Scan } from './scan';

/** Boxes that the picture is made of. Any other is taken for a maker's own and goes. */
const TOP = new Set(['ftyp', 'meta', 'mdat', 'moov', 'free', 'styp', 'sidx', 'moof', 'mfra']);
const META = new Set(['hdlr', 'dinf', 'pitm', 'iinf', 'iloc', 'iprp', 'idat', 'iref', 'grpl', 'ipro', 'free']);
/** Boxes of moving pictures that hold others (14496-12, table 1). */
const MOVIE = new Set(['moov', 'trak', 'mdia', 'minf']);
/** Items that are no pictures. */
const METADATA = new Set(['Exif', 'mime', 'uri ', 'jumb']);
const kindOf = ({ type, contentType }: Item): MetadataKind => (!METADATA.has(type) ? 'thumbnail' : type === 'Exif' ? 'exif' : contentType.includes('rdf+xml') ? 'xmp' : 'other');
/** Times at which a movie, a track or its media was made. */
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd']);
/** Descriptions and times among a picture's properties (ISO/IEC 23008-12, 6.5). */
const TELLING = new Set(['udes', 'crtt', 'mdft', 'uuid']);

const MOST_BOXES = 10_000;
const NAME = /^[\x20-\x7e]{4}$/;

/**
 * Takes the metadata and small pictures out of an HEIC or AVIF: what was cut off a picture may be in a small one still. Nothing in the file moves: entries of metadata go from the tables, zeros take
 * the place of what they told of, and the room that becomes free is marked as such. How a picture is turned is one of
 * its properties there and stays.
 */
export function* scanHeif(size: number, keep: StripKeep): Scan {
  const edits = createEdits();
  const data = createItemData(edits);
  let [at, end, meta, drawn, parts] = [0, 0, false, false, false];
  for (let boxes = 0; at < size; boxes += 1) {
    if (boxes === MOST_BOXES) return left('odd');
    const head = yield { at, least: Math.min(16, size - at) };
    const box = boxAt(head, 0, at, size);
    // What lies behind the last box may be no box any more.
    if (box === null) return drawn && meta && isStray(head.toString('latin1', 4, 8), !parts && edits.within(at)) ? data.plan(size, end, parts) : left(at === 0 ? 'broken' : 'cut');
    if (at === 0 && box.type !== 'ftyp') return left('broken');
    if (box.type === 'meta' || box.type === 'moov') {
      const whole = yield* wholeBox(box);
      if (whole === null) return left('odd');
      if (box.type === 'meta' && meta) return left('odd');
      meta ||= box.type === 'meta';
      const odd = box.type === 'meta' ? yield* strippedMeta(whole, box, size, keep, edits, data) : strippedMovie(whole, box.from, 0, edits, size);
      if (odd !== null) return odd;
    } else if (!TOP.has(box.type)) free(edits, box, box.type === 'uuid' ? 'xmp' : 'other');
    else if (box.type === 'free' && !isEmpty(yield* wholeBox(box))) free(edits, box, 'other');
    if (box.type === 'mdat') data.room(box);
    // Frames of a movie in parts lie where only its parts say.
    parts ||= box.type === 'moof';
    drawn ||= box.type === 'mdat';
    at = box.end;
    if (TOP.has(box.type)) end = at;
  }
  return meta ? data.plan(size, end, parts) : left('broken');
}

/** Whether bytes where a box would begin, with no box of that length, are none's: text has names too, so all of the picture, as far as it is known, has to lie before them. */
const isStray = (name: string, whole: boolean): boolean => !NAME.test(name) || (whole && (name === 'free' || !TOP.has(name)));

/** Where items' bytes may lie, and those of the items that go. */
interface ItemData {
  room(box: Pick<Box, 'body' | 'end'>): void;
  goes(kinds: readonly MetadataKind[], from: number, to: number): void;
  /** The plan; a file is odd whose items that go lie elsewhere, where zeros would take what tells how to draw the picture. `parts`: it is not known where all frames lie. */
  plan(size: number, end: number, parts: boolean): StripPlan;
}

function createItemData(edits: Edits): ItemData {
  const [rooms, gone]: [Pick<Box, 'body' | 'end'>[], { readonly from: number; readonly to: number }[]] = [[], []];
  return {
    room: (box) => void rooms.push(box),
    goes(kinds, from, to) {
      edits.blank(kinds, from, to);
      gone.push({ from, to });
    },
    plan: (size, end, parts) => ((!parts || gone.length === 0) && gone.every(({ from, to }) => rooms.some((room) => room.body <= from && to <= room.end)) ? edits.plan(size, end) : left('odd')),
  };
}

/** A box as a whole; null for one that is larger than any such is. */
function* wholeBox({ from, end }: Box): Scan<Buffer | null> {
  if (end - from > LARGEST_ASK) return null;
  const bytes = (yield { at: from, least: end - from }).subarray(0, end - from);
  return bytes.length === end - from ? Buffer.from(bytes) : null;
}

/** Whether a box for free room holds nothing but zeros. */
const isEmpty = (box: Buffer | null): boolean => box !== null && box.subarray(8).every((byte) => byte === 0);

/** Makes a box an empty one of the same length. */
function free(edits: Edits, { from, body, end }: Pick<Box, 'from' | 'body' | 'end'>, kind: MetadataKind): void {
  edits.blank([kind], from + 4, from + 8, Buffer.from('free'));
  edits.blank([kind], body, end);
}

/** Judges the box `meta`, which `whole` holds and which lies at `box.from`. Null when all is well. */
function* strippedMeta(whole: Buffer, box: Box, size: number, keep: StripKeep, edits: Edits, data: ItemData): Scan<StripPlan | null> {
  const children = boxesIn(whole, box.body - box.from + 4);
  if (children === null) return left('broken');
  const one = (type: string): Box | undefined => children.find((child) => child.type === type);
  const [iinf, iloc, iref, idat, iprp] = [one('iinf'), one('iloc'), one('iref'), one('idat'), one('iprp')];
  const names = children.map(({ type }) => type).filter((type) => type !== 'free');
  if (iinf === undefined || iloc === undefined || new Set(names).size < names.length) return left('odd');
  for (const child of children) {
    const stays = META.has(child.type) && (child.type !== 'free' || isEmpty(whole.subarray(child.from, child.end)));
    if (!stays) free(edits, moved(child, box.from), child.type === 'uuid' || child.type === 'xml ' ? 'xmp' : 'other');
  }
  if (iprp !== undefined) properties(whole, iprp, box.from, keep, edits);
  try {
    const items = itemsOf(whole, iinf);
    if (items === null) return left('odd');
    const small = smallOnes(whole, iref, one('pitm'));
    const gone = items.filter(({ id, type }) => METADATA.has(type) || small.has(id));
    for (const item of gone) edits.blank([kindOf(item)], 0, 0);
    const ids = new Set(gone.map(({ id }) => id));
    const places = placesOf(whole, iloc);
    const inBox = idat === undefined ? 0 : box.from + idat.body;
    if (idat !== undefined) data.room(moved(idat, box.from));
    for (const place of places) {
      const odd = yield* placed(place, items.find(({ id }) => id === place.id), ids.has(place.id), { inBox, size, edits, data });
      if (odd !== null) return odd;
    }
    if (gone.length === 0) return null;
    const newIref = iref === undefined ? null : irefWithout(whole, iref, ids);
    if (iref !== undefined && newIref === null) return left('odd');
    const made = new Map<Box, Buffer>([
      [iinf, iinfWithout(whole, iinf, gone)],
      [iloc, ilocWithout(whole, iloc, places.filter(({ id }) => ids.has(id)))],
    ]);
    if (iref !== undefined && newIref !== null) made.set(iref, newIref);
    for (const [ipma, bytes] of newIpmas(whole, iprp, ids)) made.set(ipma, bytes);
    for (const [old, bytes] of made) rewrite(edits, moved(old, box.from), bytes);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return left('broken');
    throw error;
  }
}

const smallOnes = (whole: Buffer, iref: Box | undefined, pitm: Box | undefined): ReadonlySet<number> => (iref === undefined ? new Set() : thumbnailsOf(whole, iref, pitm === undefined ? null : primaryOf(whole, pitm)));

/** What says which properties items have, without those of the items that go, where there are any. */
const newIpmas = (whole: Buffer, iprp: Box | undefined, gone: ReadonlySet<number>): readonly (readonly [Box, Buffer])[] =>
  (iprp === undefined ? [] : (boxesIn(whole.subarray(0, iprp.end), iprp.body) ?? [])).flatMap((box) => {
    const made = box.type === 'ipma' ? ipmaWithout(whole, box, gone) : null;
    return made === null ? [] : [[box, made] as const];
  });

const moved = ({ type, from, body, end }: Box, by: number): Box => ({ type, from: from + by, body: body + by, end: end + by });

/** Puts a shorter box in the place of one, and an empty box behind it. */
function rewrite(edits: Edits, { from, end }: Box, bytes: Buffer): void {
  const room = end - from - bytes.length;
  if (room === 0) return edits.blank([], from, end, bytes);
  const rest = Buffer.alloc(room);
  rest.writeUInt32BE(room, 0);
  rest.write('free', 4, 'latin1');
  edits.blank([], from, end, Buffer.concat([bytes, rest]));
}

/** Takes an item's bytes for needed, or writes them over. */
function* placed(place: Place, item: Item | undefined, goes: boolean, { inBox, size, edits, data }: { readonly inBox: number; readonly size: number; readonly edits: Edits; readonly data: ItemData }): Scan<StripPlan | null> {
  if (place.method === 2) return goes ? left('odd') : null;
  const base = place.method === 1 ? inBox : 0;
  for (const { at, length } of place.extents) {
    const from = base + at;
    const to = length === 0 ? size : from + length;
    if (to > size) return left('cut');
    if (!goes) edits.need(from, to);
    else if (length === 0) return left('odd');
    else data.goes(item?.type === 'Exif' ? yield* exifKinds(from, length) : [], from, to);
  }
  return null;
}

/** An item of Exif begins with how far it is to the TIFF block in it. */
function* exifKinds(at: number, length: number): Scan<readonly MetadataKind[]> {
  if (length < 4) return ['exif'];
  const least = Math.min(length, LARGEST_ASK);
  const bytes = (yield { at, least }).subarray(0, least);
  return bytes.length < 4 ? ['exif'] : readExif(bytes.subarray(4 + bytes.readUInt32BE(0))).kinds;
}

/** Empties the properties that tell about a picture; their places in the list stay, since they are known by number. */
function properties(whole: Buffer, iprp: Box, base: number, keep: StripKeep, edits: Edits): void {
  const ipco = boxesIn(whole.subarray(0, iprp.end), iprp.body)?.find(({ type }) => type === 'ipco');
  for (const box of ipco === undefined ? [] : (boxesIn(whole.subarray(0, ipco.end), ipco.body) ?? [])) {
    const profile = box.type === 'colr' && ['prof', 'rICC'].includes(whole.toString('latin1', box.body, box.body + 4));
    if (TELLING.has(box.type)) free(edits, moved(box, base), 'other');
    else if (profile && !keep.profile) free(edits, moved(box, base), 'profile');
  }
}

/** Goes through the boxes of a moving picture. Null when all is well. */
function strippedMovie(whole: Buffer, base: number, at: number, edits: Edits, size: number): StripPlan | null {
  const box = boxAt(whole, at, 0, whole.length);
  const children = box === null ? null : boxesIn(whole.subarray(0, box.end), box.body);
  if (children === null) return left('broken');
  for (const child of children) {
    if (['udta', 'meta', 'uuid'].includes(child.type)) free(edits, moved(child, base), 'other');
    else if (child.type === 'hdlr' && whole.toString('latin1', child.body + 8, child.body + 12) === 'meta') return left('odd');
    else if (child.type === 'stbl') {
      const frames = chunksOf(whole, child);
      if (frames === null) return left('odd');
      if (frames.some(({ to }) => to > size)) return left('cut');
      for (const { from, to } of frames) edits.need(from, to);
    } else if (MOVIE.has(child.type)) {
      const odd = strippedMovie(whole, base, child.from, edits, size);
      if (odd !== null) return odd;
    } else if (TIMED.has(child.type)) {
      const [from, to] = [child.body + 4, child.body + (whole[child.body] === 1 ? 20 : 12)];
      if (whole.subarray(from, to).some((byte) => byte !== 0)) edits.blank(['other'], base + from, base + to);
    }
  }
  return null;
}
