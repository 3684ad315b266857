export type * from './contract';
export { createLazySync, type LazySyncDeps } from './lazy-sync';
