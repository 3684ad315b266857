import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import { ShorterError } from '../metadata';

type Trouble = 'missing' | 'empty' | 'folder' | 'folderEmpty' | 'unreadable' | 'changed';

const messages = {
  missing: 'fileMissing',
  empty: 'fileEmpty',
  folder: 'fileUnreadable',
  folderEmpty: 'folderEmpty',
  unreadable: 'fileUnreadable',
  changed: 'fileChanged',
} as const satisfies Record<Trouble, string>;

/** Whether a path was no text: what stands in place of its odd bytes leads to no file, though there is one. Linux allows such names. */
export const isNoText = (path: string): boolean => path.includes('\uFFFD');

/** Trouble with a file on this computer, as a value. `name` is the file's name, never its path. */
export const fileProblem = (trouble: Trouble, name: string, at: number, detail: string | null = null, path = name): Problem =>
  problemOf({ kind: 'file', sub: trouble, message: trouble === 'missing' && isNoText(path) ? 'fileNameNotText' : messages[trouble], params: { name }, retryable: trouble !== 'folderEmpty', detail }, at);

export const fileError = (trouble: Trouble, name: string, at: number): PicferryError => new PicferryError(fileProblem(trouble, name, at));

/** What the system's refusal to open a file means for a person; anything else is thrown on. */
export function asFileError(error: unknown, name: string, at: number, path = name): Error {
  if (error instanceof PicferryError) return error;
  if (error instanceof ShorterError) return fileError('changed', name, at);
  const code = codeOf(error);
  if (code === '') return error instanceof Error ? error : new Error('a file could not be read');
  if (code === 'EISDIR') return fileError('folder', name, at);
  const trouble = code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  return new PicferryError(fileProblem(trouble, name, at, code, path), { cause: error });
}
