import type { CallName, Calls, EventName, Events } from '../../src/shared/ipc/contract';
import type { RemoteItem } from '../../src/shared/model/account';
import type { LibraryAlbum } from '../../src/shared/model/library-album';
import type { ItemOutcome, Operation, OperationItem } from '../../src/shared/model/operation';
import type { Backup, ImportReport } from '../../src/shared/model/transfer';
import type { z } from 'zod';
import { inventedNow, inventProblem } from './invented-jobs';

type Handlers = { readonly [K in CallName]?: (input: z.output<Calls[K]['input']>) => z.output<Calls[K]['output']> };
type Emit = <K extends EventName>(name: K, event: Omit<z.output<Events[K]>, 'rev'>) => void;

const LONG = 'Everything that was ever photographed on the long way from the old harbour to the new lighthouse and back again';

const album = (changed: Partial<LibraryAlbum>): LibraryAlbum => ({
  source: 'local',
  id: 'al-1',
  accountId: null,
  name: 'Harbour',
  description: null,
  isPrivate: null,
  coverThumb: null,
  coverUploadId: null,
  count: 0,
  listedAt: null,
  ...changed,
});

const localAlbums: readonly LibraryAlbum[] = [
  album({ id: 'al-1', name: 'Harbour', coverThumb: 'al-1.webp', count: 12 }),
  album({ id: 'al-2', name: '读书笔记', coverThumb: 'al-2.webp', count: 240 }),
  album({ id: 'al-3', name: LONG, coverThumb: 'al-3.webp', coverUploadId: 'up-3', count: 12_400 }),
  album({ id: 'al-4', name: 'Screenshots for the manual', coverThumb: 'al-4.webp', count: 1 }),
  album({ id: 'al-5', name: 'Empty so far' }),
];

const hostAlbums: readonly LibraryAlbum[] = ['Travel', 'Screenshots', '二零二六', 'Private drafts'].map((name, index) =>
  album({ source: 'host', accountId: 'acc-2', id: String(index + 1), name, isPrivate: index === 3, coverThumb: index === 2 ? null : `ha-${index}.webp`, count: index === 2 ? 0 : index * 7 + 1, listedAt: inventedNow - 7_200_000 }),
);

const manyAlbums: readonly LibraryAlbum[] = Array.from({ length: 10_000 }, (_, index) => album({ id: `m-${index}`, name: `Album ${index}`, coverThumb: `m-${index}.webp`, count: (index * 37) % 900 }));

const remoteItem = (index: number, changed: Partial<RemoteItem> = {}): RemoteItem => ({
  remoteId: `${9000 - index}`,
  name: `2026${String(index).padStart(4, '0')}.jpg`,
  storedName: `a1b2c3d4${index}.jpg`,
  url: `https://pics.example.com/uploads/2026/11/a1b2c3d4${index}.jpg`,
  thumbUrl: `https://pics.example.com/thumb/${index}`,
  derived: true,
  kind: 'image',
  bytes: 120_000 + ((index * 7919) % 3_000_000),
  width: 1920,
  height: 1080,
  views: (index * 53) % 2400,
  hostTime: `2026-11-20 ${String(23 - (index % 24)).padStart(2, '0')}:05:00`,
  hostTimeZoneKnown: false,
  uploadId: null,
  thumb: null,
  mayDelete: false,
  ...changed,
});

const odd: readonly Partial<RemoteItem>[] = [
  { name: '西湖日落 – 断桥.png', uploadId: 'up-2', mayDelete: true },
  { bytes: null, width: null, height: null, views: null, hostTime: null },
  { name: `${LONG}.png`, thumbUrl: null },
  { name: 'walkthrough.mp4', kind: 'video', thumbUrl: null },
  { url: null, thumbUrl: null, derived: false, name: 'row without any link' },
  { uploadId: 'up-5', mayDelete: true, derived: false },
];

const TOTAL = 230;
const gallery = Array.from({ length: TOTAL }, (_, index) => remoteItem(index, odd[index] ?? {}));
const lastHour = Array.from({ length: 5 }, (_, index) => remoteItem(index, { remoteId: `h${index}`, derived: false, hostTimeZoneKnown: true, views: null, hostTime: '2026-11-20T09:12:00Z', uploadId: index < 2 ? `up-${index}` : null, mayDelete: index < 2 }));

