import type { StripKeep, StripPlan } from './contract';
import { createDraft, type Draft, type Verdict } from './draft';
import { bareExif, readExif, turnToKeep } from './exif';
import { createGainMapParts, isIso, mapXmp, segment } from './gain-map';
import { createCursor, left, type Cursor, type Scan } from './scan';

/** Markers, by ITU-T T.81 table B.1. */
const [SOI, EOI, SOS, COM, APP0, APP1, APP2, APP13, APP14, APP15] = [0xd8, 0xd9, 0xda, 0xfe, 0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xef];

/** More segments, or fill bytes in a row, than any picture has. */
const MOST_SEGMENTS = 20_000;

/**
 * Takes the metadata out of a JPEG. What decoders need stays: JFIF, Adobe's colour transform, the colour profile, and the gain map of
 * an HDR picture, cleaned like the picture itself. What else lies behind the picture's end goes: previews, videos of moving
 * photos, makers' own blocks. A picture cut off within its compressed data is cleaned, too.
 */
export function* scanJpeg(size: number, keep: StripKeep): Scan {
  const cursor = createCursor(size);
  const draft = createDraft();
  const [judge, gain] = [createJudge(keep), createGainMapParts(draft)];
  const done = yield* scanPicture(cursor, draft, (marker, body, from, scanned) => (!scanned && gain.take(marker, body, from) ? 'taken' : judge(marker, body)));
  if (typeof done !== 'string') return done;
  let end = cursor.at;
  const map = done === 'ended' && gain.told() ? yield* gainMapIn(cursor, gain.places(), keep) : null;
  if (map === null) gain.leave();
  else {
    if (map.from > end) draft.drop('trailer');
    gain.keep(map.draft);
    end = cursor.at;
  }
  if (end < size) draft.drop('trailer');
  return draft.plan();
}

/** The gain map among the pictures at these places, and where it begins; the cursor stands behind it then. Null where none of them is one that can be read. */
function* gainMapIn(cursor: Cursor, places: readonly number[], keep: StripKeep): Scan<{ readonly from: number; readonly draft: Draft } | null> {
  let end = cursor.at;
  for (const from of places) {
    if (from < end || from + 4 > cursor.size) continue;
    cursor.at = from;
    const draft = createDraft();
    const judge = createJudge(keep);
    let isMap = false;
    const done = yield* scanPicture(cursor, draft, (marker, body) => {
      const told = mapXmp(marker, body);
      isMap ||= told !== null || isIso(marker, body);
      if (told !== null) return told.subarray(4).equals(body) ? 'stays' : { drop: ['xmp'], put: told };
      return isIso(marker, body) ? 'stays' : judge(marker, body);
    });
    if (done === 'ended' && isMap) return { from, draft };
    end = Math.max(end, from);
  }
  return null;
}

/** How a segment that begins at `from` is dealt with; `taken`: it was, elsewhere. */
type Judge = (marker: number, body: Buffer, from: number, scanned: boolean) => Verdict | 'taken';

/** Goes over one picture, from the cursor to behind its end. `open`: the file ends within its compressed data. */
function* scanPicture(cursor: Cursor, draft: Draft, judge: Judge): Scan<'ended' | 'open' | StripPlan> {
  const start = yield* cursor.look(2);
  if (start?.[0] !== 0xff || start[1] !== SOI) return left('broken');
  draft.keep(cursor.at, cursor.at + 2);
  cursor.at += 2;
  let scanned = false;
  for (let segments = 0; segments < MOST_SEGMENTS; segments += 1) {
    const [from, head] = [cursor.at, yield* cursor.look(2)];
    if (head === null) return left('cut');
    const marker = head[1] ?? 0;
    if (head[0] !== 0xff) return left('broken');
    if (marker === EOI) {
      if (!scanned) return left('broken');
      draft.keep(from, (cursor.at += 2));
      return 'ended';
    }
    if (marker === 0xff) {
      draft.keep(from, (cursor.at += 1));
      continue;
    }
    if (!hasLength(marker)) return left(marker >= 0xc0 && (marker < 0xd0 || marker > SOI) ? 'odd' : 'broken');
    const end = yield* endOfSegment(cursor);
    if (typeof end !== 'number') return end;
    const body = ((yield* cursor.look(end - from)) ?? Buffer.alloc(0)).subarray(4, end - from);
    const verdict = judge(marker, body, from, scanned);
    if (verdict !== 'taken') draft.judged(verdict, from, end);
    cursor.at = end;
    // Between two scans a decoder takes what follows a lost segment for more of the picture, unless it is a marker.
    if (verdict !== 'stays' && scanned && !(yield* atMarker(cursor))) return left('broken');
    if (marker !== SOS) continue;
    scanned = true;
    const ended = yield* toMarker(cursor);
    draft.keep(end, cursor.at);
    if (!ended) return 'open';
  }
  return left('odd');
}

