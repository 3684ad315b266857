import type { Services } from '../services';
import type { Send } from './events';
import { createLibraryFeed } from './library-feed';
import { windowSettings } from './window-settings';

/** Tells the windows of every change from now on. Returns the unsubscribe. */
export const forwardChanges = (services: Services, send: Send): (() => void) => {
  const { settings, accounts, queue, library, albums, operations, notices, localApi, sync, resolver } = services;
  const libraryFeed = createLibraryFeed({ now: Date.now, after }, send);
  const offs = [
    settings.onChange((current, rev) => send('settings:changed', { rev, settings: windowSettings(current) })),
    accounts.onChange(() => send('accounts:changed', { rev: accounts.rev(), accounts: [...accounts.list()] })),
    // The queue merges progress and keeps to ten changes a second by itself.
    queue.onChange(({ upsert, removed, summary }) =>
      send('queue:changed', { rev: queue.rev(), upsert: [...upsert], removed: [...removed], summary }),
    ),
    library.onChange(libraryFeed.take),
    libraryFeed.close,
    // Albums keep to ten changes a second by themselves.
    albums.onChange(() => send('albums:changed', { rev: albums.rev(), albums: [...albums.list()] })),
    // Operations keep to ten changes a second by themselves.
    operations.onChange(() => send('operations:changed', { rev: operations.rev(), operations: [...operations.list()] })),
    // The local API keeps to ten changes a second by itself.
    localApi.onChange(() => send('api:changed', { rev: localApi.rev(), api: localApi.state() })),
    // Documents change with runs and edits: a few times a minute each.
    sync.onChange((service) => send('sync:changed', { rev: service.rev(), view: service.view() })),
    resolver.onChange((change) => send('resolver:changed', { rev: resolver.rev(), ...change })),
    notices.onChange(() => send('notices:changed', { rev: notices.rev(), notices: [...notices.list()] })),
  ];
  return () => offs.forEach((off) => off());
};

const after = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};
