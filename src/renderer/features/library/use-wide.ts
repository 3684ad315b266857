import { useSyncExternalStore } from 'react';

const QUERY = '(min-width: 900px)';

const subscribe = (changed: () => void): (() => void) => {
  const list = matchMedia(QUERY);
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
};

/** Whether the window has room for a panel beside the list. */
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches);
