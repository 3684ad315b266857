import type { AccountTest } from '../../../shared/model/account';
import type { Provider } from '../contract';
import { ProviderError, withHost } from '../errors';

/** The client with its account's name filled into every failure: a provider does not know what its account is called. */
export function withHostName(provider: Provider, name: string): Provider {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      throw new ProviderError(withHost(error.problem, name), error.outcomeUnknown, error.retry, { cause: error });
    }
  };
  const named = (test: AccountTest): AccountTest => ({
    ...test,
    steps: test.steps.map((step) => (step.problem === null ? step : { ...step, problem: withHost(step.problem, name) })),
  });
  const { remove, albums, list, clearList, find } = provider;
  return {
    upload: (source, call) => told(provider.upload(source, call)),
    test: async (call) => named(await told(provider.test(call))),
    ...(remove && { remove: (target, call) => told(remove.call(provider, target, call)) }),
    ...(albums && { albums: (call) => told(albums.call(provider, call)) }),
    ...(list && { list: (query, call) => told(list.call(provider, query, call)) }),
    ...(clearList && { clearList: (call) => told(clearList.call(provider, call)) }),
    ...(find && { find: (source, sentAt, call) => told(find.call(provider, source, sentAt, call)) }),
  };
}
