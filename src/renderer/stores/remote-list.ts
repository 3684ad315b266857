import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RemoteItem } from '../../shared/model/account';
import type { Problem } from '../../shared/model/problem';
import type { Upload } from '../../shared/model/upload';
import { NOT_IN_LIBRARY, rowInLibrary } from '../../shared/row-in-library';
import { CallFailure, type CallInput, type Client, type EventOf } from '../bridge';
import { thumbAddress } from './thumb-address';

export type RemoteOrder = Pick<CallInput<'remote:page'>, 'orderBy' | 'orderDir'>;
export const NEWEST_REMOTE: RemoteOrder = { orderBy: 'created_at', orderDir: 'DESC' };

export type RemoteState = {
  readonly order: RemoteOrder;
  readonly items: readonly RemoteItem[];
  /** The last page read; 0 before the first. */
  readonly page: number;
  readonly totalPages: number;
  /** Null when the host does not say. */
  readonly total: number | null;
  readonly loading: boolean;
  /** True once a first answer has come, be it a failure. */
  readonly loaded: boolean;
  readonly problem: Problem | null;
  /** The page that `problem` is about. */
  readonly failedPage: number;
  /** Addresses of small pictures by their `smallLink`; null where there is none to be had. */
  readonly thumbs: ReadonlyMap<string, string | null>;
};

export type RemoteList = {
  readonly store: StoreApi<RemoteState>;
  /** Reads the list anew from its first page. */
  readonly reload: () => Promise<void>;
  /** Reads the next page, unless one is being read or there is none. */
  readonly more: () => Promise<void>;
  /** Reads the page that could not be read. */
  readonly retry: () => Promise<void>;
  readonly setOrder: (order: RemoteOrder) => Promise<void>;
  /** Asks for the small pictures of rows on screen that the library has none of; each is asked for once. */
  readonly wantThumbs: (items: readonly RemoteItem[]) => Promise<void>;
  /** Marks the rows that came into the library or left it, without asking the host again. */
  readonly libraryChanged: (event: Pick<EventOf<'library:changed'>, 'upsert' | 'removed'>) => void;
};

const PER_PAGE = 50;
const THUMBS_AT_ONCE = 100;
/** Rows of one call: it answers when the slowest is there, and the others need not wait for it. */
const THUMBS_PER_CALL = 6;
/** Where a host lists no small picture, one up to this size is made from the picture itself. */
const MAX_WITHOUT_THUMB = 1024 * 1024;

/** Where a host has the small picture of a row; null where none can be had within a bound. */
export const smallLink = ({ thumbUrl, url, kind, bytes }: Pick<RemoteItem, 'thumbUrl' | 'url' | 'kind' | 'bytes'>): string | null =>
  thumbUrl ?? (kind === 'image' && bytes !== null && bytes <= MAX_WITHOUT_THUMB ? url : null);

/** The small picture of a row: the library's own, else what was fetched from the host; null while there is none. */
export const smallPicture = (item: RemoteItem, { thumbs }: Pick<RemoteState, 'thumbs'>): string | null => thumbAddress(item.thumb) ?? thumbs.get(smallLink(item) ?? '') ?? null;

/** Hosts that give their rows no id at all tell them apart by their addresses. */
export const rowKey = ({ remoteId, url, storedName }: Pick<RemoteItem, 'remoteId' | 'url' | 'storedName'>): string => (remoteId !== '' ? remoteId : `\n${url ?? storedName ?? ''}`);

/** A host that knows no pages gives the same one for ever: after so many without a new row the list is at its end. */
const BARREN_PAGES = 2;

const withNew = (before: readonly RemoteItem[], page: readonly RemoteItem[]): readonly RemoteItem[] => {
  const known = new Set(before.map(rowKey));
  const fresh: RemoteItem[] = [];
  for (const item of page) {
    if (known.has(rowKey(item))) continue;
    known.add(rowKey(item));
    fresh.push(item);
  }
  return fresh.length === 0 ? before : [...before, ...fresh];
};

/**
 * What a host lists, page after page. A list that moves on between two pages gives no row twice; an answer that was
 * overtaken by another order or a reload is dropped.
 */
