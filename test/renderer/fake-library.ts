import type { CallName, Calls, EventName, Events } from '../../src/shared/ipc/contract';
import type { LibraryQuery, UploadSelection } from '../../src/shared/model/library-query';
import type { Upload } from '../../src/shared/model/upload';
import type { UploadDetails } from '../../src/shared/model/upload-details';
import type { z } from 'zod';
import { inventedNow } from './invented-jobs';

export type Handlers = { readonly [K in CallName]?: (input: z.output<Calls[K]['input']>) => z.output<Calls[K]['output']> };
type Emit = <K extends EventName>(name: K, event: Omit<z.output<Events[K]>, 'rev'>) => void;

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080" viewBox="0 0 96 54"><circle cx="70" cy="14" r="7" fill="#f3c969"/><path d="M0 54l30-30 16 16 14-12 36 26z" fill="#2d6f7c"/></svg>`;

const dayOf = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
};

const matches = (upload: Upload, { filter }: LibraryQuery): boolean => {
  const words = filter.search.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  const text = `${upload.name} ${upload.url ?? ''} ${upload.accountName} ${upload.tags.join(' ')}`.toLowerCase();
  const { album, state } = filter;
  return (
    words.every((word) => text.includes(word)) &&
    (filter.accountId === null || upload.accountId === filter.accountId) &&
    (filter.provider === null || upload.provider === filter.provider) &&
    (album === null || (album.source === 'local' ? upload.localAlbumId === album.id : upload.albumId === album.id && upload.accountId === album.accountId)) &&
    (filter.kind === null || upload.kind === filter.kind) &&
    (filter.tag === null || upload.tags.includes(filter.tag)) &&
    (state === null || (state === 'link_dead' ? upload.linkState === 'dead' : state === 'deleted' ? ['deleted', 'already_gone'].includes(upload.remoteState) : upload.remoteState === state)) &&
    (filter.from === null || upload.uploadedAt >= filter.from) &&
    (filter.before === null || upload.uploadedAt < filter.before)
  );
};

const sorted = (uploads: readonly Upload[], { sort }: LibraryQuery): readonly Upload[] => {
  const by = { time: (a: Upload, b: Upload) => a.uploadedAt - b.uploadedAt, name: (a: Upload, b: Upload) => a.name.localeCompare(b.name), size: (a: Upload, b: Upload) => a.bytes - b.bytes }[sort.by];
  return [...uploads].sort((a, b) => (sort.direction === 'asc' ? by(a, b) : by(b, a)));
};

