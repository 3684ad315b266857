export { checkInChild } from './check-copy';
export type * from './contract';
export { LIBRARY_FILE, openLibraryDatabase, type OpenLibraryDeps } from './open-library-database';
export type { Migration } from './migrations';
