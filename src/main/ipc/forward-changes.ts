import type { Services } from '../services';
import type { Send } from './events';
import { windowSettings } from './window-settings';

/** Tells the windows of every change from now on. Returns the unsubscribe. */
export const forwardChanges = (services: Services, send: Send): (() => void) => {
  const { settings, accounts, queue, library, operations, notices } = services;
  let libraryRev = 0;
  const offs = [
    settings.onChange((current, rev) => send('settings:changed', { rev, settings: windowSettings(current) })),
    accounts.onChange(() => send('accounts:changed', { rev: accounts.rev(), accounts: [...accounts.list()] })),
    // The queue merges progress and keeps to ten changes a second by itself.
    queue.onChange(({ upsert, removed, summary }) =>
      send('queue:changed', { rev: queue.rev(), upsert: [...upsert], removed: [...removed], summary }),
    ),
    library.onChange(({ upsert, removed }) => {
      libraryRev += 1;
      send('library:changed', { rev: libraryRev, upsert: [...upsert], removed: [...removed] });
    }),
    // Operations keep to ten changes a second by themselves.
    operations.onChange(() => send('operations:changed', { rev: operations.rev(), operations: [...operations.list()] })),
    notices.onChange(() => send('notices:changed', { rev: notices.rev(), notices: [...notices.list()] })),
  ];
  return () => offs.forEach((off) => off());
};
