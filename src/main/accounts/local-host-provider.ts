import type { AccountTest } from '../../shared/model/account';
import { failedTest, ProviderError, rising } from '../providers';
import type { Call, DocumentSync, Provider, ProviderConfig, ProviderDefinition, ProviderDeps } from '../providers/contract';

/** An embedded host, ours or another Picferry's, started on demand; its key is new with every start. */
export interface LocalHost {
  start(): Promise<{ readonly url: string; readonly key: string }>;
}

/** Settings of the account `this-computer`: the host speaks the WiZs dialect and has no limit of its own. */
export const thisComputerSettings = { flavour: 'wizs', auth: 'auto', maxBytes: null } as const;

/**
 * A client of an embedded host that starts it before the first word is said to it. A key that is refused because the host
 * was started anew meanwhile is no refusal: what was asked is asked once more, with the new one.
 */
export function createLocalHostProvider(definition: ProviderDefinition, host: LocalHost, settings: ProviderConfig['settings'], deps: ProviderDeps): Provider {
  let current: { readonly url: string; readonly key: string; readonly client: Provider } | undefined;
  const clientOf = (url: string, key: string): Provider => definition.create({ url, settings, secrets: { key } }, deps);
  const client = async (): Promise<Provider> => {
    const { url, key } = await host.start();
    if (current?.url !== url || current.key !== key) current = { url, key, client: clientOf(url, key) };
    return current.client;
  };
  /** Which abilities there are does not depend on the address. */
  const shape = clientOf('http://127.0.0.1', '');
  const later =
    <A extends unknown[], R>(pick: (client: Provider) => ((...args: A) => Promise<R>) | undefined) =>
    async (...args: A): Promise<R> => {
      const ask = (one: Provider): Promise<R> => {
        const method = pick(one);
        if (method === undefined) throw new Error('a provider changed its abilities with its address');
        return method(...args);
      };
      const asked = await client();
      try {
        return await ask(asked);
      } catch (error) {
        if (!(error instanceof ProviderError) || error.problem.kind !== 'auth' || error.outcomeUnknown) throw error;
        const again = await client();
        if (again === asked) throw error;
        return ask(again);
      }
    };
  /** That nobody answers is a finding of the test. */
  const test = async (call: Call): Promise<AccountTest> => {
    try {
      return await later((inner) => inner.test.bind(inner))(call);
    } catch (error) {
      if (error instanceof ProviderError && error.problem.kind !== 'cancelled') return failedTest(error);
      throw error;
    }
  };
  const laterSync =
    <A extends unknown[], R>(pick: (sync: DocumentSync) => (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      later<A, R>(({ sync }) => sync && pick(sync).bind(sync))(...args);
  const sync: DocumentSync = {
    push: laterSync((inner) => inner.push),
    latest: laterSync((inner) => inner.latest),
    since: laterSync((inner) => inner.since),
    history: laterSync((inner) => inner.history),
    version: laterSync((inner) => inner.version),
    devices: laterSync((inner) => inner.devices),
    conflicts: laterSync((inner) => inner.conflicts),
    resolve: laterSync((inner) => inner.resolve),
  };
  return {
    // Bytes that were sent in vain count once.
    upload: (source, call) => later((inner) => inner.upload.bind(inner))(source, { ...call, onProgress: rising(call.onProgress) }),
    test,
    ...(shape.remove && { remove: later((inner) => inner.remove?.bind(inner)) }),
    ...(shape.albums && { albums: later((inner) => inner.albums?.bind(inner)) }),
    ...(shape.list && { list: later((inner) => inner.list?.bind(inner)) }),
    ...(shape.clearList && { clearList: later((inner) => inner.clearList?.bind(inner)) }),
    ...(shape.find && { find: later((inner) => inner.find?.bind(inner)) }),
    ...(shape.sync && { sync }),
  };
}
