import { isOnlyHere, type Account, type StoredAccount } from '../../shared/model/account';
import type { Problem } from '../../shared/model/problem';
import { secretName } from './account-secrets';
import type { AccountsDeps } from './accounts-deps';
import { withDefaults } from './check-draft';

/** An account as the window and the command line see it: without secrets, with what its host can do. */
export function showAccount(
  account: StoredAccount,
  { registry, vault }: Pick<AccountsDeps, 'registry' | 'vault'>,
  now: { readonly isDefault: boolean; readonly paused: Problem | null },
): Account {
  const definition = registry.definition(account.provider);
  const settings = withDefaults(definition, account.settings);
  const prefix = secretName(account.id, '');
  return {
    id: account.id,
    name: account.name,
    provider: account.provider,
    url: account.url,
    settings,
    secretsSet: vault.names(prefix).map((name) => name.slice(prefix.length)),
    capabilities: definition.capabilities(settings, account.url),
    isDefault: now.isDefault,
    onlyThisComputer: isOnlyHere({ accountId: account.id, provider: account.provider }),
    paused: now.paused,
  };
}
