import { setTimeout as pause } from 'node:timers/promises';
import { openLibraryDatabase, type LibraryDatabase } from '../../src/main/database';
import { createLibrary, type Library } from '../../src/main/library';
import { newId } from '../../src/lib/ids';
import { EVERYTHING, NO_FILTER } from '../../src/shared/model/library-defaults';
import { seedStore } from '../../test/fixtures/seed-library';
import type { StoreUnderTest } from './store-under-test';

const FIRST_SCREEN = 100;
/** Somebody looks at the first screen for a moment: the library reads its orders meanwhile. */
const SETTLE_MS = 1500;

/** Picferry's own library, over its database in `folder`. */
export function ourStore(folder: string, count: number, until: number): StoreUnderTest {
  let database: LibraryDatabase | undefined;
  let library: Library | undefined;
  const fail = (error: unknown): never => {
    throw error;
  };
  const opened = (): Library => library ?? fail(new Error('not open'));
  return {
    seed: () => Promise.resolve(seedStore(folder, { count, until })),
    open() {
      database = openLibraryDatabase(folder, { now: () => until });
      library = createLibrary({
        db: database.db,
        vault: { state: 'locked', seal: () => new Uint8Array(), open: () => undefined },
        accounts: { byId: () => undefined, provider: () => fail(new Error('no host is asked here')) },
        now: () => until,
        newId,
        after: (ms, act) => {
          const timer = setTimeout(act, ms);
          return () => clearTimeout(timer);
        },
        onFault: fail,
      });
      const { total } = library.view(EVERYTHING, FIRST_SCREEN);
      library.facets();
      return Promise.resolve(total);
    },
    settle: () => pause(SETTLE_MS),
    // As the queue does it when an upload is done.
    insert: (upload) => Promise.resolve(void database?.db.quickTransaction(() => opened().add(upload))),
    view: ({ filter, sort }) => Promise.resolve(opened().view({ filter: { ...NO_FILTER, ...filter }, sort }, FIRST_SCREEN).uploads.length),
    close() {
      library?.close();
      database?.close();
    },
  };
}
