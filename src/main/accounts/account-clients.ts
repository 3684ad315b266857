import { OTHER_PICFERRY, THIS_COMPUTER, type AccountDraft, type StoredAccount } from '../../shared/model/account';
import type { Provider, ProviderConfig, ProviderDeps } from '../providers/contract';
import { withHostName } from '../providers';
import { createAccountMemories, passingMemory } from './account-memory';
import { secretsOf } from './account-secrets';
import type { AccountsDeps } from './accounts-deps';
import { withDefaults, type CheckedDraft } from './check-draft';
import { createLocalHostProvider, type LocalHost } from './local-host-provider';

/** The clients of the accounts, each made once and kept until it is forgotten. */
export interface AccountClients {
  provider(id: string): Provider;
  config(id: string): ProviderConfig;
  /** The embedded host that the account means; null for one with an address of its own. */
  localHost(account: Pick<StoredAccount, 'provider' | 'settings'> & { readonly id?: string }): LocalHost | null;
  /** A client that nothing is kept of, for a test before saving. */
  ofDraft(draft: AccountDraft, checked: CheckedDraft): Provider;
  /** The account changed: its next client is new and knows nothing of the last. */
  forget(id: string): void;
}

export function createAccountClients({ vault, registry, http, thisComputer, neighbours, memoryFile, now }: AccountsDeps, known: (id: string) => StoredAccount): AccountClients {
  const memories = createAccountMemories(memoryFile);
  const clients = new Map<string, Provider>();
  const config = (id: string): ProviderConfig => {
    const account = known(id);
    return { url: account.url, settings: withDefaults(registry.definition(account.provider), account.settings), secrets: secretsOf(vault, id) };
  };
  const localHost: AccountClients['localHost'] = ({ id, provider, settings }) => {
    if (id === THIS_COMPUTER) return thisComputer;
    return provider === OTHER_PICFERRY ? neighbours.at(String(settings['folder'] ?? '')) : null;
  };
  const clientOf = (account: Pick<StoredAccount, 'id' | 'name' | 'provider'>, entered: ProviderConfig, deps: ProviderDeps): Provider => {
    const definition = registry.definition(account.provider);
    const host = localHost({ ...account, settings: entered.settings });
    const client = host === null ? definition.create(entered, deps) : createLocalHostProvider(definition, host, entered.settings, deps);
    return withHostName(client, account.name, Object.values(entered.secrets));
  };
  const make = (id: string): Provider => clientOf(known(id), config(id), { http, memory: memories.of(id), now });
  return {
    config,
    localHost,
    provider(id) {
      const client = clients.get(id) ?? make(id);
      clients.set(id, client);
      return client;
    },
    ofDraft(draft, checked) {
      const definition = registry.definition(draft.provider);
      const before = draft.id === undefined ? undefined : known(draft.id);
      const settings = withDefaults(definition, { ...before?.settings, ...checked.settings });
      const secrets = { ...(before && secretsOf(vault, before.id)), ...checked.secrets };
      return clientOf({ ...draft, id: draft.id ?? '' }, { url: checked.url, settings, secrets }, { http, memory: passingMemory(), now });
    },
    forget(id) {
      clients.delete(id);
      memories.forget(id);
    },
  };
}
