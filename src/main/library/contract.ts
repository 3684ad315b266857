import type { Album } from '../../shared/model/account';
import type { LibraryAlbum } from '../../shared/model/library-album';
import type { LibraryQuery, UploadSelection } from '../../shared/model/library-query';
import type { DeleteResult, LinkState, RemoteState, Upload } from '../../shared/model/upload';
import type { UploadDetails, UploadEvent } from '../../shared/model/upload-details';

/** A file that was made into something else before it was sent; the digest is null where what was sent can be made from it again. */
export type SourceFile = { readonly bytes: number; readonly sha256: string | null };

/** A finished upload, or one from elsewhere, on its way into the library. */
export type NewUpload = Omit<Upload, 'hasDeleteLink' | 'thumb' | 'tags' | 'linkState' | 'localAlbumId'> & {
  readonly deleteUrl: string | null;
  readonly jobId: string | null;
  /** The file it was made from, if that is the person's own and stays; absent when unknown. */
  readonly sourcePath?: string | null;
  /** What that file holds where something else was made of it and sent. */
  readonly source?: SourceFile | null;
  /** The upload that this one stands in for. */
  readonly replaces?: string | null;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly linkState?: LinkState;
  readonly localAlbumId?: string | null;
  /** How it came; `uploaded` when absent. */
  readonly came?: 'uploaded' | 'added_from_host' | 'imported' | 'synced';
};

export type LibraryChange = {
  readonly upsert: readonly Upload[];
  readonly removed: readonly string[];
  /** Places, totals or days of views may be different now. */
  readonly reordered: boolean;
};

export type Day = { readonly day: string; readonly count: number };

/** A whole record as it is exported: with everything but its job, thumbnail and place. */
export type WholeUpload = { readonly upload: Upload; readonly note: string; readonly sourcePath: string | null; readonly replaces: string | null; readonly deleteUrl: string | null };

/** Every upload, findable. Main is the only writer. */
export interface LibraryService {
  /** Written when this returns. Runs inside the caller's transaction when there is one. */
  add(upload: NewUpload): Upload;
  /** Adds many in one transaction; one that is there already (same account and address, or same remote id) is known and left as it is, but for a missing delete link, tags or note, which it takes. Outlives this process when it returns, and a loss of power a moment later. */
  addMany(uploads: readonly NewUpload[]): { readonly added: readonly string[]; readonly known: readonly string[] };
  byId(id: string): Upload | undefined;
  /** The newest undeleted upload of these bytes to this account. */
  bySha256(accountId: string, sha256: string): Upload | undefined;
  /** Whether an upload to this account came from a file of this name, upper and lower case alike. */
  hasName(accountId: string, name: string): boolean;
  byRemote(accountId: string, match: { readonly remoteId: string | null; readonly storedName: string | null; readonly url: string | null }): Upload | undefined;

  /** See `library:view`. `total` of a search or a filter is counted up to a bound at first, so that nobody waits for it. */
  view(query: LibraryQuery, limit: number): { readonly uploads: readonly Upload[]; readonly total: number; readonly exact: boolean; readonly days: readonly Day[] };
  rows(query: LibraryQuery, offset: number, limit: number): readonly Upload[];
  /** Exact; in slices, so that the process stays responsive. */
  count(query: LibraryQuery): Promise<{ readonly total: number; readonly days: readonly Day[]; readonly bytes: number }>;
  facets(): { readonly accounts: readonly { readonly id: string; readonly name: string; readonly count: number }[]; readonly tags: readonly { readonly name: string; readonly count: number }[]; readonly oldest: number | null };
  details(id: string): UploadDetails | undefined;
  /** The ids of a selection in its order; ids that are gone are left out. */
  resolve(selection: UploadSelection): readonly string[];
  /** Whole records of a selection, a slice at a time, for exports and lists. Delete links only when asked for. */
  whole(selection: UploadSelection, options: { readonly deleteLinks: boolean }): Iterable<readonly WholeUpload[]>;
  /** Where the file it was made from lay; null when unknown. */
  sourcePath(id: string): string | null;
  /** What that file held where something else was made of it; null when it was sent as it was, or nobody knows. */
  source(id: string): SourceFile | null;

  /** The delete link, opened from the vault. Undefined when there is none or it cannot be opened. */
  deleteLink(id: string): string | undefined;
  /** Asks each upload's host to delete it; results in the order of the ids; one failure never costs another. `onResult` tells each as it comes. */
  delete(ids: readonly string[], signal: AbortSignal, onResult?: (result: DeleteResult) => void): Promise<readonly DeleteResult[]>;
  /** Takes records out, many in slices; the pictures stay online. They can be brought back under the name returned until the process ends. `everywhere`: where the library is shared, they leave those of all devices. */
  remove(selection: UploadSelection, options?: { readonly everywhere?: boolean }): Promise<{ readonly undo: string; readonly removed: number }>;
  undoRemove(undo: string): Promise<number>;
  setRemoteState(id: string, state: RemoteState): void;
  setLinkState(id: string, state: LinkState, at: number): void;
  setThumb(id: string, thumb: string): void;
  /** How long a video lasts, where nobody has said so yet. */
  setDuration(id: string, seconds: number): void;
  /** Takes a thumbnail that is gone from all uploads that name it; rare, since it asks every record. */
  clearThumb(thumb: string): void;
  /** The names of all thumbnails that records have, those among them that can be brought back, a portion at a time. */
  thumbs(): Iterable<readonly string[]>;
  setNote(id: string, note: string): void;
  /** How many uploads changed; many are changed in slices. The last few such changes can be undone under the name returned. */
  tag(selection: UploadSelection, add: readonly string[], remove: readonly string[]): Promise<{ readonly undo: string; readonly changed: number }>;
  /** Takes from each upload the tags it got, and gives it back those it lost; how many changed. */
  undoTag(undo: string): Promise<number>;
  /** Adds a line to an upload's history. */
  log(id: string, event: UploadEvent): void;
  onChange(listener: (change: LibraryChange) => void): () => void;
}

/** Albums of this library and, as last listed, of the hosts. */
export interface AlbumsService {
  list(): readonly LibraryAlbum[];
  rev(): number;
  /** Asks the host and keeps its answer; how many it has. Rejects with `PicferryError`. */
  refresh(accountId: string, signal: AbortSignal): Promise<number>;
  /** Takes over what a host listed at `at`, unless this account's albums are known already. How many were taken. */
  keepListed(accountId: string, albums: readonly Album[], at: number): number;
  /** A selection is put in at one go: a large one is better moved in afterwards. */
  create(name: string, selection: UploadSelection | null): string;
  /** Empty albums of these names, made in slices; their ids in the same order. A name that is taken, here or before in the list, gives the album that has it. */
  createAll(names: readonly string[]): Promise<readonly string[]>;
  /** The name stands at once; uploads are found by it slice by slice. */
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<string>;
  undoRemove(undo: string): Promise<void>;
  setCover(id: string, uploadId: string | null): void;
  /** Many covers, in slices; albums that are gone are left out. */
  setCovers(covers: readonly { readonly id: string; readonly uploadId: string }[]): Promise<void>;
  /** How many were elsewhere before; many are moved in slices. The last few such moves can be undone under the name returned. */
  move(selection: UploadSelection, albumId: string | null): Promise<{ readonly undo: string; readonly moved: number }>;
  /** Puts each upload back where it was, unless it was moved on meanwhile or that album is gone; how many. */
  undoMove(undo: string): Promise<number>;
  onChange(listener: () => void): () => void;
}
