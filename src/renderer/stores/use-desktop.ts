import { useEffect, useState } from 'react';
import type { ShortcutState } from '../../shared/model/shortcut-state';
import type { WatchersView } from '../../shared/model/watchers';
import type { Client, EventOf } from '../bridge';
import { createMirror, type Mirror } from './mirror';
import { useApp } from './use-app';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Mirrors a slice of main's state for as long as a screen shows it; null until the first snapshot is in. */
const useSlice = <S>(make: (client: Client) => Mirror<S | null>): S | null => {
  const { client } = useApp();
  const [state, setState] = useState<S | null>(null);
  useEffect(() => {
    const mirror = make(client);
    setState(mirror.store.getState().state);
    const off = mirror.store.subscribe(({ state: next }) => setState(next));
    return () => {
      off();
      mirror.stop();
    };
  }, [client, make]);
  return state;
};

const shortcutsMirror = (client: Client): Mirror<readonly ShortcutState[] | null> =>
  createMirror<readonly ShortcutState[] | null, EventOf<'shortcuts:changed'>>({
    initial: null,
    subscribe: (take) => client.on('shortcuts:changed', take),
    read: async () => {
      const { rev, shortcuts } = await client.call('shortcuts:snapshot', undefined);
      return { rev, state: shortcuts };
    },
    apply: (_, event) => event.shortcuts,
    wait,
  });

const watchersMirror = (client: Client): Mirror<WatchersView | null> =>
  createMirror<WatchersView | null, EventOf<'watchers:changed'>>({
    initial: null,
    subscribe: (take) => client.on('watchers:changed', take),
    read: async () => {
      const { rev, watchers } = await client.call('watchers:snapshot', undefined);
      return { rev, state: watchers };
    },
    apply: (_, event) => event.watchers,
    wait,
  });

/** What became of each global key. */
export const useShortcutStates = (): readonly ShortcutState[] | null => useSlice(shortcutsMirror);
export const useWatchers = (): WatchersView | null => useSlice(watchersMirror);
