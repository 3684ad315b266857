import { sha256Hex } from '../../../lib/canonical-json';
import { withHostName } from '../../providers';
import type { DocumentSync, Memory, ProviderRegistry } from '../../providers/contract';
import type { Http } from '../../providers/http';
import { ProviderId } from '../../../shared/model/provider';
import { missingSync } from '../sync-problems';
import type { Connection } from './messages';

export type AccountDocumentsDeps = {
  readonly http: Http;
  readonly registry: ProviderRegistry;
  /** Asked before every call: accounts change while we run. */
  readonly connect: (account: string) => Promise<Connection>;
  /** What is kept for a connection; another address or key begins anew. */
  readonly memory: (name: string) => Memory;
  readonly now: () => number;
};

/** The documents of accounts that another process knows. */
export const createAccountDocuments = ({ http, registry, connect, memory, now }: AccountDocumentsDeps): ((account: string) => DocumentSync) => {
  const clients = new Map<string, { readonly key: string; readonly sync: DocumentSync }>();
  const clientOf = async (account: string): Promise<DocumentSync> => {
    const { provider, name, url, settings, secrets } = await connect(account);
    const key = sha256Hex(JSON.stringify([account, provider, name, url, settings, secrets]));
    const known = clients.get(account);
    if (known?.key === key) return known.sync;
    const made = registry.definition(ProviderId.parse(provider)).create({ url, settings, secrets }, { http, memory: memory(key), now });
    const { sync } = withHostName(made, name, Object.values(secrets));
    if (sync === undefined) throw missingSync(name, now());
    clients.set(account, { key, sync });
    return sync;
  };
  return (account) => ({
    push: async (...args) => (await clientOf(account)).push(...args),
    latest: async (...args) => (await clientOf(account)).latest(...args),
    since: async (...args) => (await clientOf(account)).since(...args),
    history: async (...args) => (await clientOf(account)).history(...args),
    version: async (...args) => (await clientOf(account)).version(...args),
    devices: async (...args) => (await clientOf(account)).devices(...args),
    conflicts: async (...args) => (await clientOf(account)).conflicts(...args),
    resolve: async (...args) => (await clientOf(account)).resolve(...args),
  });
};
