import type { Account } from '../../shared/model/account';

/** The host that the person entered for an account, as `URL.hostname` writes it. */
export function enteredHosts(account: Pick<Account, 'url'> | undefined): readonly string[] {
  try {
    return [new URL(account?.url ?? '').hostname];
  } catch {
    return [];
  }
}
