import { describe, expect, it } from 'vitest';
import type { RemoteItem } from '../../shared/model/account';
import type { Upload } from '../../shared/model/upload';
import type { AccountsService } from '../accounts';
import type { NewUpload } from '../library';
import type { Provider } from '../providers/contract';
import { addRows, createRemote, webAddress, type RemoteDeps } from '.';

const row = (part: Partial<RemoteItem> = {}): RemoteItem => ({
  remoteId: '12',
  name: 'a.png',
  storedName: 's.png',
  url: 'https://h.example/uploads/s.png',
  thumbUrl: 'https://h.example/t/s.png',
  derived: true,
  kind: 'image',
  bytes: 5,
  width: 1,
  height: 1,
  views: 3,
  hostTime: '2024-04-05 06:07:08',
  hostTimeZoneKnown: false,
  uploadId: null,
  thumb: null,
  mayDelete: false,
  ...part,
});

/** A library of a few records that is asked as the real one is. */
const libraryOf = (...uploads: readonly Partial<Upload>[]) => {
  const records = [...uploads];
  const added: NewUpload[] = [];
  return {
    added,
    byRemote: (_account: string, match: { readonly remoteId: string | null; readonly storedName: string | null; readonly url: string | null }) => {
      const found = records.find(
        (one) => (match.url !== null && one.url === match.url) || (match.remoteId !== null && one.remoteId === match.remoteId) || (match.storedName !== null && one.storedName === match.storedName),
      );
      return found === undefined ? undefined : ({ url: null, storedName: null, remoteId: null, ...found } as Upload);
    },
    addMany: (many: readonly NewUpload[]) => {
      added.push(...many);
      records.push(...many);
      return { added: many.map(({ id }) => id), known: [] };
    },
  };
};
const account = { id: 'a', name: 'gallery', provider: 'wizs', url: 'https://h.example', capabilities: { list: 'public-gallery' }, settings: {}, onlyThisComputer: false } as unknown as ReturnType<AccountsService['list']>[number];
const remoteOf = (provider: Partial<Provider>, library = libraryOf()) => {
  let ids = 0;
  const deps: RemoteDeps = {
    accounts: { byId: (id) => (id === 'a' ? account : undefined), provider: () => provider as Provider },
    library,
    newId: () => `new-${(ids += 1)}`,
    now: () => 2_000_000_000_000,
    retry: (work) => work(),
  };
  return { remote: createRemote(deps), deps, library };
};
const listing = (items: readonly RemoteItem[]): Partial<Provider> => ({ list: ({ page, perPage }) => Promise.resolve({ items, page, perPage, total: items.length, totalPages: 1 }) });
const query = { page: 1, perPage: 100, orderBy: 'created_at', orderDir: 'DESC' } as const;
const signal = new AbortController().signal;

