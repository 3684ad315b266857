import { boxesIn, createNumberReader, type Box } from './iso-boxes';

// Item information, places and references of ISO/IEC 14496-12, 8.11.

/** One item of a picture's file: a picture, a tile, a block of metadata. */
export type Item = { readonly id: number; readonly type: string; readonly contentType: string; readonly entry: Box };
/** Where an item's bytes lie: in the file itself (0), in the box `idat` (1), or within another item (2). */
export type Place = { readonly id: number; readonly method: number; readonly extents: readonly { readonly at: number; readonly length: number }[]; readonly from: number; readonly to: number };

/** The items that `iinf` tells of; null where it is of a kind that names no types. */
export function itemsOf(bytes: Buffer, iinf: Box): readonly Item[] | null {
  const reader = createNumberReader(bytes, iinf.body);
  const version = reader.take(1);
  reader.take(3);
  reader.take(version === 0 ? 2 : 4);
  const items: Item[] = [];
  for (const entry of boxesIn(bytes.subarray(0, iinf.end), reader.at) ?? []) {
    const inside = createNumberReader(bytes, entry.body);
    const entryVersion = inside.take(1);
    if (entry.type !== 'infe' || (entryVersion !== 2 && entryVersion !== 3)) return null;
    inside.take(3);
    const id = inside.take(entryVersion === 2 ? 2 : 4);
    inside.take(2);
    const type = bytes.toString('latin1', inside.at, inside.at + 4);
    const strings = bytes.toString('latin1', inside.at + 4, entry.end).split('\0');
    items.push({ id, type, contentType: type === 'mime' ? (strings[1] ?? '') : '', entry });
  }
  return items;
}

/** The places that `iloc` tells of. */
export function placesOf(bytes: Buffer, iloc: Box): readonly Place[] {
  const reader = createNumberReader(bytes, iloc.body);
  const version = reader.take(1);
  reader.take(3);
  const [sizes, more] = [reader.take(1), reader.take(1)];
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 4, sizes & 15, more >> 4, version === 0 ? 0 : more & 15];
  const count = reader.take(version < 2 ? 2 : 4);
  const places: Place[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = reader.at;
    const id = reader.take(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : reader.take(2) & 15;
    // The second number says in which file: 0 is this one.
    const outside = reader.take(2);
    const base = reader.take(baseSize);
    const extents = Array.from({ length: reader.take(2) }, () => {
      reader.take(indexSize);
      return { at: base + reader.take(offsetSize), length: reader.take(lengthSize) };
    });
    places.push({ id, method: outside === 0 ? method : 2, extents, from, to: reader.at });
  }
  return places;
}

/** The box `iinf` without the entries that go. */
export function iinfWithout(bytes: Buffer, iinf: Box, gone: readonly Item[]): Buffer {
  const made = Buffer.from(bytes.subarray(iinf.from, iinf.end));
  const version = made[iinf.body - iinf.from] ?? 0;
  const at = iinf.body - iinf.from + 4;
  if (version === 0) made.writeUInt16BE(made.readUInt16BE(at) - gone.length, at);
  else made.writeUInt32BE(made.readUInt32BE(at) - gone.length, at);
  return resized(without(made, iinf.from, gone.map(({ entry }) => ({ from: entry.from, to: entry.end }))));
}

/** The box `iloc` without the places that go. */
export function ilocWithout(bytes: Buffer, iloc: Box, gone: readonly Place[]): Buffer {
  const made = Buffer.from(bytes.subarray(iloc.from, iloc.end));
  const version = made[iloc.body - iloc.from] ?? 0;
  const at = iloc.body - iloc.from + 6;
  if (version < 2) made.writeUInt16BE(made.readUInt16BE(at) - gone.length, at);
  else made.writeUInt32BE(made.readUInt32BE(at) - gone.length, at);
  return resized(without(made, iloc.from, gone));
}

/** The box `iref` without what the items that go refer to; null where something that stays refers to one of them. */
export function irefWithout(bytes: Buffer, iref: Box, gone: ReadonlySet<number>): Buffer | null {
  const idLength = bytes[iref.body] === 0 ? 2 : 4;
  const cut: { readonly from: number; readonly to: number }[] = [];
  for (const box of boxesIn(bytes.subarray(0, iref.end), iref.body + 4) ?? []) {
    const reader = createNumberReader(bytes, box.body);
    const from = reader.take(idLength);
    const to = Array.from({ length: reader.take(2) }, () => reader.take(idLength));
    if (gone.has(from)) cut.push({ from: box.from, to: box.end });
    else if (to.some((id) => gone.has(id))) return null;
  }
  return resized(without(Buffer.from(bytes.subarray(iref.from, iref.end)), iref.from, cut));
}

/** The items that are small pictures of others (ISO/IEC 23008-12, 6.4.4) and nothing else: nobody refers to them. */
export function thumbnailsOf(bytes: Buffer, iref: Box, primary: number | null): ReadonlySet<number> {
  const idLength = bytes[iref.body] === 0 ? 2 : 4;
  const [small, named] = [new Set<number>(), new Set<number>(primary === null ? [] : [primary])];
  for (const box of boxesIn(bytes.subarray(0, iref.end), iref.body + 4) ?? []) {
    const reader = createNumberReader(bytes, box.body);
    const from = reader.take(idLength);
    for (let left = reader.take(2); left > 0; left -= 1) named.add(reader.take(idLength));
    if (box.type === 'thmb') small.add(from);
  }
  return new Set([...small].filter((id) => !named.has(id)));
}

/** The item that the box `pitm` says is the picture itself. */
export function primaryOf(bytes: Buffer, pitm: Box): number {
  const reader = createNumberReader(bytes, pitm.body);
  const version = reader.take(1);
  reader.take(3);
  return reader.take(version === 0 ? 2 : 4);
}

/** The box `ipma`, as long as before, without what belongs to the items that go; null where nothing does. Its entries end earlier, and zeros follow. */
export function ipmaWithout(bytes: Buffer, ipma: Box, gone: ReadonlySet<number>): Buffer | null {
  const reader = createNumberReader(bytes, ipma.body);
  const version = reader.take(1);
  const wide = (reader.take(3) & 1) === 1;
  const start = reader.at + 4;
  const count = reader.take(4);
  const stay: Buffer[] = [];
  for (let left = count; left > 0; left -= 1) {
    const from = reader.at;
    const id = reader.take(version === 0 ? 2 : 4);
    for (let associations = reader.take(1); associations > 0; associations -= 1) reader.take(wide ? 2 : 1);
    if (!gone.has(id)) stay.push(bytes.subarray(from, reader.at));
  }
  if (stay.length === count) return null;
  const made = Buffer.alloc(ipma.end - ipma.from);
  bytes.copy(made, 0, ipma.from, start);
  made.writeUInt32BE(stay.length, start - 4 - ipma.from);
  Buffer.concat(stay).copy(made, start - ipma.from);
  return made;
}

function without(box: Buffer, base: number, cuts: readonly { readonly from: number; readonly to: number }[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { from, to } of [...cuts].sort((one, other) => one.from - other.from)) {
    parts.push(box.subarray(at, from - base));
    at = to - base;
  }
  return Buffer.concat([...parts, box.subarray(at)]);
}

/** A box with its length set right; one whose head has a long length keeps it. */
function resized(box: Buffer): Buffer {
  if (box.readUInt32BE(0) === 1) box.writeBigUInt64BE(BigInt(box.length), 8);
  else box.writeUInt32BE(box.length, 0);
  return box;
}
