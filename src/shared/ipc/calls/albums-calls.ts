import { z } from 'zod';
import { LibraryAlbum } from '../../model/library-album';
import { UploadSelection } from '../../model/library-query';
import { call, Id, Nothing, Rev } from '../call';

const Name = z.string().trim().min(1).max(120);

/** Albums: the library's own, which need no network, and the hosts', as last listed. */
export const albumsCalls = {
  'albums:snapshot': call(Nothing, z.strictObject({ rev: Rev, albums: z.array(LibraryAlbum) })),
  /** Asks the host for its albums and keeps them. */
  'albums:refresh': call(z.strictObject({ accountId: Id }), z.strictObject({ albums: z.number() })),
  /** A name in use is refused with `albumNameTaken`. The selection, if any, is moved into it. */
  'albums:create': call(z.strictObject({ name: Name, selection: UploadSelection.nullable() }), z.strictObject({ id: z.string(), undo: Id.nullable() })),
  'albums:rename': call(z.strictObject({ id: Id, name: Name }), Nothing),
  /** The uploads stay in the library. `undo` brings the album and its uploads' places back until Picferry quits. */
  'albums:remove': call(z.strictObject({ id: Id }), z.strictObject({ undo: Id })),
  'albums:undo-remove': call(z.strictObject({ undo: Id }), Nothing),
  /** Null: the newest upload's picture. */
  'albums:set-cover': call(z.strictObject({ id: Id, uploadId: Id.nullable() }), Nothing),
  /** Moves uploads into a local album, or out of any with null. */
  'albums:move': call(z.strictObject({ selection: UploadSelection, albumId: Id.nullable() }), z.strictObject({ undo: Id, moved: z.number() })),
  /** Puts each upload back where it was before; for the last few moves. */
  'albums:undo-move': call(z.strictObject({ undo: Id }), z.strictObject({ moved: z.number() })),
} as const;
