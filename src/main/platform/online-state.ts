import type { OnlinePort } from './ports';

export type OnlineSources = {
  readonly isOnline: () => boolean;
  readonly onSuspend: (listener: () => void) => void;
  readonly onResume: (listener: () => void) => void;
  /** Calls `act` again and again, a few seconds apart. */
  readonly every: (act: () => void) => void;
};

/** One answer from network and power: asleep counts as offline. Listeners hear changes only. */
export const createOnline = (sources: OnlineSources): OnlinePort => {
  const listeners = new Set<(online: boolean) => void>();
  let asleep = false;
  let last = sources.isOnline();
  const look = (): void => {
    const online = !asleep && sources.isOnline();
    if (online === last) return;
    last = online;
    listeners.forEach((listener) => listener(online));
  };
  sources.onSuspend(() => {
    asleep = true;
    look();
  });
  sources.onResume(() => {
    asleep = false;
    look();
  });
  sources.every(look);
  return {
    current: () => last,
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
