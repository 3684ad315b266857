import { readFully } from '../../lib/plain-file';
import type { Piece, StripKeep, StripPlan } from './contract';
import { planStrip, strippableFormat } from './plan-strip';
import { left } from './scan';

/** The file lost bytes while it was read. */
export class ShorterError extends Error {
  constructor() {
    super('the file became shorter');
    this.name = 'ShorterError';
  }
}

/** An open file, with `step` as the place for what is read of it: the first `filled` bytes are in there already, all of a file that is no larger. */
export type OpenFile = { readonly file: number; readonly size: number; readonly step: Buffer; readonly filled: number };

/**
 * Looks for what has to go from an open file. `step` is written over where the file is larger than it; every such reading
 * is told, in the order of their places, with stretches left out that need not be looked at. Rejects with the system's error, or when `signal` aborts.
 */
export async function planFile(open: OpenFile, keep: StripKeep, signal: AbortSignal, onRead: (at: number, bytes: Buffer) => void = () => undefined): Promise<StripPlan> {
  const { file, size, step } = open;
  const format = strippableFormat(step.subarray(0, open.filled));
  if (format === null) return left('format');
  const scan = planStrip(format, size, keep);
  let [base, length, asked] = [0, open.filled, scan.next()];
  while (asked.done !== true) {
    const { at, least } = asked.value;
    if (at < base || at + least > base + length) {
      signal.throwIfAborted();
      [base, length] = [at, await readFully(file, step, at)];
      onRead(base, step.subarray(0, length));
    }
    asked = scan.next(step.subarray(at - base, length));
  }
  return asked.value;
}

/** The new file of one that is in memory. */
export const joinPieces = (file: Buffer, pieces: readonly Piece[]): Buffer => Buffer.concat(pieces.map((piece) => ('bytes' in piece ? piece.bytes : file.subarray(piece.from, piece.to))));

/**
 * The bytes of the new file, step by step, each good until the next one is asked for; `step` is written over. Rejects with
 * the system's error, when the old file has become too short, or when `signal` aborts.
 */
export async function* readPieces({ file, step }: Pick<OpenFile, 'file' | 'step'>, pieces: readonly Piece[], signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  for (const piece of pieces) {
    if ('bytes' in piece) {
      yield piece.bytes;
      continue;
    }
    for (let at = piece.from; at < piece.to; at += step.length) {
      signal.throwIfAborted();
      const part = step.subarray(0, Math.min(step.length, piece.to - at));
      if ((await readFully(file, part, at)) < part.length) throw new ShorterError();
      yield part;
    }
  }
}
