import type { StripPlan, WhyLeft } from './contract';

/** A scan asks for the bytes of a file from `at` on, `least` of them or more. */
export type Ask = { readonly at: number; readonly least: number };

/**
 * Looks through a file without reading it itself: whoever runs it answers each `Ask` with bytes that begin at `at` and stay
 * as they are until the next one. Fewer than `least` mean that the file ends there. Scans of formats whose parts lie anywhere ask back and forth.
 */
export type Scan<T = StripPlan> = Generator<Ask, T, Buffer>;

/** No scan asks for more at once. */
export const LARGEST_ASK = 128 * 1024;

export const left = (why: WhyLeft): StripPlan => ({ type: 'left', why });

/** A place in a file of `size` bytes. */
export interface Cursor {
  at: number;
  readonly size: number;
  /** The bytes from here on, `least` of them or more; null when the file ends before. */
  look(least: number): Scan<Buffer | null>;
}

export function createCursor(size: number): Cursor {
  let window: Buffer = Buffer.alloc(0);
  let base = 0;
  return {
    at: 0,
    size,
    *look(least) {
      if (this.at + least > size) return null;
      if (this.at < base || this.at + least > base + window.length) {
        base = this.at;
        window = yield { at: base, least };
        if (window.length < least) return null;
      }
      return window.subarray(this.at - base);
    },
  };
}

/** Runs a scan over a file that is in memory. */
export function scanBytes<T>(scan: Scan<T>, file: Buffer): T {
  let asked = scan.next();
  while (asked.done !== true) asked = scan.next(file.subarray(asked.value.at));
  return asked.value;
}
