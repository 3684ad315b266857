export { checkInChild, emptyLogInChild } from './in-child';
export type * from './contract';
export { LIBRARY_FILE, openLibraryDatabase, type OpenLibraryDeps } from './open-library-database';
export type { Migration } from './migrations';
