import { THIS_COMPUTER, type AccountDraft, type StoredAccount } from '../../shared/model/account';
import type { Provider, ProviderConfig } from '../providers/contract';
import { withHostName } from '../providers';
import { createAccountMemories, passingMemory } from './account-memory';
import { secretsOf } from './account-secrets';
import type { AccountsDeps } from './accounts-deps';
import { withDefaults, type CheckedDraft } from './check-draft';
import { createThisComputerProvider } from './this-computer-provider';

/** The clients of the accounts, each made once and kept until it is forgotten. */
export interface AccountClients {
  provider(id: string): Provider;
  config(id: string): ProviderConfig;
  /** A client that nothing is kept of, for a test before saving. */
  ofDraft(draft: AccountDraft, checked: CheckedDraft): Provider;
  /** The account changed: its next client is new and knows nothing of the last. */
  forget(id: string): void;
}

export function createAccountClients({ vault, registry, http, thisComputer, memoryFile, now }: AccountsDeps, known: (id: string) => StoredAccount): AccountClients {
  const memories = createAccountMemories(memoryFile);
  const clients = new Map<string, Provider>();
  const config = (id: string): ProviderConfig => {
    const account = known(id);
    return { url: account.url, settings: withDefaults(registry.definition(account.provider), account.settings), secrets: secretsOf(vault, id) };
  };
  const make = (id: string): Provider => {
    const { provider, name } = known(id);
    const definition = registry.definition(provider);
    const deps = { http, memory: memories.of(id), now };
    const client = id === THIS_COMPUTER ? createThisComputerProvider(definition, thisComputer, config(id).settings, deps) : definition.create(config(id), deps);
    return withHostName(client, name, Object.values(config(id).secrets));
  };
  return {
    config,
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
      return withHostName(definition.create({ url: checked.url, settings, secrets }, { http, memory: passingMemory(), now }), draft.name, Object.values(secrets));
    },
    forget(id) {
      clients.delete(id);
      memories.forget(id);
    },
  };
}
