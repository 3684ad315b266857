import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RemoteItem } from '../../shared/model/account';
import type { Upload } from '../../shared/model/upload';
import { CallFailure, type CallInput, type Client } from '../bridge';
import { createRemoteList, NEWEST_REMOTE, smallPicture } from './remote-list';

const row = (id: number, changed: Partial<RemoteItem> = {}): RemoteItem => ({
  remoteId: String(id),
  name: `${id}.jpg`,
  storedName: null,
  url: `https://pics.example.com/${id}.jpg`,
  thumbUrl: `https://pics.example.com/t/${id}.jpg`,
  derived: true,
  kind: 'image',
  bytes: null,
  width: null,
  height: null,
  views: null,
  hostTime: null,
  hostTimeZoneKnown: false,
  uploadId: null,
  thumb: null,
  mayDelete: false,
  ...changed,
});

const failure = (): CallFailure =>
  new CallFailure({ code: 'failed', id: 'x', problem: { kind: 'network', sub: null, message: 'offline', params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0 } });

/** A host whose list can change between two pages, fail, or answer late. */
const world = (rows: readonly RemoteItem[]) => {
  const state = { rows, fails: false, held: false };
  const pages: CallInput<'remote:page'>[] = [];
  const thumbs: string[][] = [];
  const waiting: (() => void)[] = [];
  const call = async (name: string, input: never) => {
    if (name === 'remote:thumbs') {
      const { urls } = input as CallInput<'remote:thumbs'>;
      thumbs.push([...urls]);
      if (state.fails) throw failure();
      return { addresses: urls.map((url) => `picture://preview/${url}`) };
    }
    const asked = input as CallInput<'remote:page'>;
    pages.push(asked);
    if (state.held) await new Promise<void>((go) => waiting.push(go));
    if (state.fails) throw failure();
    const ordered = asked.orderDir === 'ASC' ? [...state.rows].reverse() : state.rows;
    const start = (asked.page - 1) * asked.perPage;
    return { items: ordered.slice(start, start + asked.perPage), page: asked.page, total: ordered.length, totalPages: Math.ceil(ordered.length / asked.perPage) };
  };
  return { state, pages, thumbs, letGo: () => waiting.splice(0).forEach((go) => go()), client: { call } as unknown as Pick<Client, 'call'> };
};

const rows = (count: number): readonly RemoteItem[] => Array.from({ length: count }, (_, index) => row(count - index));

describe('what a host lists', () => {
  it('reads page after page to the end and no further', async () => {
    const { client, pages } = world(rows(120));
    const list = createRemoteList(client, 'acc');
    await list.reload();
    await list.more();
    await list.more();
    await list.more();
    expect(pages.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(list.store.getState().items).toHaveLength(120);
  });

  it('keeps every row of a host that gives none an id', async () => {
    const { client } = world(rows(3).map((one) => ({ ...one, remoteId: '' })));
    const list = createRemoteList(client, 'acc');
    await list.reload();
    expect(list.store.getState().items.map(({ name }) => name)).toEqual(['3.jpg', '2.jpg', '1.jpg']);
  });

  it('ends where a host gives the same page again and again', async () => {
    const pages: number[] = [];
    const call = (_name: string, { page }: { readonly page: number }) => (pages.push(page), Promise.resolve({ items: rows(50), page, total: null, totalPages: 1e6 }));
    const list = createRemoteList({ call } as unknown as Pick<Client, 'call'>, 'acc');
    await list.reload();
    for (let more = 0; more < 9; more += 1) await list.more();
    expect(pages).toEqual([1, 2, 3]);
    expect(list.store.getState()).toMatchObject({ page: 3, totalPages: 3, problem: null });
  });

  it('keeps its rows when reading it anew fails, and reads just that again', async () => {
    const { state, client, pages } = world(rows(60));
    const list = createRemoteList(client, 'acc');
    await list.reload();
    await list.more();
    state.fails = true;
    await list.reload();
    expect(list.store.getState()).toMatchObject({ items: { length: 60 }, failedPage: 1, problem: { message: 'offline' } });
    state.fails = false;
    state.rows = rows(61);
    await list.retry();
    expect(pages.at(-1)).toMatchObject({ page: 1 });
    expect(list.store.getState()).toMatchObject({ items: { length: 50 }, page: 1, totalPages: 2, problem: null });
  });

  it('gives no row twice when the list moves on between two pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 180 }), fc.integer({ min: 0, max: 60 }), async (count, added) => {
        const { client, state } = world(rows(count));
        const list = createRemoteList(client, 'acc');
        await list.reload();
        state.rows = [...Array.from({ length: added }, (_, index) => row(10_000 - index)), ...state.rows];
        for (let each = 0; each < 6; each += 1) await list.more();
        const ids = list.store.getState().items.map(({ remoteId }) => remoteId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(count);
      }),
      { numRuns: 40 },
    );
  });

  it('drops an answer that another order overtook', async () => {
    const { client, state, letGo } = world(rows(80));
    const list = createRemoteList(client, 'acc');
    state.held = true;
    const slow = list.reload();
    state.held = false;
    await list.setOrder({ orderBy: 'views', orderDir: 'ASC' });
    letGo();
    await slow;
    expect(list.store.getState().items[0]?.remoteId).toBe('1');
    expect(list.store.getState().items).toHaveLength(50);
  });

  it('keeps what was read when the next page cannot be had, and goes on from there', async () => {
    const { client, state, pages } = world(rows(120));
    const list = createRemoteList(client, 'acc');
    await list.reload();
    state.fails = true;
    await list.more();
    expect(list.store.getState()).toMatchObject({ page: 1, problem: { message: 'offline' } });
    expect(list.store.getState().items).toHaveLength(50);
    await list.more();
    expect(pages).toHaveLength(2);
    state.fails = false;
    list.store.setState({ problem: null });
    await list.more();
    expect(list.store.getState().items).toHaveLength(100);
  });

  it('stops at an empty page, whatever the host claims', async () => {
    const call = (_name: string, { page }: CallInput<'remote:page'>) => Promise.resolve({ items: page === 1 ? [row(1)] : [], page, total: 500, totalPages: 10 });
    const list = createRemoteList({ call } as unknown as Pick<Client, 'call'>, 'acc');
    await list.reload();
    await list.more();
    expect(list.store.getState()).toMatchObject({ page: 2, totalPages: 2 });
  });

  it('begins with the newest', async () => {
    const { client, pages } = world(rows(1));
    await createRemoteList(client, 'acc').reload();
    expect(pages[0]).toMatchObject({ ...NEWEST_REMOTE, accountId: 'acc' });
  });
});

