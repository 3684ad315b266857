import type { StoreApi } from 'zustand/vanilla';
import type { Account } from '../../shared/model/account';
import type { LibraryAlbum } from '../../shared/model/library-album';
import type { Notice } from '../../shared/model/notice';
import type { Operation } from '../../shared/model/operation';
import type { ProviderDescriptor } from '../../shared/model/provider';
import type { SyncView } from '../../shared/model/sync';
import type { WindowSettings } from '../../shared/ipc/contract';
import type { CallOutput, Client, EventOf } from '../bridge';
import { createLeaving, type Leaving } from './leaving';
import { createLibraryStore, type LibraryStore } from './library-store';
import { createLazyMirror, type LazyMirror } from './lazy-mirror';
import { createMirror, type Mirrored } from './mirror';
import { applyQueueChange, emptyQueue, queueOf, type QueueState } from './queue-state';
import { createUiStore, type UiState } from './ui-store';
import { createUploadFates, type UploadFates } from './upload-fates';

export type AppInfo = CallOutput<'app:info'>;

/** Everything the screens read and the one way they change it: by calls on `client`. */
export type AppState = {
  readonly client: Client;
  readonly info: AppInfo;
  readonly providers: readonly ProviderDescriptor[];
  readonly settings: StoreApi<Mirrored<WindowSettings>>;
  readonly accounts: StoreApi<Mirrored<readonly Account[]>>;
  readonly queue: StoreApi<Mirrored<QueueState>>;
  readonly notices: StoreApi<Mirrored<readonly Notice[]>>;
  /** The library's own albums, and the hosts' as last listed. */
  readonly albums: StoreApi<Mirrored<readonly LibraryAlbum[]>>;
  /** Actions over many uploads that wait, run or ended. */
  readonly operations: StoreApi<Mirrored<readonly Operation[]>>;
  /** Documents that sync; opened by main where there are some, else by the first screen that shows them. */
  readonly sync: Pick<LazyMirror<SyncView>, 'store' | 'open'>;
  readonly library: LibraryStore;
  readonly fates: UploadFates['store'];
  readonly leaving: Pick<Leaving, 'onLeave'>;
  readonly ui: StoreApi<UiState>;
  readonly stop: () => void;
};

export type AppStateParts = {
  readonly client: Client;
  readonly hash: string;
  readonly wait: (ms: number) => Promise<void>;
  /** Takes the keyboard from the field that has it. */
  readonly leaveField: () => void;
};

const NO_DOCUMENTS: SyncView = { documents: [], paused: false, online: true, device: { id: '', name: '' }, builtIn: [] };

/** Subscribes to every slice and resolves when the first snapshot of each that the first screen shows is in. */
export const createAppState = async ({ client, hash, wait, leaveField }: AppStateParts): Promise<AppState> => {
  const accounts = createMirror<readonly Account[], EventOf<'accounts:changed'>>({
    initial: [],
    subscribe: (take) => client.on('accounts:changed', take),
    read: async () => {
      const snapshot = await client.call('accounts:snapshot', undefined);
      return { rev: snapshot.rev, state: snapshot.accounts };
    },
    apply: (_, event) => event.accounts,
    wait,
  });
  const queue = createMirror<QueueState, EventOf<'queue:changed'>>({
    initial: emptyQueue,
    subscribe: (take) => client.on('queue:changed', take),
    read: async () => {
      const snapshot = await client.call('queue:snapshot', undefined);
      return { rev: snapshot.rev, state: queueOf(snapshot.jobs, snapshot.summary) };
    },
    apply: applyQueueChange,
    wait,
  });
  const notices = createMirror<readonly Notice[], EventOf<'notices:changed'>>({
    initial: [],
    subscribe: (take) => client.on('notices:changed', take),
    read: async () => {
      const snapshot = await client.call('notices:snapshot', undefined);
      return { rev: snapshot.rev, state: snapshot.notices };
    },
    apply: (_, event) => event.notices,
    wait,
  });
  const inNeed = [accounts, queue, notices];
  // All that the first screen needs is asked for at once, and nothing else before it.
  const [info, providers, { settings: initial }] = await Promise.all([
    client.call('app:info', undefined),
    client.call('accounts:providers', undefined),
    client.call('settings:snapshot', undefined),
    ...inNeed.map((mirror) => mirror.ready),
  ]).catch((failure: unknown) => {
    inNeed.forEach((mirror) => mirror.stop());
    throw failure;
  });
  const settings = createMirror<WindowSettings, EventOf<'settings:changed'>>({
    initial,
    subscribe: (take) => client.on('settings:changed', take),
    read: async () => {
      const snapshot = await client.call('settings:snapshot', undefined);
      return { rev: snapshot.rev, state: snapshot.settings };
    },
    apply: (_, event) => event.settings,
    wait,
  });
  const albums = createMirror<readonly LibraryAlbum[], EventOf<'albums:changed'>>({
    initial: [],
    subscribe: (take) => client.on('albums:changed', take),
    read: async () => {
      const snapshot = await client.call('albums:snapshot', undefined);
      return { rev: snapshot.rev, state: snapshot.albums };
    },
    apply: (_, event) => event.albums,
    wait,
  });
  const operations = createMirror<readonly Operation[], EventOf<'operations:changed'>>({
    initial: [],
    subscribe: (take) => client.on('operations:changed', take),
    read: async () => {
      const snapshot = await client.call('operations:snapshot', undefined);
      return { rev: snapshot.rev, state: snapshot.operations };
    },
    apply: (_, event) => event.operations,
    wait,
  });
  const sync = createLazyMirror<SyncView, EventOf<'sync:changed'>>({
    initial: NO_DOCUMENTS,
    subscribe: (take) => client.on('sync:changed', take),
    read: async () => {
      const snapshot = await client.call('sync:snapshot', undefined);
      return { rev: snapshot.rev, state: snapshot.view };
    },
    apply: (_, event) => event.view,
    wait,
  }, () => client.call('sync:is-open', undefined));
  const mirrors = [settings, ...inNeed, albums, operations, sync];
  const fates = createUploadFates(client);
  const library = createLibraryStore(client, { sort: settings.store.getState().state.libraryView.sort, wait });
  const leaving = createLeaving(client, leaveField);
  void fates.catchUp(queue.store.getState().state.summary.done);
  return {
    client,
    info,
    providers,
    settings: settings.store,
    accounts: accounts.store,
    queue: queue.store,
    notices: notices.store,
    albums: albums.store,
    operations: operations.store,
    sync,
    library,
    fates: fates.store,
    leaving,
    ui: createUiStore(hash),
    stop: () => {
      mirrors.forEach((mirror) => mirror.stop());
      library.stop();
      fates.stop();
      leaving.stop();
    },
  };
};
