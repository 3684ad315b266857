import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badNetwork, CALM } from '../../../test/sync/bad-network';
import { answerLost, interrupted } from '../../../test/sync/interrupted';
import { startShortWorld, type SimulatedWorld, type TestDevice } from '../../../test/sync/sync-world';

/** Hosts that cut what a push says of itself, and a push that lands between another device's look and its push. */
let world: SimulatedWorld;
beforeAll(() => {
  world = startShortWorld();
});
afterAll(() => world.stop());

let made = 0;
const named = (): string => `d${String((made += 1))}`;
const changed = (one: TestDevice, change: object): void => one.write({ ...(one.read() as object), ...change });

/** What happens before the device that overwrote the other's push syncs again: `e` and `c` edit something else before they sync, too. */
const orders = ['', 'b', 'e', 'cc', 'ce', 'ae'] as const;
const hosts = [{ messageMax: 0 }, { messageMax: 40, baseTracking: 'none' }, { messageMax: 12, baseTracking: 'push' }] as const;
type Told = { readonly take: 'mine' | 'theirs'; readonly order: string; readonly isLost: boolean };

/** A pushes over B's push, and what follows; gives what all have in the end, and every question that was put to anybody. */
const play = async ([ofA, ofB]: readonly [object, object], { take, order, isLost }: Told): Promise<{ readonly ends: readonly unknown[]; readonly questions: readonly unknown[] }> => {
  const [a, acts] = interrupted(world, named());
  const [b, c] = [world.device(named()), world.device(named())];
  const questions = new Map<string, unknown>();
  const sync = async (one: TestDevice): Promise<void> => {
    await one.sync().catch(() => null);
    for (const { id, base, mine, theirs } of one.service.conflicts().flatMap((asked) => (asked.kind === 'rollback' ? [] : asked))) questions.set(`${one.file} ${id}`, { base, mine, theirs });
  };
  a.write({ both: 0, ofA: 0, ofB: 0 });
  for (const one of [a, b, c]) await sync(one);
  changed(a, ofA);
  changed(b, ofB);
  acts.push(() => sync(b), isLost ? answerLost : () => Promise.resolve());
  await sync(a);
  for (const step of order) {
    const one = step === 'a' ? a : step === 'c' ? c : b;
    if (step === 'e') changed(b, { later: 0 });
    if (step === 'c') changed(c, { [`c${String((made += 1))}`]: 0 });
    await sync(one);
  }
  for (let round = 0; round < 4; round += 1)
    for (const one of [b, a, c]) {
      for (const { id } of one.service.conflicts()) await one.service.resolve(id, { take });
      await sync(one);
    }
  return { ends: [a, b, c].map((one) => one.read()), questions: [...questions.values()] };
};

it('what a push overwrote that arrived twice, and was stored otherwise the first time, is not lost', async () => {
  world.host.control.reset();
  world.host.control.set({ wizs: { messageMax: 12 } });
  const b = world.device(named());
  let before = (): Promise<unknown> => Promise.resolve();
  const a = world.device(named(), {
    through: (host) => ({
      ...badNetwork(() => 0, CALM).through(host),
      push: async (...args) => {
        await before();
        await host.push(...args);
        return host.push(...args);
      },
    }),
  });
  const withItem = (one: TestDevice, id: string): void => one.write({ items: [...(one.read() as { readonly items: readonly object[] }).items, { id }] });
  a.write({ items: [{ id: 'start' }] });
  for (const one of [a, b]) await one.sync();
  withItem(a, 'ofA');
  withItem(b, 'ofB');
  changed(b, { alsoOfB: 0 });
  before = () => {
    before = () => Promise.resolve();
    return b.sync();
  };
  for (const one of [a, b, a, b]) expect(await one.sync()).toMatchObject({ state: 'clean' });
  for (const one of [a, b]) expect(one.read()).toMatchObject({ alsoOfB: 0 });
  for (const one of [a, b]) expect(new Set((one.read() as { readonly items: readonly { readonly id: string }[] }).items.map(({ id }) => id))).toEqual(new Set(['start', 'ofA', 'ofB']));
});

describe.each(hosts)('a host that cuts messages: %o', (wizs) => {
  const told = orders.flatMap((order) => [true, false].flatMap((isLost) => (['mine', 'theirs'] as const).map((take): Told => ({ order, isLost, take }))));
  it.each(told.filter(({ take }) => take === 'mine'))('keeps both where the two changed different things, and asks nothing: %o', async (how) => {
    world.host.control.reset();
    world.host.control.set({ wizs });
    const { ends, questions } = await play([{ ofA: 1, newA: 1 }, { ofB: 1, newB: 1 }], how);
    expect(questions).toEqual([]);
    for (const end of ends) expect(end).toMatchObject({ both: 0, ofA: 1, newA: 1, ofB: 1, newB: 1 });
    expect(ends).toEqual([ends[0], ends[0], ends[0]]);
  });
  it.each(told)('asks once, and only who overwrote it, where they changed the same: %o', async (how) => {
    world.host.control.reset();
    world.host.control.set({ wizs });
    const { ends, questions } = await play([{ both: 'A', ofA: 1 }, { both: 'B', ofB: 1 }], how);
    expect(questions).toEqual([{ base: '0', mine: '"A"', theirs: '"B"' }]);
    for (const end of ends) expect(end).toMatchObject({ both: how.take === 'mine' ? 'A' : 'B', ofA: 1, ofB: 1 });
    expect(ends).toEqual([ends[0], ends[0], ends[0]]);
  });
});