describe('small pictures of listed rows', () => {
  it('are asked for once, and again only after a failure', async () => {
    const { client, state, thumbs } = world([]);
    const list = createRemoteList(client, 'acc');
    state.fails = true;
    await list.wantThumbs([row(1), row(2, { thumbUrl: null })]);
    state.fails = false;
    await list.wantThumbs([row(1)]);
    await list.wantThumbs([row(1)]);
    expect(thumbs).toEqual([[row(1).thumbUrl], [row(1).thumbUrl]]);
    expect(list.store.getState().thumbs.get(row(1).thumbUrl ?? '')).toBe(`picture://preview/${row(1).thumbUrl ?? ''}`);
  });
});

describe('rows and the library', () => {
  const upload = (changed: Partial<Upload>): Upload => ({ id: 'up-1', accountId: 'acc', url: null, remoteId: null, storedName: null, thumb: null, hasDeleteLink: true, remoteState: 'online', ...changed }) as Upload;

  it('are marked when they come in by id or address, and no longer when they leave', async () => {
    const { client, pages } = world([row(1, { derived: false }), row(2), row(3)]);
    const list = createRemoteList(client, 'acc');
    await list.reload();
    list.libraryChanged({ upsert: [upload({ id: 'a', remoteId: '1' }), upload({ id: 'b', url: 'https://pics.example.com/2.jpg' })], removed: [] });
    expect(list.store.getState().items.map(({ uploadId }) => uploadId)).toEqual(['a', 'b', null]);
    list.libraryChanged({ upsert: [], removed: ['a'] });
    expect(list.store.getState().items.map(({ uploadId }) => uploadId)).toEqual([null, 'b', null]);
    expect(pages).toHaveLength(1);
  });

  it('learn of a thumbnail, of a deletion, and that a number of the gallery\'s is no id of an upload', async () => {
    const { client, thumbs } = world([row(1, { storedName: 'one.png' }), row(2)]);
    const list = createRemoteList(client, 'acc');
    await list.reload();
    const parts = () => list.store.getState().items.map(({ uploadId, thumb, mayDelete }) => [uploadId, thumb, mayDelete]);
    list.libraryChanged({ upsert: [upload({ id: 'a', storedName: 'one.png' }), upload({ id: 'b', remoteId: '2', storedName: 'two.png' })], removed: [] });
    expect(parts()).toEqual([['a', null, true], [null, null, false]]);
    list.libraryChanged({ upsert: [upload({ id: 'a', storedName: 'one.png', thumb: 'a.webp' })], removed: [] });
    expect(parts()[0]).toEqual(['a', 'a.webp', true]);
    await list.wantThumbs(list.store.getState().items);
    expect(thumbs).toEqual([[row(2).thumbUrl]]);
    const [first] = list.store.getState().items;
    expect(first === undefined ? null : smallPicture(first, list.store.getState())).toBe('picture://thumb/a.webp');
    list.libraryChanged({ upsert: [upload({ id: 'a', storedName: 'one.png', remoteState: 'deleted' })], removed: [] });
    expect(parts()[0]).toEqual(['a', null, false]);
  });

  it('are not matched to uploads of other accounts', async () => {
    const { client } = world([row(1)]);
    const list = createRemoteList(client, 'acc');
    await list.reload();
    list.libraryChanged({ upsert: [upload({ accountId: 'other', remoteId: '1', url: row(1).url })], removed: [] });
    expect(list.store.getState().items[0]?.uploadId).toBeNull();
  });

  it('are made of the picture itself where the host lists none, up to a size', async () => {
    const { client, thumbs } = world([]);
    const list = createRemoteList(client, 'acc');
    const bare = { thumbUrl: null } as const;
    await list.wantThumbs([row(1, { ...bare, bytes: 40_000 }), row(2, { ...bare, bytes: 9_000_000 }), row(3, { ...bare, bytes: 40_000, kind: 'video' }), row(4, bare)]);
    expect(thumbs).toEqual([[row(1).url]]);
  });
});