const operation = (changed: Partial<Operation>): Operation => ({
  id: 'op-1',
  kind: 'delete',
  state: 'done',
  startsAt: null,
  total: 50,
  done: 50,
  outcomes: {},
  subject: 'Blog pictures',
  problem: null,
  createdAt: inventedNow - 60_000,
  finishedAt: inventedNow,
  ...changed,
});

/** Operations in every state, by the name a scene gives. */
export const inventedOperations: Readonly<Record<string, readonly Operation[]>> = {
  waiting: [operation({ state: 'waiting', startsAt: inventedNow + 5_000, done: 0, finishedAt: null, createdAt: inventedNow })],
  ended: [
    operation({ outcomes: { deleted: 45, refused: 3, unconfirmed: 2 } }),
    operation({ id: 'op-2', kind: 'check_links', total: 1200, done: 1200, subject: '', outcomes: { alive: 1170, dead: 18, unsure: 12 }, createdAt: inventedNow - 90_000 }),
  ],
  all: [
    operation({ state: 'waiting', startsAt: inventedNow + 5_000, done: 0, finishedAt: null, createdAt: inventedNow }),
    operation({ id: 'op-3', kind: 'import_remote', state: 'running', subject: 'Gallery of the club', total: 2300, done: 840, finishedAt: null, createdAt: inventedNow - 10_000 }),
    operation({ id: 'op-2', kind: 'check_links', total: 1200, done: 1200, subject: '', outcomes: { alive: 1170, dead: 18, unsure: 12 }, createdAt: inventedNow - 90_000 }),
    operation({ id: 'op-4', outcomes: { deleted: 10, failed: 40 }, problem: inventProblem({ kind: 'network', message: 'offline', params: { host: 'Blog pictures' } }) }),
  ],
};

const kindsOf = (one: Operation): readonly ItemOutcome[] => (Object.entries(one.outcomes) as [ItemOutcome, number][]).flatMap(([outcome, count]) => Array.from({ length: count }, () => outcome));

const itemsOf = (one: Operation): readonly OperationItem[] =>
  kindsOf(one).map((outcome, index) => ({
    id: `up-${index}`,
    name: index === 3 ? `${LONG}.png` : `IMG_${4000 - index}.jpg`,
    outcome,
    problem: outcome === 'failed' ? inventProblem({ kind: 'network', message: 'offline', params: { host: 'Blog pictures' }, detail: 'ECONNREFUSED' }) : null,
  }));

const backups: readonly Backup[] = [
  { name: 'b1', madeAt: inventedNow - 3_600_000, bytes: 41_200_000, why: 'daily', uploads: 100_120, sound: true },
  { name: 'b2', madeAt: inventedNow - 86_400_000, bytes: 41_000_000, why: 'before_import', uploads: 99_800, sound: true },
  { name: 'b3', madeAt: inventedNow - 172_800_000, bytes: 12_288, why: 'daily', uploads: null, sound: false },
  { name: 'b4', madeAt: inventedNow - 259_200_000, bytes: 40_700_000, why: 'before_update', uploads: 98_100, sound: true },
];

const report: ImportReport = {
  source: 'piclist',
  file: 'piclist-backup.db',
  accounts: { new: 2, known: 1 },
  uploads: { new: 988, known: 12 },
  albums: { new: 0, known: 0 },
  deleteLinks: 320,
  settings: true,
  secrets: 'open',
  skipped: [
    { what: 'account', name: 'aliyun', why: 'host_not_supported', count: 1 },
    { what: 'upload', name: 'aliyun', why: 'host_not_supported', count: 41 },
    { what: 'upload', name: '', why: 'not_a_link', count: 3 },
    { what: 'delete_link', name: 'smms', why: 'sealed_elsewhere', count: 12 },
  ],
};

export type RemoteScene = { readonly albums?: 'none' | 'many'; readonly operations?: string; readonly remote?: 'empty'; readonly backups?: 'none' };

