import type { DeleteResult, RemoteState, Upload } from '../../shared/model/upload';
import type { LibraryQuery } from '../../shared/ipc/contract';

/** A finished upload on its way into the library. */
export type NewUpload = Omit<Upload, 'hasDeleteLink' | 'thumb'> & { readonly deleteUrl: string | null; readonly jobId: string | null };

/** Every upload, findable. Main is the only writer. */
export interface LibraryService {
  /** Written when this returns. Runs inside the caller's transaction when there is one. */
  add(upload: NewUpload): Upload;
  byId(id: string): Upload | undefined;
  /** The newest undeleted upload of these bytes to this account. */
  bySha256(accountId: string, sha256: string): Upload | undefined;
  byRemote(accountId: string, match: { readonly remoteId: string | null; readonly storedName: string | null; readonly url: string | null }): Upload | undefined;
  /** `total` is exact without a search; a search is counted up to 1000, so that 1000 says "at least". */
  page(query: LibraryQuery): { readonly uploads: readonly Upload[]; readonly next: string | null; readonly total: number };
  /** The delete link, opened from the vault. Undefined when there is none or it cannot be opened. */
  deleteLink(id: string): string | undefined;
  /** Asks each upload's host to delete it; results in the order of the ids; one failure never costs another. */
  delete(ids: readonly string[], signal: AbortSignal): Promise<readonly DeleteResult[]>;
  /** Takes records out; the pictures stay online. */
  remove(ids: readonly string[]): void;
  setRemoteState(id: string, state: RemoteState): void;
  setThumb(id: string, thumb: string): void;
  /** The names of all thumbnails that records have, a portion at a time. */
  thumbs(): Iterable<readonly string[]>;
  onChange(listener: (change: { readonly upsert: readonly Upload[]; readonly removed: readonly string[] }) => void): () => void;
}
