import type { StoreApi } from 'zustand/vanilla';
import type { LibraryQuery } from '../../shared/model/library-query';
import type { Upload } from '../../shared/model/upload';
import type { Client } from '../bridge';
import { PAGE, rowAt, type Pages } from './library-window';

/** The most that main gives at once. */
const LARGEST = 500;

export type WalkParts = {
  readonly client: Pick<Client, 'call'>;
  readonly store: Pick<StoreApi<{ readonly query: LibraryQuery; readonly pages: Pages }>, 'getState'>;
  readonly isFresh: (page: number) => boolean;
  /** Another value whenever places may have shifted. */
  readonly moment: () => string;
};

/** Gives every upload between two places, both included, reading what is not at hand. False when places shifted meanwhile. */
export const walkLibrary = async (from: number, to: number, take: (upload: Upload, place: number) => void, { client, store, isFresh, moment }: WalkParts): Promise<boolean> => {
  const begun = moment();
  for (let next = from; next <= to; ) {
    const here = rowAt(store.getState().pages, next);
    if (here !== undefined && isFresh(Math.floor(next / PAGE))) {
      take(here, next);
      next += 1;
      continue;
    }
    const offset = next;
    const { uploads } = await client.call('library:rows', { query: store.getState().query, offset, limit: Math.min(LARGEST, to - offset + 1) });
    if (moment() !== begun) return false;
    if (uploads.length === 0) return true;
    uploads.forEach((upload, index) => take(upload, offset + index));
    next += uploads.length;
  }
  return true;
};