/** Albums, lists, operations and transfers of a fake main process. */
export const createFakeRemote = (scene: RemoteScene, emit: Emit): Handlers => {
  let albums: readonly LibraryAlbum[] = scene.albums === 'none' ? [] : scene.albums === 'many' ? manyAlbums : [...localAlbums, ...hostAlbums];
  let operations = inventedOperations[scene.operations ?? ''] ?? [];
  const removed = new Map<string, LibraryAlbum>();
  const setAlbums = (next: readonly LibraryAlbum[]): undefined => {
    albums = next;
    emit('albums:changed', { albums: [...albums] });
  };
  const setOperations = (next: readonly Operation[]): undefined => {
    operations = next;
    emit('operations:changed', { operations: [...operations] });
  };
  const begin = (changed: Partial<Operation>): Operation => {
    const begun = operation({ id: `op-${operations.length + 10}`, finishedAt: null, createdAt: Date.now(), ...changed });
    setOperations([...operations, begun]);
    return begun;
  };
  const edit = (id: string, changed: Partial<Operation>): undefined => setOperations(operations.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  return {
    'albums:snapshot': () => ({ rev: 0, albums: [...albums] }),
    'albums:refresh': () => ({ albums: hostAlbums.length }),
    'albums:create': ({ name }) => {
      const id = `al-${albums.length + 10}`;
      setAlbums([...albums, album({ id, name })]);
      return { id, undo: null };
    },
    'albums:rename': ({ id, name }) => setAlbums(albums.map((one) => (one.id === id ? { ...one, name } : one))),
    'albums:remove': ({ id }) => {
      const gone = albums.find((one) => one.id === id);
      if (gone !== undefined) removed.set(id, gone);
      setAlbums(albums.filter((one) => one.id !== id));
      return { undo: id };
    },
    'albums:undo-remove': ({ undo }) => {
      const back = removed.get(undo);
      return back === undefined ? undefined : setAlbums([...albums, back]);
    },
    'albums:set-cover': ({ id, uploadId }) => setAlbums(albums.map((one) => (one.id === id ? { ...one, coverUploadId: uploadId, coverThumb: `${uploadId ?? id}.webp` } : one))),
    'albums:move': () => ({ undo: 'move', moved: 0 }),
    'albums:undo-move': () => ({ moved: 0 }),
    'operations:snapshot': () => ({ rev: 0, operations: [...operations] }),
    'operations:delete': ({ selection, undoMs }) => begin({ state: 'waiting', startsAt: Date.now() + undoMs, total: 'ids' in selection ? selection.ids.length : 50, done: 0 }),
    'operations:check-links': ({ selection }) => begin({ kind: 'check_links', state: 'running', subject: '', total: 'ids' in selection ? selection.ids.length : 50, done: 1 }),
    'operations:import-remote': () => begin({ kind: 'import_remote', state: 'running', total: null, done: 20 }),
    'operations:cancel': ({ id }) => edit(id, { state: 'cancelled', outcomes: { cancelled: 50 }, finishedAt: inventedNow }),
    'operations:begin': ({ id }) => edit(id, { state: 'running', done: 20 }),
    'operations:dismiss': ({ id }) => setOperations(operations.filter((one) => one.id !== id)),
    'operations:items': ({ id, offset, limit, outcomes }) => {
      const one = operations.find((some) => some.id === id);
      const items = one === undefined ? [] : itemsOf(one).filter(({ outcome }) => outcomes === null || (outcome !== null && outcomes.includes(outcome)));
      return { items: items.slice(offset, offset + limit), total: items.length };
    },
    'remote:page': ({ accountId, page, perPage }) => {
      if (scene.remote === 'empty') return { items: [], page, total: 0, totalPages: 0 };
      if (accountId === 'acc-3') return { items: [...lastHour], page: 1, total: null, totalPages: 1 };
      return { items: gallery.slice((page - 1) * perPage, page * perPage), page, total: TOTAL, totalPages: Math.ceil(TOTAL / perPage) };
    },
    'remote:thumbs': ({ urls }) => ({ addresses: urls.map((url, index) => (index % 9 === 8 ? null : `picture://thumb/${encodeURIComponent(url)}`)) }),
    'remote:add': ({ items }) => ({ added: items.length, known: 0 }),
    'transfer:export': () => ({ path: '/home/mei/Documents/picferry-2026-11-20.picferry', uploads: 100_120 }),
    'transfer:look': () => ({ id: 'look-1', needsPassphrase: false, report }),
    'transfer:import': () => report,
    'transfer:backups': () => (scene.backups === 'none' ? [] : [...backups]),
    'transfer:back-up-now': () => backups[0] as Backup,
  };
};
