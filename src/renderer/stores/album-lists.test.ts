import { describe, expect, it } from 'vitest';
import type { LibraryAlbum } from '../../shared/model/library-album';
import { hostAlbums, lastListed, localAlbums, matchingAlbums, placesOf, withChosen } from './album-lists';

const album = (changed: Partial<LibraryAlbum>): LibraryAlbum => ({
  source: 'local',
  id: '1',
  accountId: null,
  name: 'Album',
  description: null,
  isPrivate: null,
  coverThumb: null,
  coverUploadId: null,
  count: 0,
  listedAt: null,
  ...changed,
});

describe('lists of albums', () => {
  it('are sorted as people sort, numbers by their value', () => {
    const albums = ['Album 10', 'album 2', '相册', 'Album 1'].map((name, index) => album({ id: String(index), name }));
    expect(localAlbums(albums, 'en').map(({ name }) => name)).toEqual(['Album 1', 'album 2', 'Album 10', '相册']);
  });

  it('keep the albums of each account apart', () => {
    const albums = [album({}), album({ source: 'host', accountId: 'a', id: '5' }), album({ source: 'host', accountId: 'b', id: '5' })];
    expect(hostAlbums(albums, 'a', 'en')).toEqual([albums[1]]);
    expect(localAlbums(albums, 'en')).toEqual([albums[0]]);
  });

  it('are narrowed by every word, in names and descriptions', () => {
    const albums = [album({ id: '1', name: 'Travel 2026', description: 'harbour' }), album({ id: '2', name: 'Travel 2025' }), album({ id: '3', name: '西湖' })];
    expect(matchingAlbums(albums, ' TRAVEL harb').map(({ id }) => id)).toEqual(['1']);
    expect(matchingAlbums(albums, '湖').map(({ id }) => id)).toEqual(['3']);
    expect(matchingAlbums(albums, '  ')).toHaveLength(3);
  });

  it('tell when the host was asked last', () => {
    expect(lastListed([album({ listedAt: 5 }), album({ listedAt: 9 }), album({})])).toBe(9);
    expect(lastListed([])).toBeNull();
  });
});

describe('what an account has to show', () => {
  const can = { images: true, video: false, albums: false, uploadIntoAlbum: false, list: 'none', clearList: false, deleteByLink: true, sync: false, anonymous: false, extensions: [], maxBytes: null, warnBytes: null } as const;
  it('is its albums, its list, or a sentence why there is neither', () => {
    const kinds = (changed: object): readonly string[] => placesOf({ id: 'a', capabilities: { ...can, ...changed } }).map(({ kind }) => kind);
    expect(kinds({})).toEqual(['none']);
    expect(kinds({ uploadIntoAlbum: true })).toEqual(['albums']);
    expect(kinds({ list: 'public-gallery' })).toEqual(['list']);
    expect(kinds({ albums: true, list: 'public-gallery' })).toEqual(['albums', 'list']);
  });
});

describe('the album chosen for new uploads', () => {
  it('is kept per account and forgotten when none is chosen', () => {
    expect(withChosen({ a: '1' }, 'b', '2')).toEqual({ a: '1', b: '2' });
    expect(withChosen({ a: '1', b: '2' }, 'a', '')).toEqual({ b: '2' });
  });
});
