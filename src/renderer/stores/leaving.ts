import type { Client } from '../bridge';

/** Who has something to keep when Picferry quits. */
export type Leaving = {
  /** `keep` makes its calls at once; returns the unsubscribe. */
  readonly onLeave: (keep: () => void) => () => void;
  readonly stop: () => void;
};

/**
 * When Picferry quits, fields that keep their text when the keyboard leaves them are left, and all that waits for a moment of
 * rest is kept. Main hears when every call that came of it is answered.
 */
export const createLeaving = (client: Pick<Client, 'call' | 'on' | 'answered'>, leaveField: () => void): Leaving => {
  const keepers = new Set<() => void>();
  const stop = client.on('window:leaving', () => {
    void client
      .answered(() => {
        leaveField();
        for (const keep of keepers) keep();
      })
      .then(() => client.call('app:kept', undefined));
  });
  return {
    onLeave: (keep) => {
      keepers.add(keep);
      return () => {
        keepers.delete(keep);
      };
    },
    stop,
  };
};
