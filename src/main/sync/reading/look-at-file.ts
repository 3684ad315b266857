import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { codeOf } from '../../../lib/atomic-file';
import { PicferryError, problemOf } from '../../../lib/picferry-error';
import { readJson } from '../../../merge';
import type { Problem } from '../../../shared/model/problem';
import type { SyncDocument } from '../../../shared/model/sync';
import type { FileLook } from '../../../shared/model/sync-views';
import { fileProblem, unreadable } from '../sync-problems';
import { isReadOnly, readUserFile } from '../user-file';

/** What every host states as its bound; a host's own is met when it is asked. */
const MOST_BYTES = 50 * 1024 * 1024;

/** What is promised, in megabytes as the window counts them; hosts mean the slightly larger ones. */
const SAID_LIMIT = 50;

/** A tenth of a megabyte, as the window counts them. */
const TENTH = 100_000;

/** A key that hosts take, made of a file's name. */
export const suggestedKey = (name: string): string => {
  const plain = name
    .replace(/\.json$/i, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .toLowerCase()
    .slice(0, 64);
  return plain === '' ? 'document' : plain;
};

const problem = (message: 'syncLookTooBig' | 'syncLookFolder' | 'syncLookMissing' | 'syncLookNoFolder', now: number, params: Problem['params'] = {}): Problem =>
  problemOf({ kind: 'file', sub: message, message, params, retryable: false }, now);

type Content = Pick<FileLook, 'problem' | 'warnings'>;

const contentOf = (path: string, now: number): Content => {
  try {
    const { text } = readUserFile(path);
    if (text === null) return { problem: problem('syncLookMissing', now), warnings: [] };
    const reading = readJson(text);
    if (!reading.ok) return { problem: unreadable(reading.refusal, 'file', now).problem, warnings: [] };
    const { exactNumbers, loneSurrogates } = reading.guard;
    return { problem: null, warnings: [...(exactNumbers ? (['exact-numbers'] as const) : []), ...(loneSurrogates ? (['lone-surrogates'] as const) : [])] };
  } catch (error) {
    return { problem: fileProblem(error, 'read', now).problem, warnings: [] };
  }
};

/** Root may write anything; what its owner made read-only is left alone all the same. */
const mayWrite = async (path: string, mode: number): Promise<boolean> => {
  if (isReadOnly(mode)) return false;
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** A file that is not there may come; without its folder it cannot. */
const absent = async (path: string, now: number): Promise<Problem> => {
  const folder = dirname(path);
  try {
    await access(folder, constants.F_OK);
    return problem('syncLookMissing', now);
  } catch {
    return problem('syncLookNoFolder', now, { folder });
  }
};

/** What stands in the way of syncing a file, as far as the file alone tells. */
export async function lookAtFile(asked: string, documents: readonly Pick<SyncDocument, 'account' | 'fileKey' | 'path'>[], now: number): Promise<FileLook> {
  const path = resolve(asked);
  const name = basename(path);
  const taken = documents.find((document) => document.path === path);
  const look = (bytes: number, content: Content): FileLook => ({
    path,
    name,
    fileKey: suggestedKey(name),
    bytes,
    takenBy: taken === undefined ? null : { account: taken.account, fileKey: taken.fileKey },
    ...content,
  });
  try {
    const found = await stat(path);
    if (found.isDirectory()) return look(0, { problem: problem('syncLookFolder', now), warnings: [] });
    if (found.size > MOST_BYTES) return look(found.size, { problem: problem('syncLookTooBig', now, { size: Math.ceil(found.size / TENTH) / 10, limit: SAID_LIMIT }), warnings: [] });
    const content = contentOf(path, now);
    return look(found.size, (await mayWrite(path, found.mode)) ? content : { ...content, warnings: [...content.warnings, 'read-only'] });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return look(0, { problem: await absent(path, now), warnings: [] });
    if (error instanceof PicferryError || codeOf(error) === '') throw error;
    return look(0, { problem: fileProblem(error, 'read', now).problem, warnings: [] });
  }
}
