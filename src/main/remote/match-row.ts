import type { Upload } from '../../shared/model/upload';
import type { LibraryService } from '../library';
import type { ListedItem } from '../providers/contract';

/**
 * The upload that a host's row is, when that is certain: by its address, by the name it is stored under, or by its id.
 * An id alone is no proof where both sides know a stored name and these differ: the rows of a gallery have numbers of
 * their own. A wrong match would offer the wrong picture for deletion.
 */
export function matchRow(library: Pick<LibraryService, 'byRemote'>, accountId: string, row: ListedItem): Upload | undefined {
  const nothing = { remoteId: null, storedName: null, url: null };
  const byUrl = row.url === null ? undefined : library.byRemote(accountId, { ...nothing, url: row.url });
  if (byUrl !== undefined) return byUrl;
  const byName = row.storedName === null ? undefined : library.byRemote(accountId, { ...nothing, storedName: row.storedName });
  if (byName !== undefined && !contradicts(byName, row)) return byName;
  const byId = row.remoteId === '' ? undefined : library.byRemote(accountId, { ...nothing, remoteId: row.remoteId });
  return byId === undefined || contradicts(byId, row) ? undefined : byId;
}

/** Whether upload and row cannot be the same file. Sizes are not compared: hosts recode. */
function contradicts(upload: Upload, row: ListedItem): boolean {
  if (upload.storedName !== null && row.storedName !== null && upload.storedName !== row.storedName) return true;
  // A guessed address proves nothing, a stated one does.
  return !row.derived && upload.url !== null && row.url !== null && upload.url !== row.url && upload.storedName === null;
}
