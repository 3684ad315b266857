import type { ClosableHttp, HttpOptions } from './create-http';

/** `createHttp` that loads its packages at the first request, so that a start does not wait for them. */
export type LazyHttp = ClosableHttp & {
  /** Loads the packages now, for when there is time. */
  readonly warmUp: () => Promise<void>;
};

export const createLazyHttp = (options: HttpOptions): LazyHttp => {
  let loading: Promise<ClosableHttp> | undefined;
  let closed = false;
  const load = async (): Promise<ClosableHttp> => {
    const { createHttp } = await import('./create-http');
    const http = createHttp(options);
    if (closed) http.close();
    return http;
  };
  const loaded = (): Promise<ClosableHttp> => (loading ??= load());
  return {
    get: async (request) => (await loaded()).get(request),
    probe: async (request) => (await loaded()).probe(request),
    digest: async (request) => (await loaded()).digest(request),
    postForm: async (request) => (await loaded()).postForm(request),
    postJson: async (request) => (await loaded()).postJson(request),
    postFile: async (request) => (await loaded()).postFile(request),
    wayTo: async (target) => (await loaded()).wayTo(target),
    warmUp: async () => void (await loaded()),
    close: () => {
      closed = true;
      void loading?.then((http) => http.close());
    },
  };
};
