import { afterEach, beforeEach, expect, test } from 'vitest';
import { newUpload, openLibraryWorld, query, type LibraryWorld } from '../../../../test/library/library-world';
import { calls, type CallName } from '../../../shared/ipc/contract';
import type { Result } from '../../../shared/ipc/result';
import { Settings } from '../../../shared/model/settings';
import type { Services } from '../../services';
import { createSend } from '../events';
import { createLibraryFeed } from '../library-feed';
import { register, type Handlers } from '../register';
import type { CallSender } from '../trusted-sender';
import { albumsHandlers } from './albums-handlers';
import type { HandlerDeps } from './handler-deps';
import { libraryHandlers } from './library-handlers';

let world: LibraryWorld;
let copied: string[];
let opened: { readonly url: string; readonly httpAllowed: boolean }[];
let ask: (name: CallName, input: unknown) => Promise<Result<unknown>>;
const faults: unknown[] = [];
const ours: CallSender = { sender: { id: 1 }, senderFrame: { origin: 'app://picferry', parent: null } };

beforeEach(() => {
  world = openLibraryWorld({ albums: () => Promise.resolve([{ id: '7', name: 'Host', description: null, isPrivate: true, coverUrl: null, createdAt: null, updatedAt: null }]) });
  copied = [];
  opened = [];
  faults.length = 0;
  const { library, albums } = world;
  const services = { library, albums, settings: { current: () => Settings.parse({}) }, accounts: { byId: () => undefined } } as unknown as Services;
  const deps = {
    services: () => Promise.resolve(services),
    clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
    openLink: (url: string, { httpAllowed }: { readonly httpAllowed: boolean }) => Promise.resolve(void opened.push({ url, httpAllowed })),
    lifetime: new AbortController().signal,
    now: () => 9,
  } as unknown as HandlerDeps;
  const listeners = new Map<string, (event: CallSender, input: unknown) => Promise<Result<unknown>>>();
  register(calls, { ...libraryHandlers(deps), ...albumsHandlers(deps) } as Handlers, {
    handle: (channel, listener) => void listeners.set(channel, listener),
    windows: { roleOf: (id) => (id === 1 ? 'main' : null) },
    checkOutput: true,
    logFault: (fault) => void faults.push(fault.error),
    newId: () => 'fault',
    now: () => 9,
  });
  ask = (name, input) => listeners.get(name)?.(ours, input) ?? Promise.reject(new Error(name));
});
afterEach(() => {
  expect(faults).toEqual([]);
  world.close();
});

