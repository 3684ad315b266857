import { addressesIn, pictureMark, type OwnClipboard } from '../clipboard';

export type WatchClipboardDeps = {
  readonly clipboard: Pick<OwnClipboard, 'formats' | 'readRaw' | 'readPng' | 'readText' | 'isOwn'>;
  /** A picture that another program has put there; `mark` tells it from others. */
  readonly onPicture: (mark: string) => void;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onFault: (error: unknown) => void;
};

const EVERY_MS = 1000;
const LONGEST_MS = 10_000;
/** A look that takes a millisecond is followed by so many without one: watching never costs more than half a percent. */
const REST = 200;

/**
 * Tells of new pictures on the clipboard until it is closed; no system tells of a change by itself. What is there at first is
 * old. Only formats are asked for as long as they are without a picture; nothing is ever decoded.
 */
export const watchClipboard = ({ clipboard, onPicture, now, after, onFault }: WatchClipboardDeps): (() => void) => {
  let closed = false;
  /** Undefined before the first look; null without a picture. */
  let last: string | null | undefined;
  let cancel: () => void = () => undefined;

  const isClosed = (): boolean => closed;
  const mark = async (): Promise<string | null> => {
    const formats = await clipboard.formats();
    // Files that are copied bring their icons along.
    const files = formats.some((format) => /uri-list|file-url|filenames|filename/i.test(format));
    return files || !formats.some((format) => format.startsWith('image/')) ? null : pictureMark(clipboard, formats);
  };
  /** Copied words and cells come with a picture of themselves; the address of a copied picture may come with it. */
  const isOfWords = async (): Promise<boolean> => {
    const text = await clipboard.readText();
    return text.trim() !== '' && addressesIn(text).length === 0;
  };
  const look = async (): Promise<void> => {
    const began = now();
    try {
      const found = await mark();
      if (closed) return;
      const fresh = found !== null && last !== undefined && found !== last && !clipboard.isOwn(found);
      last = found;
      if (fresh && !(await isOfWords()) && !isClosed()) onPicture(found);
    } catch (error) {
      onFault(error);
    }
    if (!closed) plan(Math.min(LONGEST_MS, Math.max(EVERY_MS, (now() - began) * REST)));
  };
  const plan = (ms: number): void => {
    cancel = after(ms, () => void look());
  };
  plan(0);
  return () => {
    closed = true;
    cancel();
  };
};
