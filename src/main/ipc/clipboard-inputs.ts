import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ClipboardPort } from '../platform';
import type { Intake } from '../preparation';
import type { QueueInput } from '../queue';

const MAX_URL = 4000;

const webAddress = (text: string): string | null => {
  const trimmed = text.trim();
  return trimmed.length <= MAX_URL && /^https?:\/\/\S+$/i.test(trimmed) ? trimmed : null;
};

/** The name a pasted picture gets: when it was pasted, in the person's own time zone. */
export const pastedName = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `pasted-${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}.png`;
};

/**
 * What the clipboard holds, as inputs: copied files first (only they keep an animation), then a
 * picture, then the address of one. Throws `PicferryError` kind `file` when it holds none of these.
 */
export const readClipboardInputs = async (
  clipboard: ClipboardPort,
  intake: Intake,
  signal: AbortSignal,
  now: () => number,
): Promise<readonly QueueInput[]> => {
  const files = await clipboard.readFiles();
  if (files.length > 0) return intake.paths(files);
  const png = await clipboard.readPng();
  if (png !== null) return [await intake.bytes(pastedName(now()), png)];
  const url = webAddress(await clipboard.readText());
  if (url !== null) return [await intake.url(url, signal)];
  throw new PicferryError(problemOf({ kind: 'file', sub: 'nothingToPaste', message: 'nothingToPaste' }, now()));
};
