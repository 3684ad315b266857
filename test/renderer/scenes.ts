import type { CallName } from '../../src/shared/ipc/contract';
import { THIS_COMPUTER, type Account } from '../../src/shared/model/account';
import type { Job } from '../../src/shared/model/job';
import type { Notice } from '../../src/shared/model/notice';
import type { Capabilities } from '../../src/shared/model/provider';
import type { Upload } from '../../src/shared/model/upload';
import type { RemoteScene } from './fake-remote';
import { inventDone, inventedNow, inventJob, inventProblem, inventUpload } from './invented-jobs';

const capabilities: Capabilities = {
  images: true,
  video: false,
  albums: false,
  uploadIntoAlbum: false,
  list: 'none',
  clearList: false,
  deleteByLink: true,
  sync: false,
  anonymous: false,
  extensions: [],
  maxBytes: null,
  warnBytes: null,
};

const account = (changed: Partial<Account>): Account => ({
  id: 'acc-1',
  name: 'Blog pictures',
  provider: 'chevereto',
  url: 'https://img.example.net',
  settings: {},
  secretsSet: ['key'],
  capabilities,
  isDefault: false,
  onlyThisComputer: false,
  paused: null,
  ...changed,
});

const here = account({
  id: THIS_COMPUTER,
  name: THIS_COMPUTER,
  provider: 'wizs',
  url: 'http://127.0.0.1:41234',
  onlyThisComputer: true,
  capabilities: { ...capabilities, video: true, list: 'public-gallery', sync: true },
});

export const accounts: readonly Account[] = [
  here,
  account({ isDefault: true, capabilities: { ...capabilities, uploadIntoAlbum: true, video: true } }),
  account({ id: 'acc-2', name: 'Forum', provider: 'imgurl', url: 'https://imgurl.example.org', capabilities: { ...capabilities, albums: true, uploadIntoAlbum: true, maxBytes: 10_000_000 } }),
  account({
    id: 'acc-3',
    name: 'Old SM.MS account',
    provider: 'smms',
    url: 'https://sm.example.com',
    capabilities: { ...capabilities, list: 'last-hour-of-this-network', clearList: true },
    paused: inventProblem({ kind: 'auth', message: 'authBad', params: { host: 'Old SM.MS account' }, retryable: false }),
  }),
  account({ id: 'acc-4', name: 'Gallery of the club', provider: 'wizs', url: 'https://pics.example.com', capabilities: { ...capabilities, list: 'public-gallery', video: true } }),
  account({ id: 'acc-5', name: 'Plain site', url: 'https://plain.example.com' }),
];

const LONG = 'Screenshot of the extremely long windowed terminal session that nobody ever wanted to rename before uploading it somewhere (final, really final, v2).png';

const mixed = (): readonly Job[] => [
  inventJob({ id: 'n0', batchId: 'new', position: 0, name: '西湖日落 – 断桥.png', state: 'sending', sentBytes: 2_300_000, bytes: 5_400_000, bytesPerSecond: 1_150_000, secondsLeft: 3, thumb: 'n0.webp' }),
  inventJob({ id: 'n1', batchId: 'new', position: 1, name: 'walkthrough.mp4', kind: 'video', state: 'sending', sentBytes: 21_000_000, bytes: 184_000_000, bytesPerSecond: 2_050_000, secondsLeft: 80 }),
  inventJob({ id: 'n2', batchId: 'new', position: 2, name: LONG, state: 'preparing' }),
  inventJob({ id: 'n3', batchId: 'new', position: 3, name: 'diagram.svg', wait: 'retry', waitUntil: inventedNow + 9_000, attempts: 2, problem: inventProblem({ message: 'internal' }) }),
  inventJob({ id: 'n4', batchId: 'new', position: 4, name: 'table.png', wait: 'rate_limit', waitUntil: inventedNow + 45_000 }),
  inventJob({ id: 'n5', batchId: 'new', position: 5, name: 'waiting.png' }),
  inventJob({ id: 'n6', batchId: 'new', position: 6, name: 'other account.png', accountId: 'acc-3', accountName: 'Old SM.MS account', wait: 'account_paused' }),
  inventDone({ id: 'm0', batchId: 'mid', name: 'harbour.png', createdAt: inventedNow - 60_000 }),
  inventDone({ id: 'm1', batchId: 'mid', position: 1, name: 'harbour copy.png', duplicate: true, createdAt: inventedNow - 60_000 }),
  inventDone({ id: 'm2', batchId: 'mid', position: 2, name: 'draft.png', accountId: THIS_COMPUTER, accountName: THIS_COMPUTER, onlyThisComputer: true, url: 'http://127.0.0.1:41234/i/2026/11/20/draft.png', createdAt: inventedNow - 60_000 }),
  inventDone({ id: 'm3', batchId: 'mid', position: 3, name: 'review me.png', pendingReview: true, url: null, thumb: null, createdAt: inventedNow - 60_000 }),
  inventJob({
    id: 'm4',
    batchId: 'mid',
    position: 4,
    name: 'too big.tiff',
    bytes: 48_000_000,
    state: 'failed',
    problem: inventProblem({ kind: 'auth', message: 'authBad', params: { host: 'Blog pictures' }, detail: 'HTTP 413 · {"status_code":413,"error":{"message":"File too big","code":310}}' }),
    createdAt: inventedNow - 60_000,
    finishedAt: inventedNow,
  }),
  inventJob({ id: 'm5', batchId: 'mid', position: 5, name: 'maybe.png', state: 'unknown', sentBytes: 1_240_000, problem: inventProblem({ kind: 'unknown' }), createdAt: inventedNow - 60_000, finishedAt: inventedNow }),
  inventJob({ id: 'm6', batchId: 'mid', position: 6, name: 'stopped.png', state: 'cancelled', createdAt: inventedNow - 60_000, finishedAt: inventedNow }),
];