/** The library of a fake main process, with filters, order and undo as in the real one. */
export const createFakeLibrary = (first: readonly Upload[], emit: Emit): Handlers => {
  let uploads = first;
  const notes = new Map<string, string>();
  const taken = new Map<string, readonly Upload[]>();
  let last: { readonly key: string; readonly from: readonly Upload[]; readonly found: readonly Upload[] } | null = null;
  const find = (query: LibraryQuery): readonly Upload[] => {
    const key = JSON.stringify(query);
    if (last?.key !== key || last.from !== uploads) last = { key, from: uploads, found: sorted(uploads.filter((upload) => matches(upload, query)), query) };
    return last.found;
  };
  const chosen = (selection: UploadSelection): readonly Upload[] =>
    'ids' in selection ? selection.ids.flatMap((id) => uploads.find((upload) => upload.id === id) ?? []) : find(selection.matching).filter(({ id }) => !selection.except.includes(id));
  const daysOf = (found: readonly Upload[], { sort }: LibraryQuery): { readonly day: string; readonly count: number }[] => {
    if (sort.by !== 'time') return [];
    const counts = new Map<string, number>();
    for (const { uploadedAt } of found) counts.set(dayOf(uploadedAt), (counts.get(dayOf(uploadedAt)) ?? 0) + 1);
    return [...counts].map(([day, count]) => ({ day, count }));
  };
  const change = (selection: UploadSelection, edit: (upload: Upload) => Upload): number => {
    const ids = new Set(chosen(selection).map(({ id }) => id));
    const upsert: Upload[] = [];
    uploads = uploads.map((upload) => {
      if (!ids.has(upload.id)) return upload;
      const next = edit(upload);
      upsert.push(next);
      return next;
    });
    emit('library:changed', { upsert: upsert.slice(0, 500), removed: [], reordered: false });
    return ids.size;
  };
  const details = (upload: Upload): UploadDetails => ({
    upload,
    note: notes.get(upload.id) ?? (upload.id === 'up-0' ? 'For the post about the harbour. 给十一月那篇文章用。' : ''),
    localFile: upload.id === 'up-1' ? 'gone' : 'there',
    linkCheckedAt: upload.linkState === 'unchecked' ? null : inventedNow - 3_600_000,
    from: null,
    replaces: upload.id === 'up-0' ? 'up-5' : null,
    replacedBy: null,
    events: [
      ...(upload.linkState === 'unchecked' ? [] : [{ at: inventedNow - 3_600_000, what: upload.linkState === 'dead' ? ('link_dead' as const) : ('link_alive' as const), params: {} }]),
      { at: upload.uploadedAt + 60_000, what: 'moved', params: { album: 'Harbour' } },
      { at: upload.uploadedAt, what: 'uploaded', params: {} },
    ],
  });
  const one = (id: string): Upload => {
    const upload = uploads.find((some) => some.id === id);
    if (upload === undefined) throw new Error('no such upload');
    return upload;
  };
  return {
    'library:view': ({ query, limit }) => {
      const found = find(query);
      const exact = query.filter.search === '' || found.length < 1000;
      return { uploads: found.slice(0, limit), total: exact ? found.length : 1000, exact, days: exact ? daysOf(found, query) : [] };
    },
    'library:rows': ({ query, offset, limit }) => ({ uploads: find(query).slice(offset, offset + limit) }),
    'library:count': (query) => ({ total: find(query).length, days: daysOf(find(query), query), bytes: find(query).reduce((sum, { bytes }) => sum + bytes, 0) }),
    'library:facets': () => {
      const accounts = new Map<string, { id: string; name: string; count: number }>();
      const tags = new Map<string, number>();
      for (const upload of uploads) {
        accounts.set(upload.accountId, { id: upload.accountId, name: upload.accountName, count: (accounts.get(upload.accountId)?.count ?? 0) + 1 });
        for (const tag of upload.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
      }
      return { accounts: [...accounts.values()], tags: [...tags].map(([name, count]) => ({ name, count })), oldest: uploads.at(-1)?.uploadedAt ?? null };
    },
    'library:details': ({ id }) => details(one(id)),
    'library:set-note': ({ id, note }) => {
      notes.set(id, note);
      change({ ids: [id] }, (upload) => upload);
    },
    'library:undo-tag': () => ({ changed: 0 }),
    'library:tag': ({ selection, add, remove }) => ({ undo: 'tag', changed: change(selection, (upload) => ({ ...upload, tags: [...new Set([...upload.tags.filter((tag) => !remove.includes(tag)), ...add])] })) }),
    'library:copy-links': ({ selection }) => {
      const about = chosen(selection);
      const linked = about.filter(({ url }) => url !== null);
      return { text: linked.slice(0, 5).map(({ url }) => url ?? '').join('\n'), links: linked.length, withoutLink: about.length - linked.length };
    },
    'library:sharing': () => ({ on: false, others: 0 }),
    'library:remove': ({ selection }) => {
      const gone = chosen(selection);
      const ids = new Set(gone.map(({ id }) => id));
      uploads = uploads.filter(({ id }) => !ids.has(id));
      const undo = `undo-${taken.size}`;
      taken.set(undo, gone);
      emit('library:changed', ids.size > 500 ? { upsert: [], removed: [], reordered: true } : { upsert: [], removed: [...ids], reordered: true });
      return { undo, removed: gone.length };
    },
    'library:undo-remove': ({ undo }) => {
      const back = taken.get(undo) ?? [];
      taken.delete(undo);
      uploads = [...uploads, ...back];
      emit('library:changed', { upsert: back.length > 500 ? [] : [...back], removed: [], reordered: true });
      return { restored: back.length };
    },
    'library:upload-again': ({ selection }) => {
      const about = chosen(selection);
      const missing = about.filter((_, index) => index % 3 === 1).map(({ id, name }) => ({ id, name, why: 'moved' as const }));
      return { queued: about.length - missing.length, missing, left: { deleted: 0, working: 0 }, jobIds: [] };
    },
    'library:copy-repaired': ({ selection }) => ({ pairs: chosen(selection).length, text: '' }),
    'albums:snapshot': () => ({
      rev: 0,
      albums: [
        { source: 'local', id: 'al-1', accountId: null, name: 'Harbour', description: null, isPrivate: null, coverThumb: null, coverUploadId: null, count: 12, listedAt: null },
        { source: 'local', id: 'al-2', accountId: null, name: '读书笔记', description: null, isPrivate: null, coverThumb: null, coverUploadId: null, count: 240, listedAt: null },
      ],
    }),
    'library:want-thumbs': () => ({ page: [], later: [] }),
    'previews:open': () => ({ address: `data:image/svg+xml,${encodeURIComponent(drawing)}`, kind: 'image', from: 'host', bytes: 1_240_000 }),
    'transfer:export-list': ({ selection }) => ({ path: '/home/mei/Documents/picferry-links.csv', uploads: chosen(selection).length }),
  };
};
