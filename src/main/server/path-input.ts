import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import { problemOf } from '../../lib/picferry-error';
import { contentTypeOf, headOf, isNoText } from '../preparation';
import type { QueueInput } from '../queue';

export type PathRules = {
  /** Only files that truly lie inside one of these may be uploaded; null: any file. */
  readonly inside: readonly string[] | null;
  readonly now: () => number;
};

/**
 * A path that a program gave, as exactly one input: a picture or a video by its content, and with `inside` only where
 * the file truly lies there, links followed. Anything else keeps its slot with its problem. Never rejects.
 */
export async function inputOfPath(path: string, { inside, now }: PathRules): Promise<QueueInput> {
  const name = basename(path) || 'file';
  const bad = (message: string, detail: string | null = null, sub = message): QueueInput => ({
    type: 'bad',
    name,
    problem: problemOf({ kind: 'file', sub, message, params: { name }, retryable: message !== 'apiOutside', detail }, now()),
  });
  if (path.includes('\0') || !isAbsolute(path)) return bad('apiPathNotAbsolute');
  // Windows asks the named computer already to look at such a path.
  if (inside !== null && process.platform === 'win32' && /^[\\/]{2}/.test(path)) return bad('apiOutside');
  try {
    const real = inside === null ? path : await realInside(path, inside);
    if (real === null) return bad('apiOutside');
    const facts = await stat(real);
    if (!facts.isFile()) return bad('notPicture');
    if (facts.size > 0 && !(await isMedia(real))) return bad('notPicture');
    return { type: 'file', path: real, name };
  } catch (error) {
    const code = codeOf(error);
    // What is outside is not told apart from what is not there.
    if (inside !== null && !inside.some((folder) => isInside(path, folder))) return bad('apiOutside');
    return code === 'ENOENT' || code === 'ENOTDIR' ? bad(isNoText(path) ? 'fileNameNotText' : 'fileMissing', null, 'missing') : bad('fileUnreadable', code === '' ? null : code, 'unreadable');
  }
}

/** The file's own path when it lies inside one of the folders, else null. Rejects when it is not there. */
async function realInside(path: string, folders: readonly string[]): Promise<string | null> {
  const real = await realpath(path);
  for (const folder of folders) if (isInside(real, await realOrSame(folder))) return real;
  return null;
}

async function realOrSame(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return folder;
  }
}

/** Whether a path lies below a folder, by their names alone. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function isMedia(path: string): Promise<boolean> {
  return (await contentTypeOf(await headOf(path))).kind !== 'other';
}

/** The same for bytes that a program sent: only pictures and videos. */
export async function checkedKept(input: QueueInput, now: () => number): Promise<QueueInput> {
  if (input.type !== 'kept') return input;
  const { size } = await stat(input.path);
  if (size === 0 || (await isMedia(input.path))) return input;
  return { type: 'bad', name: input.name, problem: problemOf({ kind: 'file', sub: 'notPicture', message: 'notPicture', params: { name: input.name } }, now()) };
}
