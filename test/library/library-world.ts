import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibraryDatabase, type LibraryDatabase } from '../../src/main/database';
import { createAlbums, createLibrary, createSharing, type Albums, type AlbumsDeps, type Library, type LibrarySharing } from '../../src/main/library';
import { NEWEST_FIRST, NO_FILTER } from '../../src/shared/model/library-defaults';
import type { LibraryFilter, LibraryQuery } from '../../src/shared/model/library-query';

/** A library in a folder of its own, with a vault that turns bytes round and accounts that list what a test says. */
export type LibraryWorld = {
  readonly folder: string;
  readonly database: LibraryDatabase;
  readonly library: Library;
  readonly albums: Albums;
  readonly sharing: LibrarySharing;
  readonly time: { now: number };
  /** Closes it and leaves its folder. */
  readonly shut: () => void;
  /** Closes and opens it anew, as the next process would. */
  readonly reopen: () => LibraryWorld;
  readonly close: () => void;
};

export const query = (filter: Partial<LibraryFilter> = {}, sort: LibraryQuery['sort'] = NEWEST_FIRST): LibraryQuery => ({ filter: { ...NO_FILTER, ...filter }, sort });

export { newUpload } from '../world/new-upload';

let ids = 0;

export function openLibraryWorld(accounts: Partial<AlbumsDeps['accounts']> = {}, folder = mkdtempSync(join(tmpdir(), 'picferry-library-'))): LibraryWorld {
  const time = { now: 1_700_000_000_000 };
  const database = openLibraryDatabase(folder, { now: () => time.now });
  const fail = (error: unknown): never => {
    throw error;
  };
  const library = createLibrary({
    db: database.db,
    vault: { state: 'key-file', seal: (plain) => Buffer.from(plain).reverse(), open: (sealed) => Buffer.from(sealed).reverse().toString() },
    accounts: { byId: () => undefined, provider: () => fail(new Error('no host here')) },
    now: () => time.now,
    newId: () => `made-${(ids += 1)}`,
    onFault: fail,
  });
  const albums = createAlbums({
    db: database.db,
    library,
    accounts: { byId: (id) => ({ name: id }), albums: () => Promise.resolve([]), ...accounts },
    timers: {
      now: () => time.now,
      after: (_ms, act) => {
        let off = false;
        queueMicrotask(() => off || act());
        return () => void (off = true);
      },
    },
    newId: () => `album-${(ids += 1)}`,
  });
  const sharing = createSharing({ db: database.db, parts: library.parts, albums, accounts: { list: () => [] } });
  let closed = false;
  const shut = (): void => {
    if (closed) return;
    closed = true;
    albums.close();
    library.close();
    database.close();
  };
  return {
    folder,
    database,
    library,
    albums,
    sharing,
    shut,
    time,
    reopen() {
      shut();
      return openLibraryWorld(accounts, folder);
    },
    close() {
      shut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
