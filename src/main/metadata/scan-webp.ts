import type { MetadataKind, StripKeep, StripPlan } from './contract';
import { createDraft, type Verdict } from './draft';
import { bareExif, readExif, turnToKeep } from './exif';
import { createCursor, LARGEST_ASK, left, type Scan } from './scan';

const PICTURE = new Set(['VP8 ', 'VP8L', 'ANIM', 'ANMF', 'ALPH']);
/** What goes, and the bit in the first byte of VP8X that tells of it (RFC 9649, 2.7.1). */
const KINDS: ReadonlyMap<string, { readonly kind: MetadataKind; readonly flag: number }> = new Map([
  ['ICCP', { kind: 'profile', flag: 0x20 }],
  ['EXIF', { kind: 'exif', flag: 0x08 }],
  ['XMP ', { kind: 'xmp', flag: 0x04 }],
]);
/** `RIFF`, the size, `WEBP`; in extended files the head of VP8X and its flags follow. */
const HEAD = 12;
const EXTENDED_HEAD = HEAD + 9;

/** Takes the metadata out of a WebP, also of an animated one, and tells its header. */
export function* scanWebp(size: number, keep: StripKeep): Scan {
  const cursor = createCursor(size);
  const start = yield* cursor.look(HEAD + 8);
  if (start?.toString('latin1', 0, 4) !== 'RIFF' || start.toString('latin1', 8, HEAD) !== 'WEBP') return left('broken');
  const end = 8 + start.readUInt32LE(4);
  if (end > size) return left('cut');
  const extended = start.toString('latin1', HEAD, HEAD + 4) === 'VP8X';
  const head = Buffer.from(((yield* cursor.look(extended ? EXTENDED_HEAD : HEAD)) ?? start).subarray(0, extended ? EXTENDED_HEAD : HEAD));
  const [draft, judge, gone, stayed] = [createDraft(), createJudge(keep, extended), new Set<string>(), new Set<string>()];
  cursor.at = HEAD;
  while (cursor.at < end) {
    const [from, top] = [cursor.at, yield* cursor.look(8)];
    if (top === null) return left('cut');
    const [type, length] = [top.toString('latin1', 0, 4), top.readUInt32LE(4)];
    if (from + 8 + length > end) return left('broken');
    // A last chunk of odd length may lack the byte that fills it up.
    const next = Math.min(end, from + 8 + length + (length % 2));
    if (type === 'VP8X') {
      if (from !== HEAD || length < 10) return left('odd');
      draft.keep(from + 9, next);
    } else {
      const whole = length <= LARGEST_ASK - 8 ? yield* cursor.look(8 + length) : null;
      const verdict = judge(type, whole?.subarray(8, 8 + length) ?? null);
      draft.judged(verdict, from, next);
      (verdict === 'stays' || verdict.put !== undefined ? stayed : gone).add(type);
    }
    cursor.at = next;
  }
  if (!['VP8 ', 'VP8L', 'ANMF'].some((type) => stayed.has(type))) return left('broken');
  if (end < size) draft.drop('trailer');
  return headed(draft.plan(), head, [...gone].filter((type) => !stayed.has(type)));
}

/** Judges chunks in their order: of several blocks of Exif the first one counts, and in a plain file none does. */
function createJudge(keep: StripKeep, extended: boolean): (type: string, body: Buffer | null) => Verdict {
  let turned = !extended;
  return (type, body) => {
    if (PICTURE.has(type) || (type === 'ICCP' && keep.profile)) return 'stays';
    if (type !== 'EXIF' || body === null) return { drop: [KINDS.get(type)?.kind ?? 'other'] };
    // Some writers put the mark of JPEG's block before it.
    const marked = body.toString('latin1', 0, 6) === 'Exif\0\0';
    const exif = readExif(marked ? body.subarray(6) : body);
    const turn = turned ? null : turnToKeep(exif, keep);
    turned = true;
    if (turn === null) return { drop: exif.kinds };
    return exif.bare && !marked ? 'stays' : { drop: exif.kinds, put: chunk('EXIF', bareExif(turn)) };
  };
}

/** The plan with the file's head, which tells how long it is and what is in it. */
function headed(plan: StripPlan, head: Buffer, gone: readonly string[]): StripPlan {
  if (plan.type !== 'cut') return plan;
  const bytes = head.length + plan.bytes;
  head.writeUInt32LE(bytes - 8, 4);
  if (head.length === EXTENDED_HEAD) for (const type of gone) head[HEAD + 8] = (head[HEAD + 8] ?? 0) & ~(KINDS.get(type)?.flag ?? 0);
  return { ...plan, bytes, pieces: [{ bytes: head }, ...plan.pieces] };
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
