import type { RemoteItem } from './model/account';
import type { Upload } from './model/upload';

/** What the library adds to a row that a host lists. */
export type RowInLibrary = Pick<RemoteItem, 'uploadId' | 'thumb' | 'mayDelete'>;

/** A row that the library does not know. Nothing may be deleted that is not known to be the person's own. */
export const NOT_IN_LIBRARY: RowInLibrary = { uploadId: null, thumb: null, mayDelete: false };

/** What the library adds to the row that this upload is. */
export const rowInLibrary = ({ id, thumb, hasDeleteLink, remoteState }: Pick<Upload, 'id' | 'thumb' | 'hasDeleteLink' | 'remoteState'>): RowInLibrary => ({
  uploadId: id,
  thumb,
  mayDelete: hasDeleteLink && remoteState !== 'deleted' && remoteState !== 'already_gone',
});