const errors = (): readonly Job[] =>
  Array.from({ length: 6 }, (_, index) =>
    inventJob({
      id: `e${index}`,
      position: index,
      name: index === 2 ? LONG : `scan-${index}.png`,
      state: 'failed',
      problem: inventProblem({ message: index % 2 === 0 ? 'authBad' : 'internal', params: { host: 'Blog pictures' }, detail: 'HTTP 401 · Invalid API v1 key.', retryable: index !== 1 }),
    }),
  );

const many = (count: number): readonly Job[] =>
  Array.from({ length: count }, (_, index) => {
    const at = { id: `k${index}`, position: index, name: `DSC_${String(index).padStart(5, '0')}.jpg` };
    if (index < 40) return inventDone({ ...at, thumb: null });
    return index < 44 ? inventJob({ ...at, state: 'sending', sentBytes: 400_000, bytesPerSecond: 800_000, secondsLeft: 2 }) : inventJob(at);
  });

const uploads = (count: number): readonly Upload[] => {
  const odd: readonly Partial<Upload>[] = [
    { tags: ['harbour', '十一月'], linkState: 'alive', localAlbumId: 'al-1' },
    { name: LONG, linkState: 'dead' },
    { name: '西湖日落 – 断桥.png', accountName: '论坛附件', accountId: 'acc-2', provider: 'imgurl' },
    { name: 'walkthrough.mp4', kind: 'video', durationSeconds: 92, bytes: 184_000_000 },
    { name: 'draft.png', onlyThisComputer: true, accountId: THIS_COMPUTER, accountName: THIS_COMPUTER, provider: 'wizs', url: 'http://127.0.0.1:41234/i/2026/11/20/draft.png' },
    { name: 'gone.png', remoteState: 'deleted' },
    { name: 'unclear.png', remoteState: 'unconfirmed' },
    { name: 'held.png', remoteState: 'pending_review', url: null, thumb: null, hasDeleteLink: false },
    { name: 'refused.png', remoteState: 'refused' },
  ];
  return Array.from({ length: count }, (_, index) => inventUpload(index, odd[index] ?? {}));
};

export type Scene = {
  readonly accounts: readonly Account[];
  readonly jobs: readonly Job[];
  readonly uploads: readonly Upload[];
  readonly notices: readonly Notice[];
  readonly paused: boolean;
  readonly offline: boolean;
  /** Calls that fail, and calls that never answer. */
  /** Albums, lists and operations. */
  readonly more?: RemoteScene;
  readonly failing?: readonly CallName[];
  readonly silent?: readonly CallName[];
};

const calm: Scene = { accounts: [{ ...here, isDefault: true }], jobs: [], uploads: [], notices: [], paused: false, offline: false };

/** Invented states of the whole app, by name. */
export const scenes: Readonly<Record<string, () => Scene>> = {
  empty: () => calm,
  working: () => ({ ...calm, accounts, jobs: mixed(), uploads: uploads(60) }),
  errors: () => ({
    ...calm,
    accounts: accounts.map((one) => ({ ...one, isDefault: one.id === 'acc-3' })),
    jobs: errors(),
    uploads: uploads(9),
    offline: true,
    notices: [{ id: 'n1', level: 'warning', message: 'settingsCorrupt', params: { file: '~/.config/Picferry/store/settings.broken.json' } }],
  }),
  hundred: () => ({ ...calm, accounts, uploads: uploads(100_000) }),
  'library-fails': () => ({ ...calm, uploads: uploads(9), failing: ['library:view'] }),
  'library-slow': () => ({ ...calm, accounts, uploads: uploads(5000), silent: ['library:rows'] }),
  operations: () => ({ ...calm, accounts, uploads: uploads(60), jobs: mixed(), more: { operations: 'all' } }),
  'operations-waiting': () => ({ ...calm, accounts, uploads: uploads(60), more: { operations: 'waiting' } }),
  'operations-ended': () => ({ ...calm, accounts, uploads: uploads(60), more: { operations: 'ended' } }),
  'albums-none': () => ({ ...calm, accounts, more: { albums: 'none', remote: 'empty', backups: 'none' } }),
  'albums-forum': () => ({ ...calm, accounts: accounts.map((one) => ({ ...one, isDefault: one.id === 'acc-2' })), jobs: mixed() }),
  'albums-many': () => ({ ...calm, accounts, more: { albums: 'many' } }),
  'remote-fails': () => ({ ...calm, accounts, failing: ['remote:page', 'albums:refresh', 'transfer:look', 'transfer:backups'], more: { albums: 'none' } }),
  'remote-offline': () => ({ ...calm, accounts, offline: true, failing: ['remote:page'] }),
  'remote-slow': () => ({ ...calm, accounts, silent: ['remote:page'] }),
  many: () => ({ ...calm, accounts, jobs: many(10_000), uploads: uploads(5000), paused: true }),
};
