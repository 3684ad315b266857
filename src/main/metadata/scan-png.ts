import type { StripKeep } from './contract';
import { createDraft, type Verdict } from './draft';
import { bareExif, readExif, turnToKeep } from './exif';
import { pngChunk } from './png-chunks';
import { createCursor, LARGEST_ASK, left, type Cursor, type Scan } from './scan';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** Chunks that the picture is made of, or that change how its pixels look (PNG, third edition, chapter 11). */
const PICTURE = new Set('IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '));
const TEXT = new Set(['tEXt', 'zTXt', 'iTXt']);
const XMP = 'XML:com.adobe.xmp';

/** Takes the metadata out of a PNG, also of an animated one. Chunks that nobody needs to draw it go, known or not. */
export function* scanPng(size: number, keep: StripKeep): Scan {
  const cursor = createCursor(size);
  const start = yield* cursor.look(16);
  if (start === null || !start.subarray(0, 8).equals(SIGNATURE) || start.toString('latin1', 12, 16) !== 'IHDR') return left('broken');
  const [draft, judge] = [createDraft(), createJudge(keep)];
  draft.keep(0, 8);
  cursor.at = 8;
  for (let [drawn, interrupted] = [false, false]; ; ) {
    const [from, head] = [cursor.at, yield* cursor.look(12)];
    if (head === null) return left('cut');
    const [type, length] = [head.toString('latin1', 4, 8), head.readUInt32BE(0)];
    if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff) return left('broken');
    const end = from + 12 + length;
    if (end > size) return left('cut');
    // A chunk whose name begins with a capital must not be left out by who does not know it.
    if (!PICTURE.has(type) && /^[A-Z]/.test(type)) return left('odd');
    const body = PICTURE.has(type) ? null : yield* bodyOf(cursor, Math.min(length, LARGEST_ASK - 12));
    const verdict = judge(type, body);
    draft.judged(verdict, from, end);
    // Readers stop where the data of the picture do, and would go on where they come together.
    if (type === 'IDAT' && interrupted) return left('broken');
    interrupted ||= drawn && verdict !== 'stays';
    drawn ||= type === 'IDAT';
    cursor.at = end;
    if (type !== 'IEND') continue;
    if (!drawn) return left('broken');
    if (end < size) draft.drop('trailer');
    return draft.plan();
  }
}

function* bodyOf(cursor: Cursor, length: number): Scan<Buffer> {
  return ((yield* cursor.look(8 + length)) ?? Buffer.alloc(0)).subarray(8, 8 + length);
}

/** Judges chunks in their order: of several blocks of Exif the first one counts. */
function createJudge(keep: StripKeep): (type: string, body: Buffer | null) => Verdict {
  let turned = false;
  return (type, body) => {
    if (body === null) return type === 'iCCP' && !keep.profile ? { drop: ['profile'] } : 'stays';
    if (TEXT.has(type)) return { drop: [body.toString('latin1', 0, XMP.length) === XMP ? 'xmp' : 'comment'] };
    if (type !== 'eXIf') return { drop: ['other'] };
    const exif = readExif(body);
    const turn = turned ? null : turnToKeep(exif, keep);
    turned = true;
    if (turn === null) return { drop: exif.kinds };
    return exif.bare ? 'stays' : { drop: exif.kinds, put: pngChunk('eXIf', bareExif(turn)) };
  };
}
