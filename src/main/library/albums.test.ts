import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newUpload, openLibraryWorld, query, type LibraryWorld } from '../../../test/library/library-world';
import type { Album } from '../../shared/model/account';

let world: LibraryWorld;
let listed: readonly Album[] = [];
beforeEach(() => {
  world = openLibraryWorld({ albums: () => Promise.resolve(listed) });
});
afterEach(() => world.close());

const found = (search: string): readonly string[] => world.library.view(query({ search }), 500).uploads.map(({ id }) => id);
const hostAlbum = (id: string, name: string): Album => ({ id, name, description: null, isPrivate: null, coverUrl: null, createdAt: null, updatedAt: null });
const none = new AbortController().signal;

describe('albums of this library', () => {
  it('hold what was put in, are found by their name, and by the new one after a renaming', async () => {
    const { library, albums } = world;
    library.addMany([newUpload({ id: 'a' }), newUpload({ id: 'b' }), newUpload({ id: 'c' })]);
    const id = albums.create('Summer 夏天', { ids: ['a', 'b'] });
    expect([found('summer'), found('夏')]).toEqual([['b', 'a'], ['b', 'a']]);
    await albums.rename(id, 'Winter');
    expect([found('summer'), found('winter')]).toEqual([[], ['b', 'a']]);
    expect(albums.list()).toMatchObject([{ source: 'local', id, name: 'Winter', count: 2 }]);
    expect(await albums.move({ ids: ['a', 'c'] }, id)).toMatchObject({ moved: 1 });
    expect(await albums.move({ ids: ['a'] }, null)).toMatchObject({ moved: 1 });
    expect(found('winter')).toEqual(['c', 'b']);
    expect(library.view(query({ album: { source: 'local', id } }), 9).uploads.map((upload) => upload.id)).toEqual(['c', 'b']);
  });

  it('give a move back: each upload to where it was, unless it went on meanwhile or that album is gone', async () => {
    const { library, albums } = world;
    library.addMany(['a', 'b', 'c', 'd'].map((id) => newUpload({ id })));
    const [one, two] = [albums.create('one', { ids: ['a'] }), albums.create('two', { ids: ['b'] })];
    const all = albums.create('all', null);
    const { undo, moved } = await albums.move({ ids: ['a', 'b', 'c', 'd'] }, all);
    expect(moved).toBe(4);
    await albums.move({ ids: ['d'] }, two);
    await albums.remove(one);
    expect(await albums.undoMove(undo)).toBe(3);
    expect(['a', 'b', 'c', 'd'].map((id) => library.byId(id)?.localAlbumId)).toEqual([null, two, null, two]);
    expect([found('all'), found('two')]).toEqual([[], ['d', 'b']]);
    await expect(albums.undoMove(undo)).rejects.toMatchObject({ problem: { message: 'undoGone' } });
  });

  it('show the chosen cover, else the newest upload that has a thumbnail', () => {
    const { library, albums } = world;
    library.addMany(['a', 'b', 'c'].map((id) => newUpload({ id })));
    const id = albums.create('one', { ids: ['a', 'b', 'c'] });
    const cover = (): unknown => albums.list()[0]?.coverThumb;
    expect(cover()).toBeNull();
    library.setThumb('a', 'a.webp');
    expect(cover()).toBe('a.webp');
    library.setThumb('b', 'b.webp');
    expect(cover()).toBe('b.webp');
    albums.setCover(id, 'c');
    expect(cover()).toBe('b.webp');
    albums.setCover(id, 'a');
    expect(cover()).toBe('a.webp');
  });

  it('come back whole after a removal, but for uploads that went elsewhere meanwhile', async () => {
    const { library, albums } = world;
    library.addMany([newUpload({ id: 'a' }), newUpload({ id: 'b' })]);
    const id = albums.create('one', { ids: ['a', 'b'] });
    albums.setCover(id, 'a');
    const undo = await albums.remove(id);
    expect([albums.list(), found('one'), library.byId('a')?.localAlbumId]).toEqual([[], [], null]);
    const other = albums.create('two', { ids: ['b'] });
    await albums.undoRemove(undo);
    expect(albums.list()).toMatchObject([{ id, name: 'one', count: 1, coverUploadId: 'a' }, { id: other, count: 1 }]);
    expect([found('one'), found('two')]).toEqual([['a'], ['b']]);
    await expect(albums.undoRemove(undo)).rejects.toMatchObject({ problem: { message: 'undoGone' } });
  });

  it('are as quick by the ten thousand: made, renamed, listed by their numbers, and kept for a host', async () => {
    const { library, albums } = world;
    library.addMany([newUpload({ id: 'a' })]);
    const names = Array.from({ length: 10_000 }, (_, n) => `Album ${10_000 - n}`);
    const ids = await albums.createAll([...names, ' album 7 ']);
    expect(ids.at(-1)).toBe(ids[9993]);
    expect(albums.list().map(({ name }) => name).slice(0, 3)).toEqual(['Album 1', 'Album 2', 'Album 3']);
    await albums.rename(ids[0] as string, 'First');
    expect(() => albums.create('album 9999', null)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ message: 'albumNameTaken' }) }));
    const again = albums.create('Album 10000', { ids: ['a'] });
    await albums.setCovers([{ id: again, uploadId: 'a' }]);
    expect(found('album 10000')).toEqual(['a']);

    listed = names.map((name, n) => hostAlbum(String(n), name));
    expect(await albums.refresh('account', none)).toBe(10_000);
    const all = albums.list();
    expect([all.filter(({ source }) => source === 'local').length, all.filter(({ source }) => source === 'host').length]).toEqual([10_001, 10_000]);
    expect(all.find(({ id }) => id === again)).toMatchObject({ count: 1, coverUploadId: 'a' });
    expect(all.at(-1)).toMatchObject({ source: 'host', name: 'Album 1' });
  });

  it('have names of their own, whatever the case, and are refused when they are unknown', async () => {
    const { albums } = world;
    const id = albums.create('Work', null);
    expect(() => albums.create(' work ', null)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ message: 'albumNameTaken' }) }));
    await albums.rename(id, 'WORK');
    await expect(albums.rename('nobody', 'x')).rejects.toMatchObject({ problem: { message: 'albumNotFound' } });
    await expect(albums.remove('nobody')).rejects.toMatchObject({ problem: { message: 'albumNotFound' } });
    await expect(albums.move({ ids: ['a'] }, 'nobody')).rejects.toMatchObject({ problem: { message: 'albumNotFound' } });
  });

  it('take in hundreds of uploads, tell of it once, and everything else has its turn meanwhile', async () => {
    const { library, albums } = world;
    const ids = Array.from({ length: 700 }, (_, n) => `u${n}`);
    library.addMany(ids.map((id) => newUpload({ id })));
    const id = albums.create('many', null);
    let [turns, told] = [0, 0];
    library.onChange(() => (told += 1));
    const tick = (): void => void setImmediate(() => ((turns += 1), turns < 1000 && tick()));
    tick();
    expect(await albums.move({ ids }, id)).toMatchObject({ moved: 700 });
    expect([told, turns > 5]).toEqual([1, true]);
    expect(await library.count(query({ search: 'many' }))).toMatchObject({ total: 700 });
    turns = 1000;
  });
});

describe('albums of hosts', () => {
  it('are kept in the order of the host, ten thousand of them, and name the uploads in them', async () => {
    const { library, albums } = world;
    library.add(newUpload({ id: 'in', accountId: 'a', albumId: '7' }));
    listed = Array.from({ length: 10_000 }, (_, n) => hostAlbum(`${n}`, `album number ${n}`));
    expect(await albums.refresh('a', none)).toBe(10_000);
    const list = albums.list();
    expect([list.length, list[7]?.name, list[7]?.count, list[9999]?.name]).toEqual([10_000, 'album number 7', 1, 'album number 9999']);
    expect(found('number 7')).toEqual(['in']);
    listed = [hostAlbum('7', 'renamed')];
    await albums.refresh('a', none);
    expect([found('number 7'), found('renamed'), albums.list().length]).toEqual([[], ['in'], 1]);
  });
});
