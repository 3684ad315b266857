import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { newUpload, openLibraryWorld, query, type LibraryWorld } from '../../../test/library/library-world';
import { openLibraryDatabase } from '../database';
import { migrations } from '../database/migrations';

const open: LibraryWorld[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.close();
});
const start = (...args: Parameters<typeof openLibraryWorld>): LibraryWorld => {
  const world = openLibraryWorld(...args);
  open.push(world);
  return world;
};

describe('a library of version 2', () => {
  it('keeps every record with its link and thumbnail, in the order of time, and is searched at once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'picferry-library-'));
    const old = openLibraryDatabase(folder, { now: () => 0, migrations: migrations.slice(0, 2) });
    const insert = old.db.prepare(
      `INSERT INTO uploads (id, job_id, account_id, account_name, provider, name, stored_name, remote_id, url, thumb, kind, bytes, sha256, album_id, uploaded_at, remote_state, delete_link)
       VALUES (?, ?, 'a', 'Blog', 'smms', ?, 's.png', 'r1', ?, 't.webp', 'image', 5, 'd', '9', ?, 'unconfirmed', ?)`,
    );
    const names = ['ÄPFEL 10.png', '图片 9.png', 'Äpfel 9.png'];
    // The second one was written last and is the oldest.
    names.forEach((name, n) => insert.run(`id${n}`, `job${n}`, name, `https://h.example/${n}.png`, n === 1 ? 1_000 : 5_000_000 + n, Buffer.from(`k${n}`)));
    old.close();

    const { library } = start({}, folder);
    const ids = (search: string, by: 'time' | 'name' = 'time'): readonly string[] => library.view(query({ search }, { by, direction: 'asc' }), 9).uploads.map(({ id }) => id);
    expect(ids('')).toEqual(['id1', 'id0', 'id2']);
    expect([ids('äpfel'), ids('图片'), ids('h.example/1'), ids('blog'), ids('äpfel', 'name')]).toEqual([['id0', 'id2'], ['id1'], ['id1'], ['id1', 'id0', 'id2'], ['id2', 'id0']]);
    expect(library.byId('id1')).toMatchObject({ name: '图片 9.png', storedName: 's.png', remoteId: 'r1', thumb: 't.webp', albumId: '9', uploadedAt: 1000, remoteState: 'unconfirmed', hasDeleteLink: true, linkState: 'unchecked', tags: [] });
    expect(library.deleteLink('id1')).toBe('1k');
    expect(library.details('id1')).toMatchObject({ note: '', replaces: null, events: [{ what: 'uploaded', at: 1000 }] });
    expect(library.add(newUpload({ jobId: 'job1' })).id).toBe('id1');
  });
});

describe('records that were taken out', () => {
  it('come back with note, tags, history, thumbnail, album and sealed link, and are found again', async () => {
    const { library, albums } = start();
    library.add(newUpload({ id: 'a', name: 'ferry.png', deleteUrl: 'https://h.example/d/1', note: 'bring cake' }));
    await library.tag({ ids: ['a'] }, ['旅行', 'Work'], []);
    library.setThumb('a', 't.webp');
    const album = albums.create('sea', { ids: ['a'] });
    const [before, link] = [library.details('a'), library.deleteLink('a')];
    const { undo, removed } = await library.remove({ ids: ['a'] });
    expect([removed, library.byId('a'), library.view(query({ search: 'ferry' }), 9).total, library.view(query({ tag: 'work' }), 9).total]).toEqual([1, undefined, 0, 0]);
    expect(await library.undoRemove(undo)).toBe(1);
    expect([library.details('a'), library.deleteLink('a')]).toEqual([before, link]);
    for (const search of ['ferry', 'cake', '旅行', 'sea']) expect(library.view(query({ search }), 9).total).toBe(1);
    expect([library.view(query({ tag: 'work' }), 9).total, library.view(query({ album: { source: 'local', id: album } }), 9).total]).toEqual([1, 1]);
    expect(await library.undoRemove(undo)).toBe(0);
  });

  it('by hundreds go and come in slices, each once', async () => {
    const { library } = start();
    const uploads = Array.from({ length: 300 }, (_, n) => newUpload({ id: `u${n}`, name: `cat ${n}`, tags: ['pets'] }));
    library.addMany(uploads);
    const { undo, removed } = await library.remove({ matching: query({ search: 'cat' }), except: ['u7'] });
    expect([removed, library.view(query(), 9).uploads.map(({ id }) => id)]).toEqual([299, ['u7']]);
    expect(await library.undoRemove(undo)).toBe(299);
    expect([(await library.count(query({ tag: 'pets' }))).total, (await library.count(query({ search: 'cat' }))).total]).toEqual([300, 300]);
  });

  it('are gone for good at the next start', async () => {
    const world = start();
    world.library.add(newUpload({ id: 'a' }));
    const { undo } = await world.library.remove({ ids: ['a'] });
    open.pop();
    const next = world.reopen();
    open.push(next);
    expect(await next.library.undoRemove(undo)).toBe(0);
  });
});

describe('the outcome of a delete', () => {
  it('is told as it is and written later when the database refuses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'picferry-library-'));
    const database = openLibraryDatabase(folder, { now: () => 0 });
    const faults: unknown[] = [];
    const { createLibrary } = await import('./index');
    let asked = 0;
    const library = createLibrary({
      db: database.db,
      vault: { state: 'key-file', seal: (plain) => Buffer.from(plain), open: (sealed) => Buffer.from(sealed).toString() },
      accounts: {
        byId: (id) => ({ id, name: id, url: 'https://h.example', settings: {} }) as never,
        provider: () => ({ remove: () => ((asked += 1), Promise.resolve({ status: 'deleted', evidence: '' })) }) as never,
      },
      now: () => 0,
      newId: () => 'n',
      onFault: (error) => faults.push(error),
    });
    library.add(newUpload({ id: 'a', deleteUrl: 'https://h.example/d/1' }));
    database.db.exec("CREATE TRIGGER full BEFORE UPDATE OF remote_state ON uploads BEGIN SELECT raise(ABORT, 'disk full'); END");
    const none = new AbortController().signal;
    expect(await library.delete(['a'], none)).toMatchObject([{ status: 'deleted', problem: null }]);
    expect([library.byId('a')?.remoteState, faults.length]).toEqual(['online', 1]);
    expect(await library.delete(['a'], none)).toMatchObject([{ status: 'already_gone' }]);
    expect(asked).toBe(1);
    database.db.exec('DROP TRIGGER full');
    library.close();
    expect(library.byId('a')).toMatchObject({ remoteState: 'deleted', hasDeleteLink: false });
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
