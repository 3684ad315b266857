import { problemOf } from '../../lib/picferry-error';
import type { UploadSource } from './contract';
import { failureError, ProviderError } from './errors';
import { HttpFailure, type FilePart } from './http';

/** Runs one request; what the network did to it becomes a `ProviderError`. `changes`: see `failureError`. */
export const attempt = async <T>(work: () => Promise<T>, changes: boolean, now: () => number): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpFailure) throw failureError(error, changes, now());
    throw error;
  }
};

export const filePart = (field: string, source: UploadSource): FilePart => ({
  field,
  name: source.name,
  mime: source.mime,
  size: source.size,
  open: source.open,
});

/** Hosts answer an empty file in odd ways, an empty answer among them: it is refused here. */
export const refuseEmpty = (source: Pick<UploadSource, 'size'>, now: number): void => {
  if (source.size === 0) throw new ProviderError(problemOf({ kind: 'rejected_file', sub: 'empty', message: 'empty' }, now), false, 'never');
};

/** A required secret that was never entered. */
export const missingKey = (now: number): ProviderError => new ProviderError(problemOf({ kind: 'auth', sub: 'missing', message: 'keyMissing' }, now), false, 'never');

/** Passes on only what is more than before: a second try begins at 0 again. */
export const rising = (onProgress: (sentBytes: number) => void): ((sentBytes: number) => void) => {
  let highest = 0;
  return (sent) => {
    if (sent <= highest) return;
    highest = sent;
    onProgress(sent);
  };
};

/** The last part of a path or URL, decoded where that is possible; null for none. */
export const lastPart = (path: string | null): string | null => {
  const part = path?.split(/[?#]/)[0]?.split('/').filter((piece) => piece !== '').at(-1);
  if (part === undefined) return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** A file name without its last extension. */
export const stem = (name: string): string => name.replace(/(?<=.)\.[^.]*$/, '');
