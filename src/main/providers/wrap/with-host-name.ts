import type { AccountTest } from '../../../shared/model/account';
import type { DocumentSync, Provider } from '../contract';
import type { Problem } from '../../../shared/model/problem';
import { ProviderError, withHost } from '../errors';
import { redact } from '../settings-schema';

/** A host's own words may hold the key it was sent. */
const withoutSecrets = (problem: Problem, secrets: readonly string[]): Problem => ({
  ...problem,
  detail: problem.detail === null ? null : redact(problem.detail, secrets),
  params: Object.fromEntries(Object.entries(problem.params).map(([key, value]) => [key, typeof value === 'string' ? redact(value, secrets) : value])),
});

/**
 * The client with its account's name filled into every failure, since a provider does not know what its account is
 * called, and with the account's secrets taken out of it.
 */
export function withHostName(provider: Provider, name: string, secrets: readonly string[]): Provider {
  const ours = (problem: Problem): Problem => withHost(withoutSecrets(problem, secrets), name);
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      throw new ProviderError(ours(error.problem), error.outcomeUnknown, error.retry, { cause: error.cause });
    }
  };
  const named = (test: AccountTest): AccountTest => ({
    ...test,
    steps: test.steps.map((step) => (step.problem === null ? step : { ...step, problem: ours(step.problem) })),
  });
  const namedSync = (sync: DocumentSync): DocumentSync => ({
    push: (push, call) => told(sync.push(push, call)),
    latest: (fileKey, deviceId, call) => told(sync.latest(fileKey, deviceId, call)),
    since: (fileKey, version, deviceId, call) => told(sync.since(fileKey, version, deviceId, call)),
    history: (fileKey, page, perPage, call) => told(sync.history(fileKey, page, perPage, call)),
    version: (fileKey, version, hash, call) => told(sync.version(fileKey, version, hash, call)),
    devices: (fileKey, call) => told(sync.devices(fileKey, call)),
    conflicts: (fileKey, resolved, call) => told(sync.conflicts(fileKey, resolved, call)),
    resolve: (id, action, text, call) => told(sync.resolve(id, action, text, call)),
  });
  const { remove, albums, list, clearList, find, sync } = provider;
  return {
    upload: (source, call) => told(provider.upload(source, call)),
    test: async (call) => named(await told(provider.test(call))),
    ...(remove && { remove: (target, call) => told(remove.call(provider, target, call)) }),
    ...(albums && { albums: (call) => told(albums.call(provider, call)) }),
    ...(list && { list: (query, call) => told(list.call(provider, query, call)) }),
    ...(clearList && { clearList: (call) => told(clearList.call(provider, call)) }),
    ...(find && { find: (source, sentAt, call) => told(find.call(provider, source, sentAt, call)) }),
    ...(sync && { sync: namedSync(sync) }),
  };
}
