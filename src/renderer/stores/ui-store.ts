import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PreparationProfile } from '../../shared/model/preparation';
import type { DocumentRef } from '../../shared/model/resolver';
import type { SyncName } from '../../shared/model/sync';

export type Route = 'upload' | 'library' | 'albums' | 'sync' | 'settings' | 'gallery' | 'resolver';
export type SettingsSection = 'accounts' | 'uploading' | 'pictures' | 'capture' | 'shortcuts' | 'watchers' | 'desktop' | 'links' | 'api' | 'network' | 'appearance' | 'data' | 'about';

/** What the Albums screen shows: this library's own albums, or a part of an account. */
export type AlbumsPlace = { readonly kind: 'local' } | { readonly kind: 'albums' | 'list' | 'none'; readonly accountId: string };

/** What is compared before and after it is made ready: jobs one after the other, or a picture that a profile is tried on. */
export type Compared = { readonly kind: 'jobs'; readonly ids: readonly string[] } | { readonly kind: 'example'; readonly id: string; readonly profile: PreparationProfile };

/** What the Sync screen shows: all documents, or a part of one. */
export type SyncPlace = { readonly document: null } | { readonly document: SyncName; readonly tab: 'versions' | 'devices' | 'conflicts' };

/** State of this window alone: nothing of it is kept. */
export type UiState = {
  readonly route: Route;
  readonly overlay: 'none' | 'palette' | 'keys';
  readonly section: SettingsSection;
  /** Asks the accounts screen to open the form for a new account, or for this one. */
  readonly accountForm: { readonly kind: 'new' } | { readonly kind: 'edit'; readonly id: string } | null;
  readonly albumsPlace: AlbumsPlace;
  readonly compared: Compared | null;
  readonly syncPlace: SyncPlace;
  /** Files that were dropped on the Sync screen and are to become documents. */
  readonly syncDropped: readonly string[];
  /** The document that a person last acted on: its row takes the keyboard when what had it went. */
  readonly syncConcerned: SyncName | null;
  /** The document whose conflicts are decided on the resolver's screen. */
  readonly resolving: DocumentRef | null;
};

const routes: readonly string[] = ['upload', 'library', 'albums', 'sync', 'settings', 'gallery'] satisfies readonly Route[];
const routeOf = (hash: string): Route => {
  const name = hash.replace(/^#\//, '').split('/')[0] ?? '';
  return routes.includes(name) ? (name as Route) : 'upload';
};

/** `hash` is the address's fragment at the start, e.g. `#/library`. */
export const createUiStore = (hash: string): StoreApi<UiState> =>
  createStore<UiState>(() => ({
    route: routeOf(hash),
    overlay: 'none',
    section: 'accounts',
    accountForm: null,
    albumsPlace: { kind: 'local' },
    compared: null,
    syncPlace: { document: null },
    syncDropped: [],
    syncConcerned: null,
    resolving: null,
  }));
