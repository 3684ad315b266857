export type * from './contract';
export { createLazySync } from './lazy-sync';
