import { z } from 'zod';
import { MediaKind } from './job';
import { ProviderId } from './provider';

const Id = z.string().min(1).max(200);

/** An album as a filter: one of this library's own, or one at a host. */
export const AlbumRef = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('local'), id: Id }),
  z.strictObject({ source: z.literal('host'), accountId: Id, id: z.string().min(1).max(200) }),
]);
export type AlbumRef = z.infer<typeof AlbumRef>;

/** What a person calls the state of an upload. `deleted` covers what was gone already; `link_dead` is what a check found. */
export const UploadState = z.enum(['online', 'deleted', 'unconfirmed', 'refused', 'pending_review', 'link_dead']);
export type UploadState = z.infer<typeof UploadState>;

/** Which uploads are meant. Null and '' mean "any"; everything given must hold. */
export const LibraryFilter = z
  .strictObject({
    /** Every word occurs somewhere in name, address, stored name, account, album, tags or note, in any case. */
    search: z.string().max(500),
    accountId: Id.nullable(),
    provider: ProviderId.nullable(),
    album: AlbumRef.nullable(),
    kind: MediaKind.nullable(),
    tag: z.string().min(1).max(80).nullable(),
    state: UploadState.nullable(),
    /** Uploaded at this moment or later, epoch milliseconds. */
    from: z.number().int().nullable(),
    /** Uploaded before this moment, epoch milliseconds. */
    before: z.number().int().nullable(),
  })
  .readonly();
export type LibraryFilter = z.infer<typeof LibraryFilter>;

export const LibrarySort = z
  .strictObject({ by: z.enum(['time', 'name', 'size']), direction: z.enum(['asc', 'desc']) })
  .readonly();
export type LibrarySort = z.infer<typeof LibrarySort>;

export const LibraryQuery = z.strictObject({ filter: LibraryFilter, sort: LibrarySort }).readonly();
export type LibraryQuery = z.infer<typeof LibraryQuery>;

/** Uploads that an action is about, kept in the order given: some ids, or all that match but a few. */
export const UploadSelection = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(100_000).readonly() }),
  z.strictObject({ matching: LibraryQuery, except: z.array(Id).max(100_000).readonly() }),
]);
export type UploadSelection = z.infer<typeof UploadSelection>;
