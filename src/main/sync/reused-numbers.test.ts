import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { badNetwork, CALM } from '../../../test/sync/bad-network';
import { KEY, startSyncWorld, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import { canonicalText, sha256Hex } from '../../lib/canonical-json';
import { PicferryError } from '../../lib/picferry-error';
import type { DocumentSync } from '../providers/contract';
import { DIGEST_LENGTH, withTag } from './tag';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.host.control.reset();
  world.host.control.set({ wizs: { versionReuse: true } });
});

let made = 0;
/** `around`: what happens on the device's way to the host. */
const device = (around: (host: DocumentSync) => Partial<DocumentSync> = () => ({})): TestDevice =>
  world.device(`device-${(made += 1)}`, { through: (host) => ({ ...badNetwork(() => 0, CALM).through(host), ...around(host) }) });
/** Two devices with the same document, both clean. */
const pair = async (start: unknown, second = device()): Promise<readonly [TestDevice, TestDevice]> => {
  const first = device();
  first.write(start);
  await first.sync();
  await second.sync();
  return [first, second];
};
/** Rounds of syncs until nothing changes any more. */
const settle = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (let round = 0; round < 3; round += 1) for (const one of devices) await one.sync();
};
/** A push of a device that nobody hears of again. It knew the first version, so that the newest one's number is used again. */
const pushOfGone = async (content: unknown): Promise<void> => {
  const message = withTag('', { op: 'GONE', base: 1, merged: [], digest: sha256Hex(canonicalText(content) ?? '').slice(0, DIGEST_LENGTH) }, null);
  await world.hostOf().push({ fileKey: KEY, text: JSON.stringify(content), deviceId: 'gone', deviceName: 'gone', message }, { signal: new AbortController().signal });
};

it('keeps all edits where a push whose answer was lost is found, and another takes its number in that moment', async () => {
  let overtaken = false;
  const [other, a] = await pair(
    { a: 1, b: 1 },
    device((host) => ({
      latest: async (...args) => {
        const found = await host.latest(...args);
        if (found?.version === 2 && !overtaken) {
          overtaken = true;
          await pushOfGone({ a: 1, b: 2 });
        }
        return found;
      },
    })),
  );
  a.write({ a: 2, b: 1 });
  world.host.control.failNext({ call: 'json-push', status: 500, afterWork: true });
  await expect(a.sync()).rejects.toThrow(PicferryError);
  await settle(a, other);
  expect([overtaken, a.read(), other.read()]).toEqual([true, { a: 2, b: 2 }, { a: 2, b: 2 }]);
});

it('keeps both edits where two pushes get one number', async () => {
  const [a, b] = await pair({ a: 1, b: 1 });
  a.write({ a: 2, b: 1 });
  b.write({ a: 1, b: 2 });
  const push = b.sync();
  await Promise.all([a.sync(), push]);
  await settle(a, b, a);
  expect([a.read(), b.read()]).toEqual([{ a: 2, b: 2 }, { a: 2, b: 2 }]);
});

/** A version is replaced between a device's look at it and its push on top of it. */
const overtakenPush = async (): Promise<readonly [author: TestDevice, pusher: TestDevice]> => {
  let isNext = false;
  const pusher = device((host) => ({
    push: async (...args) => {
      if (isNext) await pushOfGone({ a: 1, b: 2, c: 1, d: 1 });
      isNext = false;
      return host.push(...args);
    },
  }));
  const [author] = await pair({ a: 1, b: 1, c: 1, d: 1 }, pusher);
  author.write({ a: 2, b: 1, c: 1 });
  await author.sync();
  pusher.write({ a: 1, b: 1, c: 2, d: 1 });
  isNext = true;
  await pusher.sync();
  expect(world.host.control.documents.versions(KEY).map(({ version, content }) => [version, JSON.parse(content) as unknown])).toEqual([
    [1, { a: 1, b: 1, c: 1, d: 1 }],
    [2, { a: 1, b: 2, c: 1, d: 1 }],
    [3, { a: 2, b: 1, c: 2 }],
  ]);
  return [author, pusher];
};
const ALL = { a: 2, b: 2, c: 2 };

it('keeps the edit that took the number of a version which the next push was made on', async () => {
  const [author] = await overtakenPush();
  const third = device();
  await settle(author, third);
  expect([author.read(), third.read()]).toEqual([ALL, ALL]);
});

it('finds it as well where nobody syncs but the device that made the next push', async () => {
  const [, pusher] = await overtakenPush();
  await settle(pusher);
  expect(pusher.read()).toEqual(ALL);
});

it('finds it behind a page of newer versions', async () => {
  const [, pusher] = await overtakenPush();
  world.host.control.set({ wizs: { versionReuse: false, baseTracking: 'none' } });
  for (let n = 1; n < 100; n += 1) await world.hostOf().push({ fileKey: KEY, text: JSON.stringify({ a: 2, b: 1, c: 2, n }), deviceId: 'plain', deviceName: 'plain', message: '' }, { signal: new AbortController().signal });
  await settle(pusher);
  expect(pusher.read()).toEqual({ ...ALL, n: 99 });
});
