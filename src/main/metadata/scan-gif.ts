import type { MetadataKind, StripKeep, StripPlan } from './contract';
import { createDraft } from './draft';
import { createCursor, left, type Cursor, type Scan } from './scan';

const [EXTENSION, IMAGE, TRAILER, GRAPHIC_CONTROL, PLAIN_TEXT, COMMENT, APPLICATION] = [0x21, 0x2c, 0x3b, 0xf9, 0x01, 0xfe, 0xff];
/** Blocks of programs that say how often the frames are repeated. */
const LOOPS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);
const PROFILE = 'ICCRGBG1012';
const XMP = 'XMP DataXMP';

/** Takes comments and programs' own blocks out of a GIF. Frames, their times and their repetition stay. */
export function* scanGif(size: number, keep: StripKeep): Scan {
  const cursor = createCursor(size);
  const draft = createDraft();
  const start = yield* cursor.look(13);
  if (start === null || !/^GIF8[79]a$/.test(start.toString('latin1', 0, 6))) return left('broken');
  cursor.at = 13 + tableLength(start[10] ?? 0);
  if (cursor.at > size) return left('cut');
  draft.keep(0, cursor.at);
  let drawn = false;
  for (;;) {
    const [from, head] = [cursor.at, yield* cursor.look(1)];
    // Many writers leave the last byte out.
    if (head === null) return drawn && from === size ? draft.plan() : left('cut');
    if (head[0] === TRAILER) return drawn ? endOf(from + 1) : left('broken');
    const kind = head[0] === EXTENSION ? yield* judgeExtension(cursor, keep) : null;
    const end = head[0] === IMAGE ? yield* afterImage(cursor) : head[0] === EXTENSION ? yield* afterExtension(cursor) : left('broken');
    if (typeof end !== 'number') return end;
    drawn ||= head[0] === IMAGE;
    if (kind === null) draft.keep(from, end);
    else draft.drop(kind);
    cursor.at = end;
  }

  function endOf(end: number): StripPlan {
    draft.keep(end - 1, end);
    if (end < size) draft.drop('trailer');
    return draft.plan();
  }
}

/** What the extension at the cursor is taken out as; null for one that stays. */
function* judgeExtension(cursor: Cursor, keep: StripKeep): Scan<MetadataKind | null> {
  const head = yield* cursor.look(Math.min(14, cursor.size - cursor.at));
  const label = head?.[1];
  if (label === GRAPHIC_CONTROL || label === PLAIN_TEXT) return null;
  if (label === COMMENT) return 'comment';
  const program = label === APPLICATION ? (head?.toString('latin1', 3, 14) ?? '') : '';
  if (LOOPS.has(program)) return null;
  if (program === PROFILE) return keep.profile ? null : 'profile';
  return program === XMP ? 'xmp' : 'other';
}

/** How long the colour table is that a byte of flags tells of. */
const tableLength = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function* afterImage(cursor: Cursor): Scan<number | StripPlan> {
  const head = yield* cursor.look(10);
  if (head === null) return left('cut');
  // After the table: the size of the first code, then the compressed data.
  cursor.at += 10 + tableLength(head[9] ?? 0) + 1;
  return (yield* afterBlocks(cursor)) ? cursor.at : left('cut');
}

function* afterExtension(cursor: Cursor): Scan<number | StripPlan> {
  cursor.at += 2;
  return (yield* afterBlocks(cursor)) ? cursor.at : left('cut');
}

/** Goes over blocks, each with its length before it, to behind the empty one that ends them; false where the file ends first. */
function* afterBlocks(cursor: Cursor): Scan<boolean> {
  for (;;) {
    const window = yield* cursor.look(1);
    if (window === null) return false;
    let at = 0;
    while (at < window.length) {
      const length = window[at] ?? 0;
      at += 1 + length;
      if (length > 0) continue;
      cursor.at += at;
      return true;
    }
    cursor.at += at;
  }
}
