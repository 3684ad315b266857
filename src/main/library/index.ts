export type * from './contract';
export { createLibrary, type LibraryDeps } from './library-service';
