export { failedTest } from './account-test';
export { rising } from './attempt';
export * from './contract';
export * from './errors';
export * from './registry';
export * from './settings-schema';
export { nextTry } from './wrap/retry-policy';
export { withHostName } from './wrap/with-host-name';
export { withRetry, type RetryDeps } from './wrap/with-retry';
