import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Act, answerLost, interrupted as interruptedOf } from '../../../test/sync/interrupted';
import { startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';
import { PicferryError } from '../../lib/picferry-error';

/** Pushes that another device overwrote without knowing them. */
let world: SimulatedWorld;
beforeAll(() => {
  world = startShortWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.host.control.reset();
  world.host.control.set({ wizs: { baseTracking: 'none' } });
});

let made = 0;
const device = (): TestDevice => world.device(`d${(made += 1)}`);
const interrupted = (): readonly [TestDevice, Act[]] => interruptedOf(world, `d${(made += 1)}`);
const failed = async (one: TestDevice): Promise<void> => void (await expect(one.sync()).rejects.toBeInstanceOf(PicferryError));
const settle = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (let round = 0; round < 3; round += 1) for (const one of devices) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
};

it('what the head of a first meeting does not hold is not taken for deleted there', async () => {
  const [a, c] = [device(), device()];
  const [b, acts] = interrupted();
  a.write({ a: 0 });
  b.write({ b: 0 });
  acts.push(() => a.sync(), answerLost);
  await failed(b);
  await c.sync();
  await settle(b, c, a);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ a: 0, b: 0 });
});

it('an empty object that the host made a list of is no question where it is found overwritten', async () => {
  world.host.control.set({ wizs: { phpRoundTrip: true } });
  const a = device();
  const [b, acts] = interrupted();
  a.write({});
  b.write({ b: 0 });
  acts.push(() => a.sync());
  await settle(b, a);
  for (const one of [a, b]) expect(one.read()).toEqual({ b: 0 });
});
