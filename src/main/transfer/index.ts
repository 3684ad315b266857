export type * from './contract';
export { createLazyTransfer } from './lazy-transfer';
export type { TransferDeps } from './transfer-deps';
