import { z } from 'zod';
import { LibraryQuery, UploadSelection } from '../../model/library-query';
import { LinkFormat } from '../../model/settings';
import { Upload } from '../../model/upload';
import { UploadDetails } from '../../model/upload-details';
import { call, Id, Nothing } from '../call';

const Counted = z.array(z.strictObject({ name: z.string(), count: z.number() }));

/** The library: reading it, and what is done to few or many uploads at once on this computer. */
export const libraryCalls = {
  /**
   * The start of a view and its outline. `total` is exact unless `exact` is false: then at least so many match, and
   * `library:count` tells the rest. `days` are the local days in the order shown, with how many uploads each has; empty
   * unless sorted by time, and only the first ones when `total` is not exact: the last of them stands for all that follow.
   */
  'library:view': call(
    z.strictObject({ query: LibraryQuery, limit: z.number().int().min(1).max(500) }),
    z.strictObject({
      uploads: z.array(Upload),
      total: z.number(),
      exact: z.boolean(),
      days: z.array(z.strictObject({ day: z.string(), count: z.number() })),
    }),
  ),
  /** Any stretch of a view: the uploads from place `offset` on; fewer than `limit` at its end. */
  'library:rows': call(
    z.strictObject({ query: LibraryQuery, offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    z.strictObject({ uploads: z.array(Upload) }),
  ),
  /** How many match, exactly, and their days; counted in slices so that nothing else waits. */
  'library:count': call(
    LibraryQuery,
    z.strictObject({ total: z.number(), days: z.array(z.strictObject({ day: z.string(), count: z.number() })), bytes: z.number() }),
  ),
  /** What the filters can be set to, with how many uploads each has in the whole library. */
  'library:facets': call(
    Nothing,
    z.strictObject({
      accounts: z.array(z.strictObject({ id: z.string(), name: z.string(), count: z.number() })),
      tags: Counted,
      /** Of the oldest upload, epoch milliseconds; null in an empty library. */
      oldest: z.number().nullable(),
    }),
  ),
  'library:details': call(z.strictObject({ id: Id }), UploadDetails),
  'library:set-note': call(z.strictObject({ id: Id, note: z.string().max(4000) }), Nothing),
  /** Tags are trimmed, compared without case, at most 80 characters each. */
  'library:tag': call(
    z.strictObject({ selection: UploadSelection, add: z.array(z.string().trim().min(1).max(80)).max(50), remove: z.array(z.string().max(80)).max(50) }),
    z.strictObject({ undo: Id, changed: z.number() }),
  ),
  /** Takes the tags that a call gave, and gives back those that it took; for the last few calls. */
  'library:undo-tag': call(z.strictObject({ undo: Id }), z.strictObject({ changed: z.number() })),
  /**
   * Puts links on the clipboard, in the order of the selection, without a `format` each in the one chosen for it. `name` stands in for the record's: the same picture may have
   * been given again under another file name. `text` is the beginning of it.
   */
  'library:copy-links': call(
    z.strictObject({ selection: UploadSelection, format: LinkFormat.nullable(), name: z.string().min(1).max(4096).optional() }),
    z.strictObject({ text: z.string(), links: z.number(), withoutLink: z.number() }),
  ),
  /** Only after a deliberate act: the delete link is a secret. */
  'library:copy-delete-link': call(z.strictObject({ id: Id }), Nothing),
  /** Whether the library is shared between devices, and how many of its records came from others. */
  'library:sharing': call(Nothing, z.strictObject({ on: z.boolean(), others: z.number() })),
  /** Takes records out of the library only; the pictures stay online. `everywhere`: out of those of all devices that share it. `undo` brings them back until Picferry quits. */
  'library:remove': call(z.strictObject({ selection: UploadSelection, everywhere: z.boolean().optional() }), z.strictObject({ undo: Id, removed: z.number() })),
  'library:undo-remove': call(z.strictObject({ undo: Id }), z.strictObject({ restored: z.number() })),
  /**
   * Queues these pictures again: to another account, or each to its own. The bytes come from the local file, else from the
   * picture's own address when `fetch` is true. `repair` makes the new record stand in for the old one. Null: `library:stop-again`
   * came while they were looked at, and nothing was queued.
   */
  'library:upload-again': call(
    z.strictObject({ selection: UploadSelection, accountId: Id.nullable(), repair: z.boolean(), fetch: z.boolean() }),
    z.strictObject({
      queued: z.number(),
      /** `no_file`: none was ever kept here. `moved`: it is not where it was. `changed`: another one is there. `no_account`: its account was removed. */
      missing: z.array(z.strictObject({ id: z.string(), name: z.string(), why: z.enum(['no_file', 'moved', 'changed', 'no_account']) })),
      /** What a repair leaves alone. */
      left: z.strictObject({ deleted: z.number(), working: z.number() }),
      jobIds: z.array(z.string()),
    }).nullable(),
  ),
  /** Ends the looking and fetching of `library:upload-again`. */
  'library:stop-again': call(Nothing, Nothing),
  /** Old and new links of repaired uploads, one pair a line, to the clipboard. */
  'library:copy-repaired': call(z.strictObject({ selection: UploadSelection }), z.strictObject({ pairs: z.number(), text: z.string() })),
  /** Opens the upload's link in the browser. */
  'library:open': call(z.strictObject({ id: Id }), Nothing),
  /** Shows the local file in the system's file manager. */
  'library:show-file': call(z.strictObject({ id: Id }), Nothing),
  /**
   * Asks for thumbnails of rows on screen. They come as `library:changed`. `page` lists those that only the window can draw
   * (BMP, video), with an address it may load for that; what it drew goes to `library:put-thumb`. Each call takes the place of
   * the one before. Rows in `later` were not tried to the end: ask for them again while they are on screen. For a row that is in
   * neither, and got no thumbnail, none can be had now.
   */
  'library:want-thumbs': call(
    z.strictObject({ ids: z.array(Id).min(1).max(200) }),
    z.strictObject({ page: z.array(z.strictObject({ id: z.string(), address: z.string(), kind: z.enum(['image', 'video']) })), later: z.array(z.string()) }),
  ),
  /** A small WebP, PNG or JPEG that the window drew. */
  'library:put-thumb': call(
    z.strictObject({
      id: Id,
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= 1024 * 1024),
      /** How long a video lasts; null where it does not say. */
      seconds: z.number().positive().max(10_000_000).nullable(),
    }),
    Nothing,
  ),
} as const;
