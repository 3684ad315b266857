import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../lib/ids';
import { problemOf } from '../../lib/picferry-error';
import { NEWEST_FIRST, NO_FILTER } from '../../shared/model/library-defaults';
import type { LibraryFilter, LibraryQuery } from '../../shared/model/library-query';
import type { Account } from '../../shared/model/account';
import { openLibraryDatabase, type LibraryDatabase } from '../database';
import type { Provider } from '../providers/contract';
import { ProviderError } from '../providers/errors';
import { openVault, type Vault } from '../secrets';
import { createLibrary, type LibraryService, type NewUpload } from './index';
import { isSafeDeleteLink } from './safe-delete-link';

let folder: string;
let database: LibraryDatabase;
let vault: Vault;
let library: LibraryService;
const followed: string[] = [];
type Remove = NonNullable<Provider['remove']>;
let remove: Remove;

const account = (id: string): Account => ({
  id,
  name: `name of ${id}`,
  provider: 'smms',
  url: 'https://h.example',
  settings: { allowHttp: false },
  secretsSet: [],
  capabilities: { images: true, video: false, albums: false, uploadIntoAlbum: false, list: 'none', clearList: false, deleteByLink: true, sync: false, anonymous: true, extensions: [], maxBytes: null, warnBytes: null },
  isDefault: false,
  onlyThisComputer: false,
  paused: null,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-library-'));
  database = openLibraryDatabase(folder, { now: () => 0 });
  vault = (await openVault({ folder, keychain: null, now: () => 0 })).vault;
  followed.length = 0;
  remove = () => Promise.resolve({ status: 'deleted', evidence: '' });
  const provider = {
    upload: () => Promise.reject(new Error('not here')),
    test: () => Promise.resolve({ canUpload: true, steps: [] }),
    remove: (target, call) => {
      followed.push(target.deleteUrl);
      return remove(target, call);
    },
  } satisfies Provider;
  const accounts = { byId: (id: string) => (id === 'gone' ? undefined : account(id)), provider: () => provider };
  library = createLibrary({ db: database.db, vault, accounts, now: () => 5, newId, onFault: fault });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

let counter = 0;
const upload = (part: Partial<NewUpload> = {}): NewUpload => ({
  id: newId(),
  jobId: null,
  accountId: 'a',
  accountName: 'blog',
  provider: 'smms',
  onlyThisComputer: false,
  name: 'photo.png',
  storedName: null,
  remoteId: null,
  url: `https://h.example/i/${(counter += 1)}.png`,
  thumbUrl: null,
  kind: 'image',
  mime: 'image/png',
  bytes: 10,
  width: 1,
  height: 1,
  durationSeconds: null,
  sha256: 'd1',
  albumId: null,
  uploadedAt: 1,
  remoteState: 'online',
  deleteUrl: null,
  ...part,
});
const linked = (part: Partial<NewUpload> = {}): NewUpload => upload({ deleteUrl: `https://h.example/delete/${counter}`, ...part });
const fault = (error: unknown): never => {
  throw error;
};
const query = (filter: Partial<LibraryFilter> = {}, sort: LibraryQuery['sort'] = NEWEST_FIRST): LibraryQuery => ({ filter: { ...NO_FILTER, ...filter }, sort });
const search = (text: string, accountId: string | null = null): readonly string[] =>
  library.view(query({ search: text, accountId }), 500).uploads.map((found) => found.name);
const none = new AbortController().signal;

describe('the library', () => {
  it('gives back what was added and keeps the delete link sealed', () => {
    const given = linked({ name: '图.png', durationSeconds: 1.5 });
    const added = library.add(given);
    expect(library.byId(given.id)).toEqual(added);
    expect(added).toMatchObject({ name: '图.png', hasDeleteLink: true, thumb: null, durationSeconds: 1.5 });
    expect(library.deleteLink(given.id)).toBe(given.deleteUrl);
    const stored = Buffer.from(database.db.prepare('SELECT delete_link FROM uploads').get()?.['delete_link'] as Uint8Array);
    expect(stored.toString('latin1')).not.toContain('delete');
  });

  it('records a job once, however often it is told', () => {
    const first = library.add(upload({ jobId: 'j1' }));
    expect(library.add(upload({ jobId: 'j1' }))).toEqual(first);
    expect(search('')).toHaveLength(1);
  });

  it('keeps the record of an online picture although the vault is locked', () => {
    const locked = createLibrary({ db: database.db, vault: { ...vault, state: 'locked' }, accounts: { byId: account, provider: () => { throw new Error('unused'); } }, now: () => 0, newId, onFault: fault });
    expect(locked.add(linked())).toMatchObject({ hasDeleteLink: false });
  });

  it('tells of an addition after the transaction, and never of one that was rolled back', async () => {
    const told: string[] = [];
    library.onChange((change) => told.push(...change.upsert.map((each) => each.name)));
    expect(() => database.db.transaction(() => { library.add(upload({ name: 'lost' })); throw new Error('back'); })).toThrow('back');
    database.db.transaction(() => library.add(upload({ name: 'kept' })));
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual(['kept']);
  });

  it('shows newest first, and any stretch of a view joins the next without gap or repeat', () => {
    for (let n = 0; n < 25; n += 1) library.add(upload({ name: `n${n}` }));
    const seen: string[] = [];
    for (let offset = 0; offset < 30; offset += 7) seen.push(...library.rows(query(), offset, 7).map((each) => each.name));
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `n${24 - n}`));
    expect(library.rows(query(), 25, 7)).toEqual([]);
  });

  it('counts all that match, however few are shown, and again after a change', async () => {
    for (let n = 0; n < 7; n += 1) library.add(upload({ name: `cat ${n}`, accountId: n < 3 ? 'a' : 'b' }));
    const total = (text: string, accountId: string | null): number => library.view(query({ search: text, accountId }), 2).total;
    expect([total('', null), total('cat', null), total('cat', 'a'), total('c', 'b'), total('dog', null)]).toEqual([7, 7, 3, 4, 0]);
    await library.remove({ ids: [library.view(query({ accountId: 'a' }), 1).uploads[0]?.id ?? ''] });
    expect([total('', null), total('cat', 'a')]).toEqual([6, 2]);
  });

  it('counts everything exactly at once, a search or a filter up to some screens, and those exactly on demand', async () => {
    database.db.transaction(() => {
      for (let n = 0; n < 1005; n += 1) library.add(upload({ name: `cat ${n}`, bytes: 2 }));
    });
    await Promise.resolve();
    const counted = (text: string, accountId: string | null): readonly unknown[] => {
      const { total, exact } = library.view(query({ search: text, accountId }), 2);
      return [total, exact];
    };
    expect([counted('', null), counted('', 'a'), counted('cat', null), counted('ca', 'a')]).toEqual([[1005, true], [250, false], [250, false], [250, false]]);
    expect(await library.count(query({ search: 'cat' }))).toMatchObject({ total: 1005, bytes: 2010, days: [{ count: 1005 }] });
    expect(await library.count(query({ accountId: 'a' }))).toMatchObject({ total: 1005, bytes: 2010 });
    expect([counted('cat', null), counted('', 'a')]).toEqual([[1005, true], [1005, true]]);
    expect(library.rows(query({ search: 'ca' }), 1000, 500)).toHaveLength(5);
  });

  it('finds fragments, Chinese, short words and any mix of them, in any case', () => {
    for (const name of ['Sommer-Urlaub.png', '截图 2026.png', '猫.png', '100%_a.png', 'a"b.png']) library.add(upload({ name, accountName: 'blog' }));
    expect(search('urlaub')).toEqual(['Sommer-Urlaub.png']);
    expect(search('截图')).toEqual(['截图 2026.png']);
    expect(search('猫')).toEqual(['猫.png']);
    expect(search('截图 2026')).toEqual(['截图 2026.png']);
    expect(search('%_')).toEqual(['100%_a.png']);
    expect(search('a"b.')).toEqual(['a"b.png']);
    expect(search('sommer 猫')).toEqual([]);
    expect(search('h.example')).toHaveLength(5);
    expect(search('blog', 'b')).toEqual([]);
  });

  it('finds exactly what contains the words, whatever they are', () => {
    const alphabet = fc.constantFrom('a', 'b', 'B', '图', '猫', '"', '%', '_', '*', '\\', '-', '(', "'");
    const word = fc.array(alphabet, { minLength: 1, maxLength: 5 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.array(word, { minLength: 1, maxLength: 2 }), (names, words) => {
        database.db.exec('DELETE FROM uploads');
        for (const name of names) library.add(upload({ name, url: null, accountName: '' }));
        const lower = words.map((each) => each.toLowerCase());
        const expected = names.filter((name) => lower.every((each) => name.toLowerCase().includes(each))).reverse();
        expect(search(words.join(' '))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('finds by bytes the newest upload that is still there, per account', () => {
    library.add(upload({ name: 'old' }));
    const newer = library.add(upload({ name: 'new' }));
    library.setRemoteState(newer.id, 'deleted');
    expect(library.bySha256('a', 'd1')?.name).toBe('old');
    expect(library.bySha256('b', 'd1')).toBeUndefined();
  });

  it('matches a row of a host by address, id or stored name within the account', () => {
    const known = library.add(upload({ url: 'https://h.example/x', remoteId: '7', storedName: 's.png' }));
    expect(library.byRemote('a', { url: 'https://h.example/x', remoteId: null, storedName: null })?.id).toBe(known.id);
    expect(library.byRemote('a', { url: null, remoteId: '7', storedName: null })?.id).toBe(known.id);
    expect(library.byRemote('a', { url: 'https://h.example/y', remoteId: '', storedName: 's.png' })?.id).toBe(known.id);
    expect(library.byRemote('b', { url: null, remoteId: '7', storedName: 's.png' })).toBeUndefined();
  });

  it('takes tags back that were given to many, and gives back those that were taken, to each its own', async () => {
    library.addMany([upload({ id: 'a', tags: ['sea', 'blog'] }), upload({ id: 'b', tags: ['trip'] }), upload({ id: 'c' })]);
    const tagsOf = (): unknown => ['a', 'b', 'c'].map((id) => [...(library.byId(id)?.tags ?? [])].sort());
    const { undo, changed } = await library.tag({ ids: ['a', 'b', 'c'] }, ['Trip', 'new'], ['blog', 'new']);
    expect([changed, tagsOf()]).toEqual([3, [['new', 'sea', 'trip'], ['new', 'trip'], ['new', 'trip']]]);
    await library.tag({ ids: ['c'] }, ['kept'], []);
    expect([await library.undoTag(undo), tagsOf()]).toEqual([3, [['blog', 'sea'], ['trip'], ['kept']]]);
    await expect(library.undoTag(undo)).rejects.toMatchObject({ problem: { message: 'undoGone' } });
  });

  it('remembers a thumbnail', () => {
    const { id } = library.add(upload());
    library.setThumb(id, 'd1.webp');
    expect(library.byId(id)?.thumb).toBe('d1.webp');
  });

  it('names the thumbnails of all its records and of those that can be brought back, and of no others', async () => {
    database.db.transaction(() => {
      for (let number = 0; number < 2100; number += 1) library.setThumb(library.add(upload({ name: `${number}` })).id, `${number}.webp`);
    });
    const gone = library.add(upload({ name: 'gone' })).id;
    library.setThumb(gone, 'gone.webp');
    await library.remove({ ids: [gone] });
    library.add(upload({ name: 'without' }));
    const portions = [...library.thumbs()];
    expect(portions.length).toBeGreaterThan(1);
    expect(portions.flat()).toEqual([...Array.from({ length: 2100 }, (_, number) => `${number}.webp`), 'gone.webp']);
  });
});

describe('deleting', () => {
  it('keeps a tombstone without link when the picture is gone, and the link when that is not known', async () => {
    const outcomes = ['deleted', 'already_gone', 'unconfirmed', 'refused'] as const;
    const ids = outcomes.map((status) => library.add(linked({ name: status, deleteUrl: `https://h.example/${status}` })).id);
    remove = ({ deleteUrl }) => Promise.resolve({ status: outcomes.find((each) => deleteUrl.endsWith(`/${each}`)) ?? 'refused', evidence: '' });
    expect(await library.delete(ids, none)).toEqual(ids.map((id, index) => ({ id, status: outcomes[index], problem: null })));
    expect(ids.map((id) => [library.byId(id)?.remoteState, library.byId(id)?.hasDeleteLink])).toEqual([
      ['deleted', false],
      ['already_gone', false],
      ['unconfirmed', true],
      ['refused', true],
    ]);
    followed.length = 0;
    expect(await library.delete(ids.slice(0, 2), none)).toEqual(ids.slice(0, 2).map((id) => ({ id, status: 'already_gone', problem: null })));
    expect(followed).toEqual([]);
    expect(library.byId(ids[0] ?? '')?.remoteState).toBe('deleted');
  });

  it('answers each id in its place, and one failure costs no other its result', async () => {
    const good = library.add(linked()).id;
    const dead = library.add(linked({ deleteUrl: 'https://h.example/dead' })).id;
    const bare = library.add(upload()).id;
    const orphan = library.add(linked({ accountId: 'gone' })).id;
    remove = ({ deleteUrl }) =>
      deleteUrl.endsWith('dead')
        ? Promise.reject(new ProviderError(problemOf({ kind: 'network', message: 'offline', params: { host: 'name of a' } }, 5), false, 'backoff'))
        : Promise.resolve({ status: 'deleted', evidence: '' });
    const results = await library.delete([bare, dead, 'nobody', good, orphan, good], none);
    expect(results.map((result) => [result.status, result.problem?.message ?? null])).toEqual([
      ['failed', 'noDeleteLink'],
      ['failed', 'offline'],
      ['failed', 'uploadNotFound'],
      ['deleted', null],
      ['failed', 'accountGone'],
      ['deleted', null],
    ]);
    expect(results[1]?.problem?.params).toEqual({ host: 'name of a' });
    expect(library.byId(dead)).toMatchObject({ remoteState: 'online', hasDeleteLink: true });
    expect(followed).toHaveLength(2);
  });

  it('asks a host a few at a time, and an id that is on its way only once', async () => {
    let running = 0;
    let most = 0;
    remove = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { status: 'deleted', evidence: '' };
    };
    const ids = Array.from({ length: 12 }, () => library.add(linked()).id);
    await Promise.all([library.delete(ids, none), library.delete(ids.slice(0, 3), none)]);
    expect(most).toBe(3);
    expect(followed).toHaveLength(12);
  });

  it('follows no more links once it is cancelled', async () => {
    const cancel = new AbortController();
    const ids = Array.from({ length: 9 }, () => library.add(linked()).id);
    remove = () => {
      cancel.abort();
      return Promise.resolve({ status: 'deleted', evidence: '' });
    };
    const results = await library.delete(ids, cancel.signal);
    expect(results.filter((result) => result.status === 'deleted').length).toBeLessThanOrEqual(3);
    expect(results.at(-1)).toMatchObject({ status: 'failed', problem: { kind: 'cancelled' } });
  });

  it('never follows a link that would travel openly or carries a login', async () => {
    const id = library.add(linked({ deleteUrl: 'http://h.example/delete/1' })).id;
    expect((await library.delete([id], none))[0]).toMatchObject({ status: 'failed', problem: { message: 'delUnsafe' } });
    expect(followed).toEqual([]);
    const lan = { url: 'http://192.168.1.5/img', allowHttp: true };
    expect(isSafeDeleteLink('http://192.168.1.5:81/d', lan)).toBe(true);
    expect(isSafeDeleteLink('http://192.168.1.5/d', { ...lan, allowHttp: false })).toBe(false);
    expect(isSafeDeleteLink('http://192.168.1.6/d', lan)).toBe(false);
    expect(isSafeDeleteLink('http://127.0.0.1:9/d', { url: '', allowHttp: false })).toBe(true);
    expect(isSafeDeleteLink('http://127.0.0.1.evil.example/d', lan)).toBe(false);
    expect(isSafeDeleteLink('https://u:p@h.example/d', lan)).toBe(false);
    expect(isSafeDeleteLink('file:///etc/passwd', lan)).toBe(false);
    expect(isSafeDeleteLink('nonsense', lan)).toBe(false);
  });
});

describe('what an upload was made from', () => {
  it('is known where it was another file, by its size too, and comes back with a record that was taken out', async () => {
    const path = join(folder, 'photo.jpg');
    writeFileSync(path, Buffer.alloc(99));
    const made = library.add(upload({ sourcePath: path, source: { bytes: 99, sha256: 'd1' } }));
    const plain = library.add(upload({ sourcePath: path }));
    expect([library.source(made.id), library.source(plain.id)]).toEqual([{ bytes: 99, sha256: 'd1' }, null]);
    expect([made, plain].map(({ id }) => library.details(id)?.localFile)).toEqual(['there', 'gone']);
    const { undo } = await library.remove({ ids: [made.id] });
    await library.undoRemove(undo);
    expect(library.source(made.id)).toEqual({ bytes: 99, sha256: 'd1' });
  });
});
