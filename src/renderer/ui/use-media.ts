import { useMemo, useSyncExternalStore } from 'react';

/** Whether a media query holds, kept up to date. */
export const useMedia = (query: string): boolean => {
  const { subscribe, holds } = useMemo(() => {
    const list = matchMedia(query);
    return {
      subscribe: (changed: () => void): (() => void) => {
        list.addEventListener('change', changed);
        return () => list.removeEventListener('change', changed);
      },
      holds: () => list.matches,
    };
  }, [query]);
  return useSyncExternalStore(subscribe, holds);
};
