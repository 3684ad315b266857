import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { QueueInput } from '../queue';
import { codeOf } from '../../lib/atomic-file';
import { fileProblem } from './file-problems';
import { extensionOf, isMediaName, mediaTypeOf, SNIFF_BYTES } from './media-type';

const naturally = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * What a person handed over, as inputs in the same order: files as they are, folders walked for pictures and
 * videos in natural order of their names. Hidden files are left out and links that lead in circles are followed
 * once. A path that leads nowhere, or a folder without pictures, keeps its slot with its problem. Never rejects.
 */
export async function inputsFromPaths(paths: readonly string[], now: () => number): Promise<readonly QueueInput[]> {
  const inputs: QueueInput[] = [];
  for (const path of paths) inputs.push(...(await inputsOf(path, now)));
  return inputs;
}

async function inputsOf(path: string, now: () => number): Promise<readonly QueueInput[]> {
  const name = basename(path) || path;
  const bad = (trouble: 'missing' | 'unreadable' | 'folderEmpty', detail: string | null = null): readonly QueueInput[] => [
    { type: 'bad', name, problem: fileProblem(trouble, name, now(), detail) },
  ];
  try {
    const facts = await stat(path);
    if (facts.isFile()) return [{ type: 'file', path }];
    if (!facts.isDirectory()) return bad('unreadable');
    await readdir(path);
    const found = await walk(path, new Set());
    return found.length === 0 ? bad('folderEmpty') : found.map((file) => ({ type: 'file', path: file }));
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? bad('missing') : bad('unreadable', code === '' ? null : code);
  }
}

/** Files below a folder. What cannot be read inside it is left out. */
async function walk(folder: string, seen: Set<string>): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    const entries = (await readdir(folder)).filter((entry) => !entry.startsWith('.')).sort(naturally.compare);
    for (const entry of entries) {
      const path = join(folder, entry);
      const facts = await statOrNothing(path);
      if (facts?.isDirectory() === true) files.push(...(await walk(path, seen)));
      else if (facts?.isFile() === true && (await isMedia(path, entry))) files.push(path);
    }
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
  return files;
}

async function statOrNothing(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return undefined;
  }
}

async function isMedia(path: string, name: string): Promise<boolean> {
  if (isMediaName(name)) return true;
  if (extensionOf(name) !== '') return false;
  const handle = await open(path, 'r');
  try {
    const head = Buffer.alloc(SNIFF_BYTES);
    const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0);
    return (await mediaTypeOf(name, head.subarray(0, bytesRead))).kind !== 'other';
  } finally {
    await handle.close();
  }
}
