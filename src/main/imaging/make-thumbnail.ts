import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { TooManyPixels } from './decode-other';
import type { Sharp } from './load-sharp';
import type { NoThumbnail, ThumbnailReply, ThumbnailRequest } from './messages';
import { openPicture, read, type Source } from './open-picture';

/** The longer edge of a thumbnail, in pixels: enough for a 200 px cell on a dense screen. */
export const EDGE = 400;
const MAX_SVG_BYTES = 10_000_000;
const SECONDS = 20;

/** Loaders that read other files or run code of the picture are shut; drawings come in as bytes, without a place to read from. */
const SHUT = { operation: ['VipsForeignLoadSvgFile', 'VipsForeignLoadPdf', 'VipsForeignLoadMagick'] };

export const hardenSharp = (sharp: Sharp): Sharp => {
  sharp.block(SHUT);
  sharp.cache(false);
  return sharp;
};

/** What is read: the picture in the colours that it means, from any format that is read here. Of one that is damaged or cut off, what is left is still shown. */
const opened = async (sharp: Sharp, path: string): Promise<Pick<Source, 'input' | 'density'>> => {
  try {
    return await openPicture(sharp, path);
  } catch (error) {
    if (error instanceof TooManyPixels) throw error;
    // A drawing that is not to be drawn is not drawn here either: drawings are read from bytes alone.
    return { input: path, density: null };
  }
};

const isDrawing = (path: string): boolean => /\.svgz?$/i.test(path);

/** The thumbnail's bytes: at most 400 px, turned upright, first frame only, transparency kept, metadata dropped. Rejects for what is no picture. */
export const thumbnailOf = async (sharp: Sharp, path: string): Promise<Uint8Array> => {
  const picture = read(sharp, await opened(sharp, path), { failOn: 'none', sequentialRead: true });
  return picture
    .timeout({ seconds: SECONDS })
    .rotate()
    .resize({ width: EDGE, height: EDGE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 3 })
    .toBuffer();
};

/** The edge of a picture in a menu: 16 points on a dense screen. */
const MENU_EDGE = 32;

/** The same picture as a square PNG for a menu, with transparent borders where it is not square. */
const menuPictureOf = async (sharp: Sharp, path: string, edge: number): Promise<Uint8Array> =>
  read(sharp, await opened(sharp, path), { failOn: 'none' })
    .timeout({ seconds: SECONDS })
    .rotate()
    .resize({ width: edge, height: edge, fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** Whether a file holds just these bytes: what a crash or a full disk cut off does not. */
const holds = (path: string, bytes: Uint8Array): Promise<boolean> => readFile(path).then((found) => found.equals(bytes), () => false);

/** Writes under a temporary name and renames, so that a thumbnail is there whole or not at all; a damaged one is replaced. */
const keep = async (folder: string, bytes: Uint8Array, wantedName: string | undefined): Promise<string> => {
  const name = wantedName ?? `${createHash('sha256').update(bytes).digest('hex')}.webp`;
  if (await holds(join(folder, name), bytes)) {
    // Fresh again, so that no sweep takes it for forgotten before its record names it.
    await utimes(join(folder, name), new Date(), new Date());
    return name;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return name;
};

const reasonOf = (error: unknown): NoThumbnail => {
  const text = error instanceof Error ? error.message : '';
  if (/timeout/i.test(text)) return 'timeout';
  return /pixel limit|too large/i.test(text) ? 'too_big' : 'failed';
};

/** Makes and keeps one thumbnail, or one picture of a menu. Never rejects. */
export const makeThumbnail = async (sharp: Sharp, request: Omit<ThumbnailRequest, 'do'>): Promise<ThumbnailReply> => {
  const { id, path, folder, menuName, edge = MENU_EDGE } = request;
  let bytes: Uint8Array;
  try {
    if (isDrawing(path) && (await stat(path)).size > MAX_SVG_BYTES) return { id, ok: false, reason: 'too_big' };
    bytes = menuName === undefined ? await thumbnailOf(sharp, path) : await menuPictureOf(sharp, path, edge);
  } catch (error) {
    return { id, ok: false, reason: reasonOf(error) };
  }
  try {
    return { id, ok: true, name: await keep(folder, bytes, menuName) };
  } catch {
    return { id, ok: false, reason: 'disk' };
  }
};
