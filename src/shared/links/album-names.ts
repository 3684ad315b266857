import type { LibraryAlbum } from '../model/library-album';

/** Where an upload lies: an album of its host, one of the library, both or none. */
export type InAlbums = { readonly accountId: string; readonly albumId: string | null; readonly localAlbumId: string | null };

/** Finds albums' names: the host's before the library's own, null without any. `list` is asked once, and only when a name is wanted. */
export const albumNames = (list: () => readonly Pick<LibraryAlbum, 'accountId' | 'id' | 'name'>[]): ((upload: InAlbums) => string | null) => {
  let names: ReadonlyMap<string, string> | null = null;
  const named = (accountId: string | null, id: string): string | undefined => {
    names ??= new Map(list().map((album) => [`${album.accountId ?? ''}\n${album.id}`, album.name]));
    return names.get(`${accountId ?? ''}\n${id}`);
  };
  return ({ accountId, albumId, localAlbumId }) =>
    // A host's album that was never listed is known by its id alone.
    albumId === null ? (localAlbumId === null ? null : (named(null, localAlbumId) ?? null)) : (named(accountId, albumId) ?? albumId);
};
