import type { Account } from './account';

// Apart from the schemas, which the window does not load.

/** As many bytes of a file as an account's host takes for certain, by what it says or by what was set here; null where neither is known. */
export function limitOf({ settings, capabilities }: Pick<Account, 'settings' | 'capabilities'>): number | null {
  const own = settings['maxBytes'];
  const limits = [capabilities.maxBytes, typeof own === 'number' ? own : null].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}
