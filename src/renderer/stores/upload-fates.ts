import { createStore, type StoreApi } from 'zustand/vanilla';
import { EVERYTHING } from '../../shared/model/library-defaults';
import type { Upload } from '../../shared/model/upload';
import { CallFailure, type Client } from '../bridge';

/** Why an upload's link is of no more use: gone at the host, or its record taken out of the library. */
export type Fate = 'deleted' | 'already_gone' | 'removed';

export type UploadFates = {
  /** By upload id; an upload that is not in it is as it was when its job ended. */
  readonly store: StoreApi<ReadonlyMap<string, Fate>>;
  /** Asks main for the `newest` uploads, for what happened before this window was there. */
  readonly catchUp: (newest: number) => Promise<void>;
  readonly stop: () => void;
};

/** The most that main gives at once. */
const LARGEST = 500;

const fateOf = ({ remoteState }: Upload): Fate | null => (remoteState === 'deleted' || remoteState === 'already_gone' ? remoteState : null);

/** What became of uploads after their jobs ended, so that the queue offers no dead link. */
export const createUploadFates = (client: Pick<Client, 'call' | 'on'>): UploadFates => {
  const store = createStore<ReadonlyMap<string, Fate>>(() => new Map());
  const take = (uploads: readonly Upload[], removed: readonly string[]): void => {
    const before = store.getState();
    const fates = new Map(before);
    for (const upload of uploads) {
      const fate = fateOf(upload);
      if (fate === null) fates.delete(upload.id);
      else fates.set(upload.id, fate);
    }
    for (const id of removed) fates.set(id, 'removed');
    const changed = fates.size !== before.size || [...fates].some(([id, fate]) => before.get(id) !== fate);
    if (changed) store.setState(fates, true);
  };
  const told = new Set<string>();
  const off = client.on('library:changed', ({ upsert, removed }) => {
    for (const id of removed) told.add(id);
    for (const { id } of upsert) told.add(id);
    take(upsert, removed);
  });
  return {
    store,
    catchUp: async (newest) => {
      if (newest === 0) return;
      try {
        const page = await client.call('library:view', { query: EVERYTHING, limit: Math.min(LARGEST, newest) });
        // What an event has told is newer than this answer may be.
        take(page.uploads.filter(({ id }) => !told.has(id)), []);
      } catch (failure) {
        // The Library says why it cannot be read; the queue goes on with what its jobs say.
        if (!(failure instanceof CallFailure)) throw failure;
      }
    },
    stop: off,
  };
};
