export type * from './contract';
export type { AccountsDeps } from './accounts-deps';
export { createAccountMemories } from './account-memory';
export { createAccounts } from './accounts-service';
export { lacksKeys } from './check-draft';
