export type * from './contract';
export { albumNameKey } from './album-names';
export { createAlbums, type Albums, type AlbumsDeps } from './albums-service';
export { createLibrary, type Library, type LibraryParts } from './library-service';
export type { LibraryDeps } from './library-deps';
export { createSharing, type SharingDeps } from './sharing/sharing';
export type { LibrarySharing, Said, SharedWith, SharingBeginning } from './sharing/contract';
export { joinMarks, readRows, type SharedMarks, type SharedRow } from './sharing/shared-row';
