import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Account } from '../../../shared/model/account';
import { createRemoteList, type RemoteList, type RemoteState } from '../../stores/remote-list';
import { useApp, useOperations, useQueue } from '../../stores/use-app';

/** The list of one account's host: read at once, marked as the library changes, read again when the network is back. */
export const useRemoteList = (account: Account): { readonly list: RemoteList; readonly state: RemoteState; readonly offline: boolean } => {
  const { client } = useApp();
  const [list] = useState(() => createRemoteList(client, account.id));
  const state = useStore(list.store);
  const offline = useQueue((queue) => queue.summary.offline);
  const imported = useOperations().filter((one) => one.kind === 'import_remote' && one.state === 'done').length;
  useEffect(() => client.on('library:changed', list.libraryChanged), [client, list]);
  useEffect(() => {
    // The first reading, and another once the network is back or everything was taken in.
    const { problem, loaded } = list.store.getState();
    if (!loaded || problem !== null || imported > 0) void list.reload();
  }, [list, offline, imported]);
  return { list, state, offline };
};
