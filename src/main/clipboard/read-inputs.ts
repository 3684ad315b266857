import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Intake } from '../preparation';
import type { QueueInput } from '../queue';
import { addressesIn } from './addresses';
import { contentOfHtml, type HtmlPicture } from './html-pictures';
import { pastedName } from './pasted-name';
import { extensionFor } from './picture-kinds';
import type { OwnClipboard } from './own-clipboard';
import type { ClipboardPicture } from './read-picture';

/** How long the original of a copied animation is waited for. */
const ORIGINAL_MS = 10_000;

/** So many addresses are fetched together. */
const AT_ONCE = 6;

/** Stands in names for a program that no system told of. */
const UNKNOWN_APP = 'clipboard';

type ReadableClipboard = Pick<OwnClipboard, 'formats' | 'source' | 'readFiles' | 'readPicture' | 'readHtml' | 'readText'>;

/**
 * What the clipboard holds, as inputs: copied files first (they are the originals), then a picture in its own bytes where
 * they are offered, then the pictures of copied HTML, then addresses of pictures, one a line. One that cannot be had keeps
 * its slot among others; alone it is thrown. Throws `PicferryError` kind `file` when there is none of these.
 */
export const readClipboardInputs = async (clipboard: ReadableClipboard, intake: Intake, signal: AbortSignal, now: () => number): Promise<readonly QueueInput[]> => {
  const files = await clipboard.readFiles();
  if (files.length > 0) return intake.paths(files);
  // Asked first: once a link takes its place, the clipboard is Picferry's own.
  const clipboardApp = (await clipboard.source()) || UNKNOWN_APP;
  const take = takers(intake, signal, now);
  const picture = await clipboard.readPicture();
  if (picture !== null) return [from(clipboardApp, await take.picture(picture, (await clipboard.formats()).includes('text/html') ? await clipboard.readHtml() : ''))];
  const { pictures } = contentOfHtml(await clipboard.readHtml());
  if (pictures.length > 0) return (await take.all(pictures)).map((input) => from(clipboardApp, input));
  const addresses = addressesIn(await clipboard.readText());
  if (addresses.length > 0) return (await take.all(addresses.map((url) => ({ type: 'address', url })))).map((input) => from(clipboardApp, input));
  throw new PicferryError(problemOf({ kind: 'file', sub: 'nothingToPaste', message: 'nothingToPaste' }, now()));
};

const from = (clipboardApp: string, input: QueueInput): QueueInput => (input.type === 'kept' ? { ...input, clipboardApp } : input);

type Takers = {
  readonly picture: (picture: ClipboardPicture, html: string) => Promise<QueueInput>;
  readonly all: (pictures: readonly HtmlPicture[]) => Promise<readonly QueueInput[]>;
};

const takers = (intake: Intake, signal: AbortSignal, now: () => number): Takers => {
  const one = (picture: HtmlPicture, place: number): Promise<QueueInput> =>
    picture.type === 'address' ? intake.url(picture.url, signal) : intake.bytes(pastedName(now(), extensionFor(picture.mime), place), picture.bytes);
  return {
    picture: async ({ mime, bytes }, html) => {
      const animation = mime === 'image/png' ? copiedAnimation(html) : null;
      const original = animation === null ? null : await originalOf(animation, intake, signal, now);
      return original ?? intake.bytes(pastedName(now(), extensionFor(mime)), bytes);
    },
    all: async (pictures) => {
      const [first] = pictures;
      if (pictures.length === 1 && first !== undefined) return [await one(first, 0)];
      const inputs: QueueInput[] = [];
      for (let at = 0; at < pictures.length; at += AT_ONCE) {
        inputs.push(...(await Promise.all(pictures.slice(at, at + AT_ONCE).map((picture, place) => slot(one(picture, at + place), picture)))));
      }
      return inputs;
    },
  };
};

/** Browsers copy an animated GIF as a still PNG and name the original in the HTML beside it. */
const copiedAnimation = (html: string): HtmlPicture | null => {
  if (html === '') return null;
  const { pictures, words } = contentOfHtml(html);
  const [only, ...others] = pictures;
  if (words || only === undefined || others.length > 0) return null;
  return (only.type === 'bytes' ? only.mime === 'image/gif' : /\.gif(?:[?#]|$)/i.test(only.url)) ? only : null;
};

/** Null when it cannot be had: the still picture is there. */
const originalOf = async (animation: HtmlPicture, intake: Intake, signal: AbortSignal, now: () => number): Promise<QueueInput | null> => {
  if (animation.type === 'bytes') return intake.bytes(pastedName(now(), 'gif'), animation.bytes);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  const timer = setTimeout(abort, ORIGINAL_MS);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await intake.url(animation.url, stop.signal);
  } catch (error) {
    if (error instanceof PicferryError && !signal.aborted) return null;
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
};

const slot = async (input: Promise<QueueInput>, picture: HtmlPicture): Promise<QueueInput> => {
  try {
    return await input;
  } catch (error) {
    if (!(error instanceof PicferryError) || error.problem.kind === 'cancelled') throw error;
    return { type: 'bad', name: picture.type === 'address' ? picture.url : 'picture', problem: error.problem };
  }
};
