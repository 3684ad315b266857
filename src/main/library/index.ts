export type * from './contract';
export { albumNameKey } from './album-names';
export { createAlbums, type Albums, type AlbumsDeps } from './albums-service';
export { createLibrary, type Library, type LibraryParts } from './library-service';
export type { LibraryDeps } from './library-deps';
export { createSharing, type LibrarySharing, type SharedWith, type SharingBeginning, type SharingDeps } from './sharing/sharing';
export type { Said } from './sharing/say';
export { joinMarks, readRows, type SharedMarks, type SharedRow } from './sharing/shared-row';
