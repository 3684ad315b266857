import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { QueueInput } from '../queue';
import { codeOf } from '../../lib/atomic-file';
import { fileProblem, isNoText } from './file-problems';
import { extensionOf, headOf, isMediaName, mediaTypeOf } from './media-type';

/** So many files are looked at together. */
const AT_ONCE = 64;

let collator: Intl.Collator | undefined;
/** Compares by the natural order. Made when first used: the tables behind it take ten milliseconds to load. */
const naturally = (a: string, b: string): number => (collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })).compare(a, b);

/**
 * What a person handed over, as inputs in the same order: files as they are, folders walked for pictures and
 * videos in natural order of their names. Hidden files are left out and links that lead in circles are followed
 * once. A path that leads nowhere, or a folder without pictures, keeps its slot with its problem. Never rejects.
 */
export async function inputsFromPaths(paths: readonly string[], now: () => number): Promise<readonly QueueInput[]> {
  return (await together(paths, (path) => inputsOf(path, now))).flat();
}

/** Runs `work` on many items at once, few enough to leave room for other file work; the answers are in the items' order. */
async function together<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) answers.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return answers;
}

async function inputsOf(path: string, now: () => number): Promise<readonly QueueInput[]> {
  const name = basename(path) || path;
  const bad = (trouble: 'missing' | 'unreadable' | 'folderEmpty', detail: string | null = null): readonly QueueInput[] => [
    { type: 'bad', name, problem: fileProblem(trouble, name, now(), detail, path) },
  ];
  try {
    const facts = await stat(path);
    if (facts.isFile()) return [{ type: 'file', path }];
    if (!facts.isDirectory()) return bad('unreadable');
    const found = await walk(path, await readdir(path, { withFileTypes: true }), new Set());
    return found.length === 0 ? bad('folderEmpty') : found.map((file) => ({ type: 'file', path: file }));
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? bad('missing') : bad('unreadable', code === '' ? null : code);
  }
}

/** Files below a folder that holds `entries`. What cannot be read inside it is left out, but for what has a name that is no text. */
async function walk(folder: string, entries: readonly Dirent[], seen: Set<string>): Promise<readonly string[]> {
  const real = await realpath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const shown = entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => naturally(a.name, b.name));
  const kinds = await together(shown, (entry) => kindOf(join(folder, entry.name), entry));
  const files: string[] = [];
  // One folder after the other: which of two ways to the same folder is followed is then always the first.
  for (const [index, { name }] of shown.entries()) {
    const path = join(folder, name);
    if (kinds[index] === 'media') files.push(path);
    else if (kinds[index] === 'folder') files.push(...(await filesBelow(path, seen)));
  }
  return files;
}

async function filesBelow(folder: string, seen: Set<string>): Promise<readonly string[]> {
  try {
    return await walk(folder, await readdir(folder, { withFileTypes: true }), seen);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    // Taken for a file, it keeps a slot that says why nothing of it is there.
    return isNoText(basename(folder)) ? [folder] : [];
  }
}

/** The folder's own listing says what most entries are; only links, and what the file system does not tell, are asked for. */
async function kindOf(path: string, entry: Dirent): Promise<'folder' | 'media' | 'other'> {
  const facts = entry.isFile() || entry.isDirectory() ? entry : await statOrNothing(path);
  if (facts?.isDirectory() === true) return 'folder';
  return facts?.isFile() === true && (await isMedia(path, entry.name)) ? 'media' : 'other';
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
  try {
    return (await mediaTypeOf(name, await headOf(path))).kind !== 'other';
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return isNoText(name);
  }
}
