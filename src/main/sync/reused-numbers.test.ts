import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { settle, testDevices } from '../../../test/sync/test-devices';
import { canonicalText, sha256Hex } from '../../lib/canonical-json';
import { PicferryError } from '../../lib/picferry-error';
import { DIGEST_LENGTH, LOST_LENGTH, withTag } from './tag';

const { world, device, deviceVia, pair } = testDevices({ versionReuse: true });
/** A push of a device that nobody hears of again. It knew the first version, so that the newest one's number is used again. */
const pushOfGone = async (content: unknown): Promise<void> => {
  const message = withTag('', { op: 'GONE', base: 1, merged: [], digest: sha256Hex(canonicalText(content) ?? '').slice(0, DIGEST_LENGTH) }, null);
  await world.hostOf().push({ fileKey: KEY, text: JSON.stringify(content), deviceId: 'gone', deviceName: 'gone', message }, { signal: new AbortController().signal });
};

it('keeps all edits where a push whose answer was lost is found, and another takes its number in that moment', async () => {
  let overtaken = false;
  const [other, a] = await pair(
    { a: 1, b: 1 },
    deviceVia((host) => ({
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
  const pusher = deviceVia((host) => ({
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

/** A push of the second version is overtaken, one of the third that stands on it is, and `d`, which met the document between, pushes on that one. */
describe('the edit whose number was used again below a version that was replaced as well is kept', () => {
  const START = { c: 1, d: 1, x: 1, y: 1, z: 1 };
  const call = { signal: new AbortController().signal };
  const digestOf = (content: unknown): string => sha256Hex(canonicalText(content) ?? '');
  /** A device of which only what it does here is ever heard. */
  const stranger = (deviceId: string) => ({
    looks: () => world.hostOf().latest(KEY, deviceId, call),
    pushes: (base: number, of: unknown, content: unknown) => {
      const message = withTag('', { op: deviceId, base, on: digestOf(of).slice(0, LOST_LENGTH), merged: [], digest: digestOf(content).slice(0, DIGEST_LENGTH) }, null);
      return world.hostOf().push({ fileKey: KEY, text: JSON.stringify(content), deviceId, deviceName: deviceId, message }, call);
    },
  });
  let between: (() => Promise<unknown>) | null = null;
  const overtaken = (add = true): TestDevice =>
    deviceVia((host) => ({
      push: async (...args) => {
        const now = between;
        between = null;
        await now?.();
        return host.push(...args);
      },
    }), { add });

  /** How `d` comes to have what the host has: before that, and then. */
  const meetings: readonly { readonly name: string; readonly begins: () => Promise<TestDevice>; readonly meets: (d: TestDevice) => Promise<unknown> }[] = [
    { name: 'it had nothing', begins: () => Promise.resolve(overtaken()), meets: (d) => d.sync() },
    {
      name: 'it had another file and took what is there',
      begins: () => Promise.resolve(overtaken(false)),
      meets: async (d) => {
        d.write({ other: true });
        d.service.add(DOCUMENT, d.file, { ask: true });
        await d.service.begin(DOCUMENT, 'use-cloud');
      },
    },
    {
      name: 'the host had lost what it stood on, and it took what is there',
      begins: async () => {
        const d = overtaken();
        for (const n of [1, 2, 3, 4, 5]) {
          d.write({ n });
          await d.sync();
        }
        world.host.control.documents.rollBack({ file_key: KEY, version: 1 });
        return d;
      },
      meets: async (d) => {
        await d.sync();
        for (const { id } of d.service.conflicts()) await d.service.resolve(id, { take: 'theirs' });
      },
    },
  ];

  it.each(meetings.map((one) => [one.name, one] as const))('%s', async (_name, { begins, meets }) => {
    const [x, y, z] = [stranger('X'), stranger('Y'), stranger('Z')];
    const d = await begins();
    const c = overtaken();
    await c.sync();
    c.write(START);
    await c.sync();
    const first = world.host.control.documents.versions(KEY).at(-1)?.version ?? 0;
    // X pushes the next version and Y sees it, and c's edit takes its number; Y's next one does not hold c's edit.
    await x.looks();
    c.write({ ...START, c: 2 });
    between = async () => {
      await x.pushes(first, START, { ...START, x: 2 });
      await y.looks();
    };
    await c.sync();
    await z.looks();
    await y.pushes(first + 1, { ...START, x: 2 }, { ...START, x: 2, y: 2 });
    await meets(d);
    d.write({ ...(d.read() as object), d: 2 });
    between = () => z.pushes(first + 1, { ...START, c: 2 }, { ...START, c: 2, z: 2 });
    await d.sync();
    await settle(c, d, c);
    expect([c.read(), d.read()]).toEqual(Array.from({ length: 2 }, () => ({ c: 2, d: 2, x: 2, y: 2, z: 2 })));
  });
});
