import type { LibraryAlbum } from '../../shared/model/library-album';
import type { Account } from '../../shared/model/account';
import type { AlbumsPlace } from './ui-store';

/** The library's own albums, by name as people sort. */
export const localAlbums = (albums: readonly LibraryAlbum[], language: string): readonly LibraryAlbum[] =>
  byName(albums.filter(({ source }) => source === 'local'), language);

/** The albums of one account as its host last listed them. */
export const hostAlbums = (albums: readonly LibraryAlbum[], accountId: string, language: string): readonly LibraryAlbum[] =>
  byName(albums.filter((album) => album.source === 'host' && album.accountId === accountId), language);

const byName = (albums: readonly LibraryAlbum[], language: string): readonly LibraryAlbum[] => {
  const order = new Intl.Collator(language, { numeric: true });
  return [...albums].sort((a, b) => order.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
};

/** Every word occurs in the name or the description, in any case. */
export const matchingAlbums = (albums: readonly LibraryAlbum[], search: string): readonly LibraryAlbum[] => {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return albums;
  return albums.filter(({ name, description }) => {
    const text = `${name}\n${description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** When the host was last asked; null when it never was. */
export const lastListed = (albums: readonly LibraryAlbum[]): number | null =>
  albums.reduce<number | null>((latest, { listedAt }) => (listedAt !== null && (latest === null || listedAt > latest) ? listedAt : latest), null);

/** What can be shown of an account: its albums, its list, or the sentence why there is neither. */
export const placesOf = ({ id, capabilities }: Pick<Account, 'id' | 'capabilities'>): readonly AlbumsPlace[] => {
  const places: AlbumsPlace[] = [];
  if (capabilities.albums || capabilities.uploadIntoAlbum) places.push({ kind: 'albums', accountId: id });
  if (capabilities.list !== 'none') places.push({ kind: 'list', accountId: id });
  return places.length === 0 ? [{ kind: 'none', accountId: id }] : places;
};

export const samePlace = (a: AlbumsPlace, b: AlbumsPlace): boolean =>
  a.kind === b.kind && (a.kind === 'local' || b.kind === 'local' || a.accountId === b.accountId);

/** The chosen albums with one more, or one less for ''. */
export const withChosen = (chosen: Readonly<Record<string, string>>, accountId: string, albumId: string): Readonly<Record<string, string>> => {
  const { [accountId]: _before, ...others } = chosen;
  return albumId === '' ? others : { ...others, [accountId]: albumId };
};
