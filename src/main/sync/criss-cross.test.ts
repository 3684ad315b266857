import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { badNetwork, CALM } from '../../../test/sync/bad-network';
import { postsIn } from '../../../test/sync/test-devices';
import { DOCUMENT, KEY, startSyncWorld, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { ProviderError } from '../providers/errors';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.host.control.reset();
  world.host.control.set({ wizs: { baseTracking: 'none' } });
});

/** A device, and what is to happen before each of its pushes and, in turn, after it. */
const interrupted = (name: string): readonly [TestDevice, (() => Promise<unknown>)[]] => {
  const pushes: (() => Promise<unknown>)[] = [];
  const device = world.device(name, {
    through: (host) => ({
      ...badNetwork(() => 0, CALM).through(host),
      push: async (...args) => {
        await pushes.shift()?.();
        const receipt = await host.push(...args);
        await pushes.shift()?.();
        return receipt;
      },
    }),
  });
  return [device, pushes];
};

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

it('what a device pushed and changed again is no question where others took it from what the host made of the push, though another place is one', async () => {
  world.host.control.set({ wizs: { autoMerge: 'deep', baseTracking: 'push' } });
  const b = world.device('f');
  const [a, pushes] = interrupted('e');
  a.write({ own: { n: 0 }, shared: 's' });
  await a.sync();
  await b.sync();
  // b adds something unseen, the host lays a's push over it, and its answer is lost.
  b.write({ own: { n: 0 }, shared: 's', added: 1 });
  a.write({ own: { n: 1 }, shared: 's' });
  pushes.push(() => b.sync(), () => Promise.reject(new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true }, 0), true, 'backoff')));
  await expect(a.sync()).rejects.toBeInstanceOf(PicferryError);
  await b.sync();
  b.write({ ...(b.read() as object), shared: 'of b' });
  await b.sync();
  expect(b.read()).toEqual({ own: { n: 1 }, shared: 'of b', added: 1 });
  a.write({ own: { n: 2 }, shared: 'of a' });
  await a.sync();
  expect(a.service.conflicts().map(({ path }) => path)).toEqual([['shared']]);
  await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
  await a.sync();
  await b.sync();
  for (const one of [a, b]) expect(one.read()).toEqual({ own: { n: 2 }, shared: 'of b', added: 1 });
});

it('the same where one of the two was a resolution at the host, which says nothing of what it stands on but repeats another version', async () => {
  const { documents } = world.host.control;
  const a = world.device('c');
  const [b, pushes] = interrupted('d');
  a.write({ x: 0, y: 0 });
  await a.sync();
  await b.sync();

  // b's push overwrites a's, a resolution puts that one on top again; b merges both, and its push of that is lost.
  a.write({ x: 1, y: 0 });
  b.write({ x: 0, y: 1 });
  pushes.push(
    () => a.sync(),
    async () => documents.pushAs({ file_key: KEY, device_id: 'resolver', content: documents.versions(KEY)[1]?.content ?? '', message: 'Resolved conflict #1: resolve_custom' }),
    () => Promise.reject(new ProviderError(problemOf({ kind: 'network', message: 'unreachable', retryable: true }, 0), false, 'backoff')),
  );
  await expect(b.sync()).rejects.toBeInstanceOf(PicferryError);
  expect(b.read()).toEqual({ x: 1, y: 1 });

  // a has merged both as well, and goes on from what b had changed.
  await a.sync();
  expect(a.read()).toEqual({ x: 1, y: 1 });
  a.write({ x: 1, y: 2 });
  await a.sync();
  expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
  expect([a.read(), b.read()]).toEqual([{ x: 1, y: 2 }, { x: 1, y: 2 }]);
});

describe('an answer that leaves just what the host has', () => {
  /** Both push one place at one moment, the first over the second one's unseen. */
  const race = async (start: string): Promise<readonly [TestDevice, TestDevice]> => {
    const [[a, pushes], b] = [interrupted(`${start}-a`), world.device(`${start}-b`)];
    a.write({ m: start, other: 0 });
    await a.sync();
    await b.sync();
    a.write({ m: 'of a', other: 0 });
    b.write({ m: 'of b', other: 0 });
    pushes.push(() => b.sync());
    expect(await a.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    world.asked();
    return [a, b];
  };
  const decide = async (one: TestDevice): Promise<void> => {
    await one.service.resolve(one.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    expect(await one.sync()).toMatchObject({ state: 'clean' });
  };

  it('is told once, so that nobody else is asked the same', async () => {
    world.host.control.set({ wizs: { dedupe: false } });
    const [a, b] = await race('told');
    await decide(a);
    expect(postsIn(world.asked())).toBe(1);
    for (const one of [b, a, b]) expect(await one.sync()).toMatchObject({ state: 'clean', version: 4, openConflicts: 0 });
    expect([a.read(), b.read(), postsIn(world.asked())]).toEqual([{ m: 'of a', other: 0 }, { m: 'of a', other: 0 }, 0]);
    expect((await a.service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ version: 4, parents: [3, 2] });
  });

  it('is told with the next change where the host makes no version of it, and tried no more', async () => {
    const [a, b] = await race('not told');
    await decide(a);
    expect(postsIn(world.asked())).toBe(1);
    for (let look = 0; look < 2; look += 1) await a.sync();
    expect(postsIn(world.asked())).toBe(0);
    a.write({ m: 'of a', other: 1 });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 4, openConflicts: 0 });
    expect(b.read()).toEqual({ m: 'of a', other: 1 });
  });

  it('is not told where nothing else lies beside it', async () => {
    world.host.control.set({ wizs: { dedupe: false } });
    const [a, b] = [world.device('alone-a'), world.device('alone-b')];
    a.write({ m: 0 });
    await a.sync();
    await b.sync();
    a.write({ m: 1 });
    await a.sync();
    b.write({ m: 2 });
    await b.sync();
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    world.asked();
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 2 });
    expect(postsIn(world.asked())).toBe(0);
  });
});
