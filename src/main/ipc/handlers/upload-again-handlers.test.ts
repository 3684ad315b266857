import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startTestHost, type TestHost } from '../../../../test/host/test-host';
import { createOperationsWorld, type OperationsWorld } from '../../../../test/operations/operations-world';
import { PicferryError, problemOf } from '../../../lib/picferry-error';
import type { HandlerDeps } from './handler-deps';
import { uploadAgainHandlers } from './upload-again-handlers';

let host: TestHost;
let world: OperationsWorld;
beforeAll(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  host = await startTestHost();
});
afterAll(async () => {
  await host.stop();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await host.control.reset();
  world = await createOperationsWorld(host);
});
afterEach(() => world.close());

/** A link whose bytes never come, as of a host that hangs; `asked` resolves when they are waited for. */
const hangingLink = () => {
  let tell = (): void => undefined;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  const url = (_: string, signal: AbortSignal): Promise<never> => {
    tell();
    return new Promise((__, reject) => signal.addEventListener('abort', () => reject(new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, 0)))));
  };
  return { asked, url };
};

it.each(['stopped by the person', 'ended by quitting'])('looking at pictures that is %s queues nothing', async (how) => {
  const uploads = await world.upload(2);
  for (const { id } of uploads) rmSync(world.services.library.sourcePath(id) ?? '');
  const { asked, url } = hangingLink();
  const lifetime = new AbortController();
  const deps = { services: () => Promise.resolve(world.services), intake: () => Promise.resolve({ url }), lifetime: lifetime.signal, now: Date.now } as unknown as HandlerDeps;
  const handlers = uploadAgainHandlers(deps);
  const before = world.services.queue.snapshot().jobs.length;
  const looked = handlers['library:upload-again']({ selection: { ids: uploads.map(({ id }) => id) }, accountId: null, repair: false, fetch: true });
  await asked;
  if (how === 'ended by quitting') lifetime.abort();
  else await handlers['library:stop-again'](undefined);
  expect(await looked).toBeNull();
  expect(world.services.queue.snapshot().jobs).toHaveLength(before);
});
