import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';

let world: SimulatedWorld;
beforeAll(() => {
  world = startShortWorld();
});
afterAll(() => world.stop());
// As PHP's arrays do: `{}` is stored as `[]`.
beforeEach(() => {
  world.host.control.reset();
  world.host.control.set({ wizs: { phpRoundTrip: true, baseTracking: 'none' } });
});

let made = 0;
const device = (): TestDevice => world.device(`device-${(made += 1)}`);
const pair = async (start: unknown): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = [device(), device()];
  a.write(start);
  await a.sync();
  await b.sync();
  return [a, b];
};
/** Rounds of syncs in which nobody is asked anything. */
const settle = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (let round = 0; round < 4; round += 1) for (const one of devices) expect(await one.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
};

it.each(['the one that emptied it', 'the one that added'])('an object that one device empties and another adds to keeps what was added: %s syncs first', async (first) => {
  const [a, b] = await pair({ o: { x: 1 }, n: 1 });
  a.write({ o: {}, n: 1 });
  b.write({ o: { x: 1, y: 2 }, n: 1 });
  await settle(...(first === 'the one that added' ? [b, a] : [a, b]));
  for (const one of [a, b]) expect(one.read()).toEqual({ o: { y: 2 }, n: 1 });
});
it('an emptied object is an empty object on the other device as well, and both may add to it', async () => {
  const [a, b] = await pair({ o: { x: 1 }, n: 1 });
  a.write({ o: {}, n: 1 });
  await settle(a, b);
  expect(b.read()).toEqual({ o: {}, n: 1 });
  a.write({ o: { z: 1 }, n: 1 });
  b.write({ o: { y: 1 }, n: 1 });
  await settle(a, b);
  for (const one of [a, b]) expect(one.read()).toEqual({ o: { y: 1, z: 1 }, n: 1 });
});
it('devices that never saw anything but the list add to what was an empty object', async () => {
  const [a, b] = await pair({ o: {}, n: 1 });
  const c = device();
  await c.sync();
  c.write({ o: { c: 1 }, n: 1 });
  a.write({ o: { z: 1 }, n: 1 });
  b.write({ o: { y: 1 }, n: 2 });
  await settle(c, a, b);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ o: { c: 1, y: 1, z: 1 }, n: 2 });
});
it('a list stays a list', async () => {
  const [a, b] = await pair({ o: {}, list: ['x'], n: 1 });
  a.write({ o: {}, list: [], n: 1 });
  await settle(a, b);
  expect(b.read()).toMatchObject({ list: [], n: 1 });
  b.write({ ...(b.read() as object), list: ['y'] });
  await settle(b, a);
  expect(a.read()).toEqual({ o: {}, list: ['y'], n: 1 });
});
