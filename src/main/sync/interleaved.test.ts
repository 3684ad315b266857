import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { badNetwork, CALM } from '../../../test/sync/bad-network';
import { DOCUMENT, KEY, startSyncWorld, type SyncWorld, type TestDevice } from '../../../test/sync/sync-world';
import type { DocumentStatus } from './engine-contract';

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.host.control.reset());

let made = 0;
/** A device whose sync is taken in two steps: until it would push, and on from there to its end. */
const inSteps = () => {
  let [isHeld, reach, release] = [false, (): void => undefined, (): void => undefined];
  const device: TestDevice = world.device(`step-${(made += 1)}`, {
    through: (host) => ({
      ...badNetwork(() => 0, CALM).through(host),
      push: async (...args) => {
        if (isHeld) {
          isHeld = false;
          const released = new Promise<void>((resolve) => (release = resolve));
          reach();
          await released;
        }
        return host.push(...args);
      },
    }),
  });
  let running: Promise<DocumentStatus> | null = null;
  return {
    device,
    read: async (): Promise<void> => {
      isHeld = true;
      const reached = new Promise<void>((resolve) => (reach = resolve));
      running = device.sync();
      await Promise.race([reached, running]);
    },
    post: async (): Promise<void> => {
      isHeld = false;
      release();
      await running;
    },
  };
};

const ORDERS = [
  ['a reads', 'a posts', 'b reads', 'b posts'],
  ['a reads', 'b reads', 'a posts', 'b posts'],
  ['a reads', 'b reads', 'b posts', 'a posts'],
  ['b reads', 'b posts', 'a reads', 'a posts'],
  ['b reads', 'a reads', 'b posts', 'a posts'],
  ['b reads', 'a reads', 'a posts', 'b posts'],
] as const;
const HOSTS = [
  ['keeps what was pushed last', { baseTracking: 'none' }],
  ['merges, and the pushed side wins', { baseTracking: 'push', autoMerge: 'pushed' }],
  ['merges deeply', { baseTracking: 'push', autoMerge: 'deep' }],
] as const;

describe.each(HOSTS)('two people decide the same place otherwise, at a host that %s', (_what, wizs) => {
  it.each(ORDERS)('and both decisions are there or asked about again: %s, %s, %s, %s', async (...order) => {
    world.host.control.set({ wizs });
    const [a, b] = [inSteps(), inSteps()];
    const other = world.device(`step-${(made += 1)}`);
    other.write({ x: 'base', kept: 1 });
    for (const one of [other, a.device, b.device]) await one.sync();
    other.write({ x: 'other', kept: 1 });
    await other.sync();
    for (const [{ device }, mine] of [[a, 'mine of a'], [b, 'mine of b']] as const) {
      device.write({ x: mine, kept: 1 });
      await device.sync();
      const [conflict] = device.service.conflicts();
      await device.service.resolve(conflict?.id ?? '', { take: 'edited', text: JSON.stringify(`decided after ${mine}`) });
    }
    const steps = { 'a reads': a.read, 'a posts': a.post, 'b reads': b.read, 'b posts': b.post };
    for (const step of order) await steps[step]();

    const everyone = [a.device, b.device, other];
    for (let round = 0; round < 3; round += 1) for (const one of everyone) await one.sync();
    const asked = everyone.flatMap(({ service }) => service.conflicts());
    const said = JSON.stringify([everyone.map((one) => one.read()), asked.map(({ mine, theirs }) => [mine, theirs])]);
    for (const mine of ['mine of a', 'mine of b']) expect(said).toContain(`decided after ${mine}`);
    expect(asked.length).toBeGreaterThan(0);

    for (const { service } of everyone) for (const { id } of service.conflicts()) await service.resolve(id, { take: 'mine' });
    for (let round = 0; round < 4; round += 1) for (const one of everyone) await one.sync();
    const documents = everyone.map((one) => one.read());
    expect(documents).toEqual(documents.map(() => documents[0]));
    expect([expect.stringContaining('decided after mine of'), 1]).toEqual([(documents[0] as { x: string }).x, (documents[0] as { kept: number }).kept]);
    expect(JSON.parse(world.host.control.documents.versions(KEY).at(-1)?.content ?? '')).toEqual(documents[0]);
    for (const { service } of everyone) expect(service.status(DOCUMENT)).toMatchObject({ state: 'clean', openConflicts: 0 });
  });
});
