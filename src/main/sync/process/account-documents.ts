import { sha256Hex } from '../../../lib/canonical-json';
import { ProviderError, withHostName } from '../../providers';
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
  /** What is kept for an account's connection; another address or key begins anew. */
  readonly memory: (account: string, connection: string) => Memory;
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
    const made = registry.definition(ProviderId.parse(provider)).create({ url, settings, secrets }, { http, memory: memory(account, key), now });
    const { sync } = withHostName(made, name, Object.values(secrets));
    if (sync === undefined) throw missingSync(name, now());
    clients.set(account, { key, sync });
    return sync;
  };
  /** A refused key that is another one by now, as after a new start of a host on this computer, was never refused. */
  const ask = async <R>(account: string, work: (sync: DocumentSync) => Promise<R>): Promise<R> => {
    const asked = await clientOf(account);
    try {
      return await work(asked);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.problem.kind !== 'auth' || error.outcomeUnknown) throw error;
      const again = await clientOf(account);
      if (again === asked) throw error;
      return work(again);
    }
  };
  return (account) => ({
    push: (...args) => ask(account, (sync) => sync.push(...args)),
    latest: (...args) => ask(account, (sync) => sync.latest(...args)),
    since: (...args) => ask(account, (sync) => sync.since(...args)),
    history: (...args) => ask(account, (sync) => sync.history(...args)),
    version: (...args) => ask(account, (sync) => sync.version(...args)),
    devices: (...args) => ask(account, (sync) => sync.devices(...args)),
    conflicts: (...args) => ask(account, (sync) => sync.conflicts(...args)),
    resolve: (...args) => ask(account, (sync) => sync.resolve(...args)),
  });
};
