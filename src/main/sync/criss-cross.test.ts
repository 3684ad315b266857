import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { badNetwork, CALM } from '../../../test/sync/bad-network';
import { DOCUMENT, KEY, startSyncWorld, type SyncWorld } from '../../../test/sync/sync-world';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { ProviderError } from '../providers/errors';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.host.control.set({ wizs: { baseTracking: 'none' } }));

it('two devices that merged the same two versions ask nothing about what one of them changed afterwards, and nothing comes back', async () => {
  const beforePushes: (() => Promise<unknown>)[] = [];
  const a = world.device('a');
  const b = world.device('b', {
    through: (host) => ({
      ...badNetwork(() => 0, CALM).through(host),
      push: async (...args) => {
        await beforePushes.shift()?.();
        return host.push(...args);
      },
    }),
  });
  a.write({ x: 0, y: 0, shelf: {} });
  await a.sync();
  await b.sync();

  // Both push over the first version; b finds what it overwrote and merges it, and its push of that is lost.
  a.write({ x: 1, y: 0, shelf: { taken: 1 } });
  b.write({ x: 0, y: 1, shelf: {} });
  beforePushes.push(
    () => a.sync(),
    () => Promise.reject(new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true }, 0), false, 'backoff')),
  );
  await expect(b.sync()).rejects.toBeInstanceOf(PicferryError);
  expect(b.read()).toEqual({ x: 1, y: 1, shelf: { taken: 1 } });

  // a has merged both as well, and goes on from there.
  await a.sync();
  a.write({ x: 2, y: 1, shelf: {} });
  await a.sync();
  expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
  expect([a.read(), b.read()]).toEqual(Array.from({ length: 2 }, () => ({ x: 2, y: 1, shelf: {} })));
  expect(b.service.status(DOCUMENT).version).toBe(world.host.control.documents.versions(KEY).at(-1)?.version);
});
