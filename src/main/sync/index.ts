export type * from './contract';
export { createLazySync, type LazySyncDeps } from './lazy-sync';
export { fileProblem, unreadable } from './sync-problems';
export { readUserFile } from './user-file';
