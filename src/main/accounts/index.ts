export type * from './contract';
export type { AccountsDeps } from './accounts-deps';
export { createAccounts } from './accounts-service';
