import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { codeOf, writeFileAtomic } from '../../lib/atomic-file';
import { sha256Hex } from '../../lib/canonical-json';

/** The person's own file; `sha` is its bytes' SHA-256. `text` null: there is none. */
export type UserFile = { readonly text: string | null; readonly sha: string | null };

/** Reads the file as UTF-8. Rejects bytes that are none, with the code `NOT_UTF8`, and whatever the system refuses. */
export function readUserFile(path: string): UserFile {
  const bytes = bytesOf(path);
  if (bytes === null) return { text: null, sha: null };
  try {
    // The mark at the beginning is a part of the file: it is written back.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, sha: sha256Hex(text) };
  } catch (error) {
    throw Object.assign(new Error('not UTF-8', { cause: error }), { code: 'NOT_UTF8' });
  }
}

/**
 * Replaces the file whole, if it still is what it was when `over` was read; false when it is not. A link stays a link:
 * what it leads to is written. A file that its owner made read-only is not written over, whoever runs this: replacing
 * needs the folder's rights only, and root has all; it fails as the system would fail, with `EACCES`.
 */
export function writeUserFile(path: string, text: string, over: string | null): boolean {
  if (shaOf(path) !== over) return false;
  const target = isLink(path) ? realpathSync(path) : path;
  const mode = modeOf(target);
  if (isReadOnly(mode)) throw Object.assign(new Error('the file is read-only'), { code: 'EACCES' });
  writeFileAtomic(target, text, { mode });
  return true;
}

export type UserFiles = { readonly read: typeof readUserFile; readonly write: typeof writeUserFile; /** Of whatever is in the file; null: there is none. */ readonly sha: (path: string) => string | null };

/** Whether the owner may not write, which Windows says of a file with the read-only mark. */
export const isReadOnly = (mode: number): boolean => (mode & 0o200) === 0;

/** What is no file (a folder; a pipe, at which a read would wait for ever) is rejected with the code `NOT_A_FILE`. */
const bytesOf = (path: string): Buffer | null => {
  try {
    if (!statSync(path).isFile()) throw Object.assign(new Error('not a file'), { code: 'NOT_A_FILE' });
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const shaOf = (path: string): string | null => {
  const bytes = bytesOf(path);
  return bytes === null ? null : sha256Hex(bytes);
};

export const onDisk: UserFiles = { read: readUserFile, write: writeUserFile, sha: shaOf };

const isLink = (path: string): boolean => {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
};

const modeOf = (path: string): number => {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return 0o644;
  }
};
