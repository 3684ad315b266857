import type { LibraryFilter, LibraryQuery, LibrarySort } from './library-query';

// Apart from the schemas, which the window does not load.

/** The whole library. */
export const NO_FILTER: LibraryFilter = {
  search: '',
  accountId: null,
  provider: null,
  album: null,
  kind: null,
  tag: null,
  state: null,
  from: null,
  before: null,
};
export const NEWEST_FIRST: LibrarySort = { by: 'time', direction: 'desc' };
/** The whole library, newest first. */
export const EVERYTHING: LibraryQuery = { filter: NO_FILTER, sort: NEWEST_FIRST };
