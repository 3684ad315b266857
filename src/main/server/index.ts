export type { ApiLease, LocalApi, ReadClipboard } from './contract';
export { createLocalApi } from './local-api';