describe('the rows of a host', () => {
  it('are marked as ours by their address, by the name they are stored under, or by their id', async () => {
    const library = libraryOf({ id: 'by-url', url: 'https://h.example/1.png' }, { id: 'by-name', storedName: 'two.png' }, { id: 'by-id', remoteId: 'hash-3' });
    const rows = [row({ url: 'https://h.example/1.png', storedName: 'x' }), row({ url: null, storedName: 'two.png' }), row({ remoteId: 'hash-3', url: null, storedName: 'three.png' }), row({ remoteId: '4', url: null, storedName: 'four.png' })];
    const { items } = await remoteOf(listing(rows), library).remote.page('a', query, signal);
    expect(items.map(({ uploadId }) => uploadId)).toEqual(['by-url', 'by-name', 'by-id', null]);
  });

  it('are not taken for ours because their number happens to be the id of another picture', async () => {
    const library = libraryOf({ id: 'mine', remoteId: '12', storedName: '12.png', url: 'https://h.example/uploads/12.png' });
    const { items } = await remoteOf(listing([row({ remoteId: '12', storedName: 'strangers.png', url: 'https://h.example/uploads/strangers.png' })]), library).remote.page('a', query, signal);
    expect(items[0]?.uploadId).toBeNull();
  });

  it('bring the library\'s thumbnail, and may be deleted only where it keeps a delete link of what is not gone', async () => {
    const online = { remoteState: 'online', hasDeleteLink: true, thumb: null } as const;
    const library = libraryOf(
      { ...online, id: 'mine', storedName: '0.png', thumb: 'a.webp' },
      { ...online, id: 'taken in', storedName: '1.png', hasDeleteLink: false },
      { ...online, id: 'gone', storedName: '2.png', remoteState: 'deleted' },
      { ...online, id: 'refused', storedName: '3.png', remoteState: 'refused' },
    );
    const { items } = await remoteOf(listing([0, 1, 2, 3, 4].map((n) => row({ remoteId: String(n), storedName: `${n}.png`, url: null }))), library).remote.page('a', query, signal);
    expect(items.map(({ uploadId, thumb, mayDelete }) => [uploadId, thumb, mayDelete])).toEqual([
      ['mine', 'a.webp', true],
      ['taken in', null, false],
      ['gone', null, false],
      ['refused', null, true],
      [null, null, false],
    ]);
  });

  it('lose addresses that are no web addresses', async () => {
    const odd = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//h.example/a', 'https://user:word@h.example/a', 'https://', `https://h.example/${'a'.repeat(5000)}`, ''];
    const { items } = await remoteOf(listing(odd.map((url) => row({ url, thumbUrl: url })))).remote.page('a', query, signal);
    expect(items.map(({ url, thumbUrl }) => [url, thumbUrl])).toEqual(odd.map(() => [null, null]));
    expect(webAddress(' HTTPS://h.example/a ')).toBe('HTTPS://h.example/a');
  });

  it('come cut to a bearable length and number', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => row({ remoteId: String(n), name: 'n'.repeat(100_000) }));
    const { items } = await remoteOf(listing(rows)).remote.page('a', query, signal);
    expect([items.length, items[0]?.name.length]).toEqual([2000, 500]);
  });
});

describe('adding rows', () => {
  it('counts what is new and what is known, and takes no row without an address', () => {
    const { remote, library } = remoteOf({}, libraryOf({ id: 'known', url: 'https://h.example/k.png' }));
    const rows = [row(), row({ url: 'https://h.example/k.png', storedName: null }), row({ url: 'javascript:alert(1)', storedName: null, remoteId: '' }), row({ url: null, storedName: 'nowhere.png', remoteId: '9' })];
    expect(remote.add('a', rows)).toEqual({ added: 1, known: 1 });
    expect(library.added).toMatchObject([{ id: 'new-1', accountId: 'a', name: 'a.png', came: 'added_from_host', deleteUrl: null, remoteId: null, uploadedAt: Date.UTC(2024, 3, 5, 6, 7, 8) }]);
  });

  it('takes odd times for now, never for later, and names what has no name', () => {
    const { deps, library } = remoteOf({});
    const odd = [{ hostTime: null }, { hostTime: 'yesterday' }, { hostTime: '2999-01-01 00:00:00' }, { hostTime: '2024-01-01T00:00:00.000Z', hostTimeZoneKnown: true }];
    addRows(account, odd.map((part, n) => row({ ...part, name: '', storedName: `${n}.png`, url: `https://h.example/${n}.png` })), deps);
    expect(library.added.map(({ uploadedAt, name }) => [uploadedAt, name])).toEqual([
      [2_000_000_000_000, '0.png'],
      [2_000_000_000_000, '1.png'],
      [2_000_000_000_000, '2.png'],
      [Date.UTC(2024, 0, 1), '3.png'],
    ]);
  });

  it('says why a host cannot list or clear, and that an account is not there', async () => {
    const { remote } = remoteOf({});
    await expect(remote.page('a', query, signal)).rejects.toMatchObject({ problem: { message: 'cannotList', params: { host: 'gallery' } } });
    await expect(remote.clear('a', signal)).rejects.toMatchObject({ problem: { message: 'cannotClear' } });
    await expect(remote.page('b', query, signal)).rejects.toMatchObject({ problem: { message: 'noAccount' } });
    expect(() => remote.add('b', [row()])).toThrow();
  });
});