export const createRemoteList = (client: Pick<Client, 'call'>, accountId: string): RemoteList => {
  const store = createStore<RemoteState>(() => ({
    order: NEWEST_REMOTE,
    items: [],
    page: 0,
    totalPages: 1,
    total: null,
    loading: false,
    loaded: false,
    problem: null,
    failedPage: 0,
    thumbs: new Map(),
  }));
  let turn = 0;
  let barren = 0;
  const askedThumbs = new Set<string>();

  const read = async (page: number): Promise<void> => {
    const mine = (turn += 1);
    store.setState({ loading: true, problem: null });
    try {
      const found = await client.call('remote:page', { accountId, page, perPage: PER_PAGE, ...store.getState().order });
      if (mine !== turn) return;
      const before = page === 1 ? [] : store.getState().items;
      const items = withNew(before, found.items);
      barren = items === before ? barren + 1 : 0;
      const end = found.items.length === 0 || barren >= BARREN_PAGES;
      store.setState({ items, page, totalPages: end ? page : found.totalPages, total: found.total, loading: false, loaded: true });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      if (mine !== turn) return;
      store.setState({ loading: false, loaded: true, problem: failure.error.problem, failedPage: page });
    }
  };

  const fetchThumbs = async (urls: readonly string[]): Promise<void> => {
    try {
      const { addresses } = await client.call('remote:thumbs', { accountId, urls: [...urls] });
      const thumbs = new Map(store.getState().thumbs);
      urls.forEach((url, index) => thumbs.set(url, addresses[index] ?? null));
      store.setState({ thumbs });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      // Without them the rows show a sign for their kind; they are asked for again when seen again.
      urls.forEach((url) => askedThumbs.delete(url));
    }
  };

  const reload = (): Promise<void> => read(1);
  return {
    store,
    reload,
    more: async () => {
      const { loading, page, totalPages, problem } = store.getState();
      if (!loading && problem === null && page > 0 && page < totalPages) await read(page + 1);
    },
    retry: async () => {
      const { loading, problem, failedPage } = store.getState();
      if (!loading && problem !== null) await read(failedPage);
    },
    setOrder: async (order) => {
      store.setState({ order, items: [], page: 0, loaded: false });
      await reload();
    },
    wantThumbs: async (items) => {
      const links = items.flatMap((item) => (item.thumb === null ? (smallLink(item) ?? []) : [])).filter((link) => !askedThumbs.has(link));
      const wanted = [...new Set(links)].slice(0, THUMBS_AT_ONCE);
      wanted.forEach((url) => askedThumbs.add(url));
      const calls = Array.from({ length: Math.ceil(wanted.length / THUMBS_PER_CALL) }, (_, index) => wanted.slice(index * THUMBS_PER_CALL, (index + 1) * THUMBS_PER_CALL));
      await Promise.all(calls.map(fetchThumbs));
    },
    libraryChanged: ({ upsert, removed }) => {
      const gone = new Set(removed);
      const mine = upsert.filter((upload) => upload.accountId === accountId);
      const byId = new Map(mine.map((upload) => [upload.id, upload]));
      const byUrl = new Map(mine.map((upload) => [upload.url, upload]));
      const byStoredName = new Map(mine.map((upload) => [upload.storedName, upload]));
      const byRemoteId = new Map(mine.map((upload) => [upload.remoteId, upload]));
      const uploadOf = ({ uploadId, url, storedName, remoteId, derived }: RemoteItem): Upload | undefined => {
        const known = uploadId === null ? undefined : byId.get(uploadId);
        const named = (url === null ? undefined : byUrl.get(url)) ?? (storedName === null ? undefined : byStoredName.get(storedName));
        // A gallery that states no addresses numbers its rows: those are not the ids that it gives its uploads.
        return known ?? named ?? (derived ? undefined : byRemoteId.get(remoteId));
      };
      const matched = (item: RemoteItem): RemoteItem => {
        const upload = uploadOf(item);
        if (upload === undefined && (item.uploadId === null || !gone.has(item.uploadId))) return item;
        const part = upload === undefined ? NOT_IN_LIBRARY : rowInLibrary(upload);
        const same = part.uploadId === item.uploadId && part.thumb === item.thumb && part.mayDelete === item.mayDelete;
        return same ? item : { ...item, ...part };
      };
      const { items } = store.getState();
      const next = items.map(matched);
      if (next.some((item, index) => item !== items[index])) store.setState({ items: next });
    },
  };
};
