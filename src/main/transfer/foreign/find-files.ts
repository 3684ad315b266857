import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ImportSource } from '../../../shared/model/transfer';

/** Where the settings and the gallery of a PicGo or PicList lie; either may be missing. */
export type ForeignFiles = { readonly source: Exclude<ImportSource, 'picferry'>; readonly config: string | null; readonly gallery: string | null };

const CONFIGS = ['data.json', 'config.json'];
const GALLERIES = ['piclist.db', 'picgo.db'];

/** Finds both files from a folder or from one of them. Null when there is neither. */
export async function findForeignFiles(path: string): Promise<ForeignFiles | null> {
  const given = await kindOf(path);
  if (given === 'none') return null;
  const folder = given === 'folder' ? path : dirname(path);
  const name = given === 'folder' ? null : basename(path);
  const isGallery = name !== null && /\.db$/i.test(name);
  const isConfig = name !== null && /\.json$/i.test(name);
  if (name !== null && !isGallery && !isConfig) return null;
  const config = isConfig ? path : await firstOf(folder, CONFIGS);
  const gallery = isGallery ? path : await firstOf(folder, GALLERIES);
  if (config === null && gallery === null) return null;
  const piclist = /piclist/i.test(`${basename(folder)} ${basename(gallery ?? '')} ${name ?? ''}`);
  return { source: piclist ? 'piclist' : 'picgo', config, gallery };
}

async function firstOf(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const path = join(folder, name);
    if ((await kindOf(path)) === 'file') return path;
  }
  return null;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  const found = await stat(path).catch(() => null);
  return found === null ? 'none' : found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'none';
}
