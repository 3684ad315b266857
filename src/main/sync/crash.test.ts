import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KEY, startSyncWorld, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import { readMessage } from './tag';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.host.control.reset());

class Killed extends Error {}

/** Dies at the n-th point it reaches, and from then on at every one: a dead process does nothing more. */
const dyingAt = (n: number): { readonly checkpoint: (name: string) => void; readonly reached: string[] } => {
  const reached: string[] = [];
  return {
    reached,
    checkpoint: (name) => {
      reached.push(name);
      if (reached.length >= n) throw new Killed(name);
    },
  };
};

let made = 0;
const START = { a: 1, b: 1, both: 0, list: ['x'] };
const OF_A = { a: 2, b: 1, both: 0, list: ['a', 'x'] };
const OF_B = { a: 1, b: 2, both: 0, list: ['x', 'b'] };
const END = { a: 2, b: 2, both: 0, list: ['a', 'x', 'b'] };

/** A has pushed, B has edited: B's sync merges, writes its file and pushes. */
const scene = async (): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = [world.device(`crash-a${(made += 1)}`), world.device(`crash-b${made}`)];
  a.write(START);
  await a.sync();
  await b.sync();
  a.write(OF_A);
  await a.sync();
  b.write(OF_B);
  return [a, b];
};

/** Versions with different content or operation; a push that was made twice counts once. */
const logicalVersions = (): number => new Set(world.host.control.documents.versions(KEY).map(({ message, version }) => readMessage(message).tag?.op ?? version)).size;

test('a sync that is killed at any point goes on where it was: nothing lost, nothing twice, the file always whole', { timeout: 120_000 }, async () => {
  const uninterrupted = dyingAt(Infinity);
  {
    const [, b] = await scene();
    b.restart(uninterrupted.checkpoint);
    await b.sync();
    expect(b.read()).toEqual(END);
  }
  const points = uninterrupted.reached.length;
  expect(points).toBeGreaterThanOrEqual(15);
  for (let n = 1; n <= points; n += 1) {
    await world.host.control.reset();
    const [a, b] = await scene();
    b.restart(dyingAt(n).checkpoint);
    await expect(b.sync()).rejects.toBeInstanceOf(Killed);
    const left = b.read();
    expect([OF_B, END], `the file after point ${n}, ${uninterrupted.reached[n - 1]}`).toContainEqual(left);
    b.restart();
    await b.sync();
    await a.sync();
    expect([b.read(), a.read()], `killed at point ${n}, ${uninterrupted.reached[n - 1]}`).toEqual([END, END]);
    expect(logicalVersions()).toBe(3);
  }
});

test('a first sync that is killed at any point ends in one version and one document', async () => {
  const probe = dyingAt(Infinity);
  const first = async (checkpoint: (name: string) => void): Promise<TestDevice> => {
    const device = world.device(`first-${(made += 1)}`);
    device.write(START);
    device.restart(checkpoint);
    return device;
  };
  await (await first(probe.checkpoint)).sync();
  for (let n = 1; n <= probe.reached.length; n += 1) {
    await world.host.control.reset();
    const device = await first(dyingAt(n).checkpoint);
    await expect(device.sync()).rejects.toBeInstanceOf(Killed);
    device.restart();
    expect(await device.sync()).toMatchObject({ state: 'clean', version: 1 });
    expect([device.read(), logicalVersions()]).toEqual([START, 1]);
  }
});
