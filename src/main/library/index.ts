export type * from './contract';
export { createLibrary, type Library, type LibraryParts } from './library-service';
export type { LibraryDeps } from './library-deps';
