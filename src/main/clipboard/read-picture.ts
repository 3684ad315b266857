import type { ClipboardPort } from '../platform';
import { contentTypeOf } from '../preparation';
import { beginsAs, moves, ORIGINALS } from './picture-kinds';

export type ClipboardPicture = { readonly mime: string; readonly bytes: Uint8Array };

/** Toolkits that make every format they know out of one bitmap offer these as well; then only PNG loses nothing. */
const TOOLKIT_SIGNS = ['image/bmp', 'image/tiff'] as const;

/**
 * The picture on the clipboard as the bytes that the other program has, wherever it offers them: what moves first, then a
 * file's own JPEG, GIF or WebP, unless a toolkit made it from a bitmap just now; then PNG, and what is offered in no other
 * way. Null when there is none.
 */
export const readPicture = async (clipboard: ClipboardPort): Promise<ClipboardPicture | null> => {
  const originals: ClipboardPicture[] = [];
  for (const mime of ORIGINALS) {
    const bytes = await clipboard.readRaw(mime);
    if (bytes !== null && beginsAs(mime, bytes)) originals.push({ mime, bytes });
  }
  const moving = originals.find(({ mime, bytes }) => moves(mime, bytes));
  if (moving !== undefined) return moving;
  const [original] = originals;
  if (original !== undefined && !(await isMadeByToolkit(clipboard))) return original;
  const png = await clipboard.readRaw('image/png');
  if (png !== null && beginsAs('image/png', png)) return { mime: 'image/png', bytes: png };
  const encoded = await clipboard.readPng();
  return encoded === null ? (original ?? (await readOther(clipboard))) : { mime: 'image/png', bytes: encoded };
};

/** Kinds that no system decodes, as programs name them; not every system lists them among what is offered. */
const OTHERS = ['image/avif', 'image/heic', 'image/heif', 'image/jxl', 'image/tiff', 'image/bmp', 'image/x-bmp', 'image/x-ms-bmp', 'image/svg+xml'] as const;

/** A picture of a kind that the system does not decode; its bytes tell what it is. Beside words nobody offers such alone. */
const readOther = async (clipboard: ClipboardPort): Promise<ClipboardPicture | null> => {
  if ((await clipboard.formats()).includes('text/plain')) return null;
  for (const format of OTHERS) {
    const bytes = await clipboard.readRaw(format);
    if (bytes === null) continue;
    const { kind, mime } = await contentTypeOf(bytes);
    if (kind === 'image') return { mime, bytes };
  }
  return null;
};

const isMadeByToolkit = async (clipboard: ClipboardPort): Promise<boolean> => {
  if (!(await clipboard.formats()).includes('image/png')) return false;
  for (const sign of TOOLKIT_SIGNS) if ((await clipboard.readRaw(sign)) !== null) return true;
  return false;
};
