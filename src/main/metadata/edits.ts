import type { MetadataKind, Piece, StripPlan } from './contract';
import { left } from './scan';

/** A stretch of the old file that is written over in place; null: with zeros. */
type Edit = { readonly from: number; readonly to: number; readonly bytes: Buffer | null };
type Range = { readonly from: number; readonly to: number };

/** A file whose parts are known by their places: nothing in it moves, what goes is written over. */
export interface Edits {
  /** The stretch is needed to draw the picture. */
  need(from: number, to: number): void;
  /** What lies there goes, and zeros or `bytes` of the same length take its place. */
  blank(kinds: readonly MetadataKind[], from: number, to: number, bytes?: Buffer): void;
  /** Whether all that is needed, or goes, lies before this place. */
  within(end: number): boolean;
  /** The plan for a file of `size` bytes of which those from `end` on go. What is needed and blanked at once makes it an odd one. */
  plan(size: number, end?: number): StripPlan;
}

const ZEROS = Buffer.alloc(64 * 1024);

export function createEdits(): Edits {
  const edits: Edit[] = [];
  const needed: Range[] = [];
  const removed = new Set<MetadataKind>();
  return {
    need: (from, to) => void needed.push({ from, to }),
    blank(kinds, from, to, bytes) {
      for (const kind of kinds) removed.add(kind);
      if (to > from) edits.push({ from, to, bytes: bytes ?? null });
    },
    within: (end) => [...edits, ...needed].every(({ to }) => to <= end),
    plan(size, end = size) {
      if (end < size) removed.add('trailer');
      if (removed.size === 0) return { type: 'clean' };
      const inOrder = edits.filter(({ from }) => from < end).sort((one, other) => one.from - other.from);
      if (inOrder.some(({ to }) => to > end) || needed.some(({ to }) => to > end) || overlap(inOrder, needed)) return left('odd');
      return { type: 'cut', pieces: piecesOf(inOrder, end), bytes: end, removed: [...removed] };
    },
  };
}

/** Whether a stretch is needed that is written over; also where two different writings meet. `edits` are in order. */
function overlap(edits: readonly Edit[], needed: readonly Range[]): boolean {
  const ranges = [...needed].sort((one, other) => one.from - other.from);
  let [at, reach, written, writtenBytes] = [0, -1, -1, -1];
  for (const edit of edits) {
    if (writtenBytes > edit.from || (edit.bytes !== null && written > edit.from)) return true;
    written = Math.max(written, edit.to);
    if (edit.bytes !== null) writtenBytes = Math.max(writtenBytes, edit.to);
    while (at < ranges.length && (ranges[at]?.from ?? 0) < edit.to) {
      reach = Math.max(reach, ranges[at]?.to ?? 0);
      at += 1;
    }
    if (reach > edit.from) return true;
  }
  return false;
}

function piecesOf(edits: readonly Edit[], end: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const edit of edits) {
    if (edit.from > at) pieces.push({ from: at, to: edit.from });
    if (edit.bytes !== null) pieces.push({ bytes: edit.bytes });
    else for (let from = Math.max(at, edit.from); from < edit.to; from += ZEROS.length) pieces.push({ bytes: ZEROS.subarray(0, Math.min(ZEROS.length, edit.to - from)) });
    at = Math.max(at, edit.to);
  }
  if (end > at) pieces.push({ from: at, to: end });
  return pieces;
}
