import type { ClosableHttp, HttpOptions } from './create-http';

/** What the packages stand on, in pieces: Electron compiles Node's own modules at their first use, all at once for some 100 ms. */
const pieces: readonly (() => unknown)[] = [
  () => import('node:https'),
  () => import('node:http2'),
  // Makes Node load undici, which axios asks for its names.
  () => Reflect.get(globalThis, 'FormData'),
  () => import('form-data'),
  () => import('axios'),
];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `createHttp` that loads its packages at the first request, so that a start does not wait for them. */
export type LazyHttp = ClosableHttp & {
  /** Loads the packages now, for when there is time. */
  readonly warmUp: () => Promise<void>;
};

export const createLazyHttp = (options: HttpOptions): LazyHttp => {
  let loading: Promise<ClosableHttp> | undefined;
  let closed = false;
  const load = async (): Promise<ClosableHttp> => {
    for (const piece of pieces) {
      await piece();
      await turn();
    }
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
