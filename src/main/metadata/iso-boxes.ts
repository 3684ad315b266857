/** A box of ISO/IEC 14496-12: its name, where it begins, where its content does, and where both end. */
export type Box = { readonly type: string; readonly from: number; readonly body: number; readonly end: number };

/** Reads a box's head at `at` in `bytes`, which lie at `base` in their file; null where there is none that fits before `limit`. */
export function boxAt(bytes: Buffer, at: number, base: number, limit: number): Box | null {
  if (at + 8 > bytes.length) return null;
  const short = bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  if (short === 1 && at + 16 > bytes.length) return null;
  const head = short === 1 ? 16 : 8;
  // A length of 0: to the end of what it is in.
  const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? limit - (base + at) : short;
  const from = base + at;
  return length < head || from + length > limit ? null : { type, from, body: from + head, end: from + length };
}

/** The boxes that follow each other in `bytes` from `at` on, with places in `bytes`; null where they do not come out even. */
export function boxesIn(bytes: Buffer, at: number): readonly Box[] | null {
  const boxes = wholeBoxesIn(bytes, at);
  return (boxes.at(-1)?.end ?? at) < bytes.length ? null : boxes;
}

/** The boxes that follow each other in `bytes` from `at` on, up to what is none: stray bytes may lie behind a file's last one. */
export function wholeBoxesIn(bytes: Buffer, at: number): readonly Box[] {
  const boxes: Box[] = [];
  for (let box = boxAt(bytes, at, 0, bytes.length); box !== null; box = boxAt(bytes, box.end, 0, bytes.length)) boxes.push(box);
  return boxes;
}

/** Reads numbers one after another from bytes; throws `RangeError` past their end. */
export interface NumberReader {
  at: number;
  /** A number of 0 to 8 bytes, the first the greatest. */
  take(length: number): number;
}

export const createNumberReader = (bytes: Buffer, at: number): NumberReader => ({
  at,
  take(length) {
    if (length === 0) return 0;
    const value = length === 8 ? Number(bytes.readBigUInt64BE(this.at)) : bytes.readUIntBE(this.at, length);
    this.at += length;
    return value;
  },
});
