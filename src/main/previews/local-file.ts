import { stat } from 'node:fs/promises';
import { codeOf } from '../../lib/atomic-file';
import { PicferryError } from '../../lib/picferry-error';
import type { Upload } from '../../shared/model/upload';
import type { LibraryService } from '../library';
import { headOf, type IsMadeFrom, mediaTypeOf } from '../preparation';
import type { Served } from './contract';

export type LocalFileDeps = {
  readonly sourcePath: (id: string) => string | null;
  readonly source: LibraryService['source'];
  readonly isMadeFrom: IsMadeFrom;
};

export type LocalFile = Served & { readonly kind: 'image' | 'video' };

/** The file that an upload was made from, if it still is that one and a picture or video; else null. */
export async function localFileOf(upload: Upload, signal: AbortSignal, { sourcePath, source, isMadeFrom }: LocalFileDeps): Promise<LocalFile | null> {
  const path = sourcePath(upload.id);
  if (path === null) return null;
  try {
    const found = await stat(path);
    if (!found.isFile()) return null;
    // What was written since may be another picture of the same size.
    const same = found.size === upload.bytes && Math.max(found.mtimeMs, found.ctimeMs) <= upload.uploadedAt;
    if (!same && !(await isMadeFrom(path, { ...upload, source: source(upload.id) }, signal))) return null;
    const { kind, mime } = await mediaTypeOf('', await headOf(path));
    return kind === 'other' ? null : { path, type: mime, bytes: found.size, kind };
  } catch (error) {
    if (signal.aborted || (codeOf(error) === '' && !(error instanceof PicferryError))) throw error;
    return null;
  }
}
