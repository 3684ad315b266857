import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Act, answerLost, interrupted as interruptedOf } from '../../../test/sync/interrupted';
import { KEY, startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';
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
const changed = (one: TestDevice, change: Readonly<Record<string, unknown>>): void => one.write({ ...(one.read() as object), ...change });

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

it('what took the number of an overwritten version at a host with older data is not taken for merged', async () => {
  world.host.control.set({ wizs: { baseTracking: 'push+pull' } });
  const [b, c] = [device(), device()];
  const [a, acts] = interrupted();
  a.write({ n: 0 });
  for (const one of [a, b, c]) await one.sync();
  changed(b, { b: 0 });
  changed(a, { a: 0 });
  // The host puts b's push into a's, which is edited meanwhile and cannot send that any more.
  acts.push(() => b.sync(), () => Promise.resolve(changed(a, { later: 0 })), answerLost);
  await failed(a);
  expect(a.read()).toEqual({ n: 0, b: 0, a: 0, later: 0 });
  world.host.control.documents.rollBack({ file_key: KEY, version: 1 });
  changed(c, { c: 0 });
  await settle(c, a);
  expect([a.read(), c.read()]).toEqual(Array.from({ length: 2 }, () => ({ n: 0, a: 0, b: 0, c: 0, later: 0 })));
});

it('what was merged into versions that the host lost is named again, for whoever meets the document later', async () => {
  const [b, c] = [device(), device()];
  const [a, acts] = interrupted();
  b.write({ b: 0 });
  a.write({ a: 0 });
  acts.push(() => b.sync(), answerLost);
  await failed(a);
  await settle(a, b);
  world.host.control.documents.rollBack({ file_key: KEY, version: 2 });
  changed(b, { b: 1 });
  for (const one of [a, b, a, b]) {
    await one.sync();
    for (const { id, kind } of one.service.conflicts()) if (kind === 'rollback') await one.service.resolve(id, { take: 'mine' });
  }
  await settle(c, a, b);
  for (const one of [a, b, c]) expect(one.read()).toEqual({ a: 0, b: 1 });
});
