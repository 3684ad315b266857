export type * from './contract';
export { createTransfer } from './transfer-service';
export type { TransferDeps } from './transfer-deps';
