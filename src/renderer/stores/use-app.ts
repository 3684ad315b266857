import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { albumNames, type InAlbums } from '../../shared/links';
import type { Account } from '../../shared/model/account';
import type { LibraryAlbum } from '../../shared/model/library-album';
import type { Notice } from '../../shared/model/notice';
import type { Operation } from '../../shared/model/operation';
import { THIS_COMPUTER } from '../../shared/model/this-computer';
import type { SyncView } from '../../shared/model/sync';
import type { WindowSettings } from '../../shared/ipc/contract';
import { accountHealth, type AccountHealth } from './account-health';
import type { AppState } from './app-state';
import type { LibraryState } from './library-store';
import type { QueueState } from './queue-state';
import type { UiState } from './ui-store';
import type { Fate } from './upload-fates';

export const AppContext = createContext<AppState | null>(null);

export const useApp = (): AppState => {
  const app = useContext(AppContext);
  if (app === null) throw new Error('no AppContext above this component');
  return app;
};

export const useSettings = <T>(select: (settings: WindowSettings) => T): T => useStore(useApp().settings, ({ state }) => select(state));
export const useAccounts = (): readonly Account[] => useStore(useApp().accounts, ({ state }) => state);
export const useQueue = <T>(select: (queue: QueueState) => T): T => useStore(useApp().queue, ({ state }) => select(state));
export const useNotices = (): readonly Notice[] => useStore(useApp().notices, ({ state }) => state);
/** The library's own albums, and the hosts' as last listed. */
export const useAlbums = (): readonly LibraryAlbum[] => useStore(useApp().albums, ({ state }) => state);
/** Finds the names of albums; asks for nothing until one is wanted. */
export const useAlbumNames = (): ((upload: InAlbums) => string | null) => {
  const albums = useAlbums();
  return useMemo(() => albumNames(() => albums), [albums]);
};
/** Actions over many uploads that wait, run or ended. */
export const useOperations = (): readonly Operation[] => useStore(useApp().operations, ({ state }) => state);
/** Documents that sync between devices. */
export const useSync = <T>(select: (view: SyncView) => T): T => useStore(useApp().sync.store, ({ state }) => select(state));
/** How accounts stand, by what their uploads and their documents met last. */
export const useAccountHealth = (): ((account: Account | undefined) => AccountHealth) => {
  const documents = useSync((view) => view.documents);
  return useMemo(() => (account) => (account === undefined ? { at: 'ready' } : accountHealth(account, documents)), [documents]);
};
/** Whether main has opened the documents. */
export const useSyncReady = (): boolean => useStore(useApp().sync.store, ({ rev }) => rev >= 0);
export const useLibrary = <T>(select: (library: LibraryState) => T): T => useStore(useApp().library.store, select);
/** What became of an upload since its job ended; null when its link is still good. */
export const useFate = (uploadId: string | null): Fate | null =>
  useStore(useApp().fates, (fates) => (uploadId === null ? null : (fates.get(uploadId) ?? null)));
export const useUi = <T>(select: (ui: UiState) => T): T => useStore(useApp().ui, select);

/** The account that new uploads go to; undefined only before main has told of any. */
export const useAccountInUse = (): Account | undefined => {
  const accounts = useAccounts();
  return accountInUse(accounts);
};

export const accountInUse = (accounts: readonly Account[]): Account | undefined =>
  accounts.find((account) => account.isDefault) ?? accounts.find((account) => account.id === THIS_COMPUTER) ?? accounts[0];