const value = async (name: CallName, input: unknown): Promise<unknown> => {
  const result = await ask(name, input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const refusal = async (name: CallName, input: unknown): Promise<unknown> => {
  const result = await ask(name, input);
  return result.ok ? 'answered' : (result.error.problem.detail ?? result.error.problem.message);
};
const add = (...ids: readonly string[]): void => void world.library.addMany(ids.map((id, n) => newUpload({ id, name: `photo ${id}.png`, uploadedAt: 1_700_000_000_000 + n * 1000, deleteUrl: `https://h.example/delete/${id}` })));

test('a view, its rows, its count, the facets and one upload in full come as the contract says', async () => {
  add('a', 'b', 'c');
  await value('library:tag', { selection: { ids: ['b'] }, add: ['blog'], remove: [] });
  expect(await value('library:view', { query: query(), limit: 2 })).toMatchObject({ total: 3, exact: true, uploads: [{ id: 'c' }, { id: 'b', tags: ['blog'] }], days: [{ count: 3 }] });
  expect(await value('library:rows', { query: query(), offset: 2, limit: 5 })).toMatchObject({ uploads: [{ id: 'a' }] });
  expect(await value('library:count', query({ search: 'photo' }))).toMatchObject({ total: 3, bytes: 30 });
  expect(await value('library:facets', undefined)).toMatchObject({ accounts: [{ id: 'a', count: 3 }], tags: [{ name: 'blog', count: 1 }] });
  await value('library:set-note', { id: 'a', note: 'to keep' });
  expect(await value('library:details', { id: 'a' })).toMatchObject({ note: 'to keep', upload: { id: 'a', hasDeleteLink: true } });
  expect(JSON.stringify(await value('library:details', { id: 'a' }))).not.toContain('delete/a');
});

test('links are copied in the order of the selection, a delete link only alone and by its own call', async () => {
  add('a', 'b');
  expect(await value('library:copy-links', { selection: { ids: ['a', 'b'] }, format: 'url' })).toMatchObject({ links: 2, withoutLink: 0 });
  await value('library:copy-links', { selection: { matching: query(), except: [] }, format: 'url' });
  await value('library:copy-delete-link', { id: 'a' });
  expect(copied).toEqual(['https://h.example/i/a.png\nhttps://h.example/i/b.png', 'https://h.example/i/b.png\nhttps://h.example/i/a.png', 'https://h.example/delete/a']);
  expect(await refusal('library:copy-links', { selection: { ids: ['gone'] }, format: 'url' })).toBe('uploadNotFound');
  world.library.addMany([newUpload({ id: 'held', url: null })]);
  expect(await refusal('library:copy-links', { selection: { ids: ['held'] }, format: 'url' })).toBe('linksNone');
});

test('what is removed comes back by its undo, and what is unknown is refused in words', async () => {
  add('a', 'b');
  const { undo, removed } = (await value('library:remove', { selection: { ids: ['a'] } })) as { readonly undo: string; readonly removed: number };
  expect([removed, world.library.byId('a')]).toEqual([1, undefined]);
  expect(await value('library:undo-remove', { undo })).toEqual({ restored: 1 });
  expect(world.library.byId('a')).toMatchObject({ hasDeleteLink: true });
  expect(await value('library:undo-remove', { undo: 'unknown' })).toEqual({ restored: 0 });
  for (const name of ['library:details', 'library:open'] as const) expect(await refusal(name, { id: 'gone' })).toBe('uploadNotFound');
  expect(await refusal('library:show-file', { id: 'a' })).toBe('fileVanished');
});

test('an address over http is opened only where that is allowed', async () => {
  add('a');
  await value('library:open', { id: 'a' });
  expect(opened).toEqual([{ url: 'https://h.example/i/a.png', httpAllowed: false }]);
});

test.each<[CallName, unknown]>([
  ['library:view', { query: query(), limit: -1 }],
  ['library:rows', { query: query(), offset: 0, limit: 1e9 }],
  ['library:view', { query: { ...query(), filter: { ...query().filter, kind: 'sound' } }, limit: 5 }],
  ['library:remove', { selection: {} }],
  ['albums:create', { name: '  ', selection: null }],
  ['albums:create', { name: 'x'.repeat(200), selection: null }],
])('%s refuses what the contract does not know: %j', async (name, input) => {
  expect(await ask(name, input)).toMatchObject({ ok: false, error: { code: 'invalid' } });
});

test('albums are made with a selection, renamed, moved into, covered, taken away and brought back', async () => {
  add('a', 'b');
  const { id } = (await value('albums:create', { name: ' Summer ', selection: { ids: ['a'] } })) as { readonly id: string };
  expect(await refusal('albums:create', { name: 'SUMMER', selection: null })).toBe('albumNameTaken');
  await value('albums:rename', { id, name: 'Winter' });
  expect(await value('albums:move', { selection: { ids: ['a', 'b'] }, albumId: id })).toEqual({ undo: expect.any(String), moved: 1 });
  await value('albums:set-cover', { id, uploadId: 'a' });
  expect(await value('albums:refresh', { accountId: 'account' })).toEqual({ albums: 1 });
  const both = [{ id, name: 'Winter', count: 2, coverUploadId: 'a' }, { source: 'host', id: '7', isPrivate: true }];
  expect(await value('albums:snapshot', undefined)).toMatchObject({ albums: both });
  const { undo } = (await value('albums:remove', { id })) as { readonly undo: string };
  expect(await value('albums:snapshot', undefined)).toMatchObject({ albums: [{ source: 'host' }] });
  await value('albums:undo-remove', { undo });
  expect(await value('albums:snapshot', undefined)).toMatchObject({ albums: both });
  expect([await refusal('albums:rename', { id: 'gone', name: 'x' }), await refusal('albums:set-cover', { id: 'gone', uploadId: null })]).toEqual(['albumNotFound', 'albumNotFound']);
});

test('the window hears of changes merged: rows while they are few, and only that views are different when they are many', () => {
  const heard: { readonly upsert: readonly { readonly id: string }[]; readonly removed: readonly string[]; readonly reordered: boolean }[] = [];
  const due: (() => void)[] = [];
  const send = createSend(() => [{ send: (_channel, payload) => void heard.push(payload as (typeof heard)[number]) }], true);
  const feed = createLibraryFeed({ now: () => 0, after: (_ms, act) => (due.push(act), () => undefined) }, send);
  world.library.onChange(feed.take);
  const tell = (): (typeof heard)[number] | undefined => {
    for (let act = due.shift(); act !== undefined; act = due.shift()) act();
    return heard.splice(0).at(-1);
  };
  add('a', 'b');
  world.library.setNote('a', 'x');
  expect(tell()).toMatchObject({ upsert: [{ id: 'a' }, { id: 'b' }], removed: [], reordered: true });
  world.library.setThumb('a', 'a.webp');
  expect(tell()).toMatchObject({ upsert: [{ id: 'a', thumb: 'a.webp' }], reordered: false });
  add(...Array.from({ length: 100 }, (_, n) => `many-${n}`));
  expect(tell()).toMatchObject({ upsert: [], removed: [], reordered: true });
  feed.close();
});