/** Frames of the usual kinds, tables, scans, and what programs add. Hierarchical pictures and JPEG-LS follow other rules. */
const hasLength = (marker: number): boolean => (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= SOS && marker <= 0xdd) || (marker >= APP0 && marker <= APP15) || marker === COM;

function* endOfSegment(cursor: Cursor): Scan<number | StripPlan> {
  const head = yield* cursor.look(4);
  if (head === null) return left('cut');
  const length = head.readUInt16BE(2);
  if (length < 2) return left('broken');
  return cursor.at + 2 + length <= cursor.size ? cursor.at + 2 + length : left('cut');
}

function* atMarker(cursor: Cursor): Scan<boolean> {
  const head = yield* cursor.look(2);
  return head?.[0] === 0xff && ((head[1] ?? 0) === EOI || hasLength(head[1] ?? 0));
}

/** Goes over compressed data to the marker that ends it; false where the file ends first. */
function* toMarker(cursor: Cursor): Scan<boolean> {
  while (cursor.at + 2 <= cursor.size) {
    const window = yield* cursor.look(2);
    if (window === null) break;
    let at = window.indexOf(0xff);
    while (at !== -1 && at + 1 < window.length) {
      const next = window[at + 1] ?? 0;
      if (next === 0xff) at += 1;
      else if (next === 0 || (next >= 0xd0 && next <= 0xd7)) at = window.indexOf(0xff, at + 2);
      else {
        cursor.at += at;
        return true;
      }
    }
    cursor.at += at === -1 ? window.length : at;
  }
  cursor.at = cursor.size;
  return false;
}

/** Judges segments in their order: of several blocks of Exif the first one counts. */
function createJudge(keep: StripKeep): (marker: number, body: Buffer) => Verdict {
  let turned = false;
  const judgeExif = (body: Buffer): Verdict => {
    // With another byte behind its name no reader takes it for Exif.
    const exif = readExif(body.subarray(body[5] === 0 ? 6 : body.length));
    const turn = turned ? null : turnToKeep(exif, keep);
    turned = true;
    if (turn === null) return { drop: exif.kinds };
    return exif.bare ? 'stays' : { drop: exif.kinds, put: segment(APP1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), bareExif(turn)])) };
  };
  return (marker, body) => {
    if (marker === COM) return { drop: ['comment'] };
    if (marker < APP0 || marker > APP15) return 'stays';
    const says = (word: string): boolean => body.toString('latin1', 0, word.length) === word;
    if (marker === APP0 && says('JFIF\0')) return judgeJfif(body);
    if (marker === APP0 && says('JFXX\0')) return { drop: ['thumbnail'] };
    if (marker === APP1 && says('Exif\0')) return judgeExif(body);
    if (marker === APP1 && says('http://ns.adobe.com/x')) return { drop: ['xmp'] };
    if (marker === APP2 && says('ICC_PROFILE\0')) return keep.profile ? 'stays' : { drop: ['profile'] };
    if (marker === APP13 && says('Photoshop 3.0\0')) return { drop: ['iptc'] };
    return marker === APP14 && says('Adobe') ? 'stays' : { drop: ['other'] };
  };
}

/** A JFIF segment may hold a small picture of its own. */
function judgeJfif(body: Buffer): Verdict {
  if (body.length <= 14) return 'stays';
  return { drop: ['thumbnail'], put: segment(APP0, Buffer.concat([body.subarray(0, 12), Buffer.alloc(2)])) };
}
