import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { world, device, deviceVia } = testDevices();
const edit = async (one: TestDevice, value: unknown): Promise<void> => {
  one.write(value);
  await one.sync();
};
/** Syncs, and puts its own data back where the host has older ones. */
const putBack = async (one: TestDevice): Promise<void> => {
  await one.sync();
  for (const { id, kind } of one.service.conflicts()) if (kind === 'rollback') await one.service.resolve(id, { take: 'mine' });
  await one.sync();
};
const loseAbove = (version: number): void => void world.host.control.documents.rollBack({ file_key: KEY, version });

describe('after a host lost its newest versions', () => {
  const orders = [['a', 'b', 'c'], ['a', 'c', 'b'], ['b', 'a', 'c'], ['b', 'c', 'a'], ['c', 'a', 'b'], ['c', 'b', 'a']] as const;
  const elements = (...ids: readonly string[]): unknown => ({ keys: Object.fromEntries(ids.map((id) => [id, { n: 1 }])), items: ids.map((id) => ({ id, n: 1 })) });
  /** `a` put x in, `b` took it out, and `c` never heard of that; then both versions were lost. */
  const forgotten = async (): Promise<Record<'a' | 'b' | 'c', TestDevice>> => {
    const all = { a: device(), b: device(), c: device() };
    const { a, b, c } = all;
    await edit(a, elements('kept'));
    for (const one of [b, c]) await one.sync();
    await edit(a, elements('kept', 'x'));
    for (const one of [b, c]) await one.sync();
    await edit(b, elements('kept'));
    loseAbove(1);
    return all;
  };
  it.each(orders)('what was deleted stays deleted, whoever puts data back in which order: %s, %s, %s', async (...order) => {
    const all = await forgotten();
    for (let round = 0; round < 3; round += 1) for (const name of order) await putBack(all[name]);
    expect(Object.values(all).map((one) => one.read())).toEqual(Array.from({ length: 3 }, () => elements('kept')));
    expect(all.a.service.conflicts()).toEqual([]);
  });
  it('what was put in stays, and what somebody puts in again later stays as well', async () => {
    const { a, b, c } = await forgotten();
    c.write(elements('kept', 'x', 'new'));
    for (let round = 0; round < 3; round += 1) for (const one of [c, b, a]) await putBack(one);
    expect([a, b, c].map((one) => one.read())).toEqual(Array.from({ length: 3 }, () => elements('kept', 'new')));
    await edit(c, elements('kept', 'new', 'x'));
    for (const one of [a, b]) await one.sync();
    expect([a, b, c].map((one) => one.read())).toEqual(Array.from({ length: 3 }, () => elements('kept', 'new', 'x')));
  });
  it('what is left there is known, even of versions that this device never stood on', async () => {
    const [a, b] = [device(), device()];
    await edit(a, { n: 1 });
    await b.sync();
    for (const value of [{ n: 1, x: 1 }, { n: 1, x: 1, y: 1 }, { n: 1, x: 1, y: 1, z: 1 }]) await edit(a, value);
    await b.sync();
    await edit(b, { n: 1, y: 1, z: 1 });
    loseAbove(3);
    await putBack(b);
    await putBack(a);
    await putBack(b);
    expect([a.read(), b.read()]).toEqual([{ n: 1, y: 1, z: 1 }, { n: 1, y: 1, z: 1 }]);
    expect(b.service.conflicts()).toEqual([]);
  });
  it('what was deleted stays deleted, though another brings it back from a version that the one who deleted it never stood on', async () => {
    const [a, c] = [device(), device()];
    let beforePush: () => Promise<unknown> = () => Promise.resolve();
    const b = deviceVia((host) => ({
      push: async (...args) => {
        await beforePush();
        return host.push(...args);
      },
    }));
    await edit(a, elements('kept'));
    for (const one of [b, c]) await one.sync();
    await edit(a, elements('kept', 'x'));
    await b.sync();
    beforePush = async () => {
      beforePush = () => Promise.resolve();
      await edit(a, elements('kept', 'x', 'y'));
      await c.sync();
    };
    await edit(b, elements('kept'));
    expect(b.read()).toEqual(elements('kept', 'y'));
    loseAbove(1);
    for (let round = 0; round < 3; round += 1) for (const one of [c, b]) await putBack(one);
    expect([b.read(), c.read()]).toEqual([elements('kept', 'y'), elements('kept', 'y')]);
  });
  it.each(orders)('what one changed and another only had is not asked about, whoever puts data back in which order: %s, %s, %s', async (...order) => {
    const all = { a: device(), b: device(), c: device() };
    const { a, b, c } = all;
    await edit(a, { start: 1 });
    for (const one of [b, c]) await one.sync();
    await edit(a, { start: 1, mine: 1, shared: 'old' });
    for (const one of [b, c]) await one.sync();
    await edit(b, { start: 1, mine: 1, shared: 'new' });
    await edit(b, { start: 1, mine: 2, shared: 'new' });
    c.write({ start: 1, mine: 1, shared: 'old', of: 'c' });
    loseAbove(1);
    const asked: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const name of order) {
        await putBack(all[name]);
        asked.push(...all[name].service.conflicts().map(({ path }) => path.join('.')));
      }
    }
    expect([asked, ...Object.values(all).map((one) => one.read())]).toEqual([[], ...Array.from({ length: 3 }, () => ({ start: 1, mine: 2, shared: 'new', of: 'c' }))]);
  });
  it.each([['just that', {}], ['more', { more: 1 }]])('nobody is asked once another has put back what was lost, with %s', async (_, more) => {
    const [a, b] = [device(), device()];
    for (const n of [1, 2, 3, 4]) await edit(a, { n });
    await b.sync();
    loseAbove(2);
    await a.sync();
    a.write({ n: 4, ...more });
    await putBack(a);
    b.write({ n: 4, of: 'b' });
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(b.read()).toEqual({ n: 4, ...more, of: 'b' });
  });
  it('nobody is asked where another has put the same document back at a host that had none any more', async () => {
    const [a, b] = [device(), device()];
    for (const n of [1, 2, 3]) await edit(a, { n });
    await b.sync();
    loseAbove(0);
    await putBack(a);
    b.write({ n: 3, of: 'b' });
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 2 });
    await a.sync();
    expect([a.read(), b.read()]).toEqual([{ n: 3, of: 'b' }, { n: 3, of: 'b' }]);
  });
  it.each([
    ['it has everything again', false, 'clean'],
    ['it has older data still', true, 'rolled-back'],
  ])('a host that once said it had nothing is looked at again: %s', async (_, isLost, state) => {
    let isGone = false;
    const a = deviceVia((host) => ({ latest: (...args) => (isGone ? Promise.resolve(null) : host.latest(...args)) }));
    for (const n of [1, 2]) await edit(a, { n });
    isGone = true;
    await edit(a, { n: 2, mine: 1 });
    expect(a.service.conflicts()).toMatchObject([{ kind: 'rollback', version: 0 }]);
    isGone = false;
    if (isLost) loseAbove(1);
    expect(await a.sync()).toMatchObject({ state });
    expect([a.read(), a.service.conflicts().map(({ version }) => version)]).toEqual([{ n: 2, mine: 1 }, isLost ? [1] : []]);
  });
  it('a host that has nothing cannot be taken: the file stays, nothing is sent, and the question stands', async () => {
    const a = device();
    for (const n of [1, 2]) await edit(a, { n });
    loseAbove(0);
    await a.sync();
    const [asked] = a.service.conflicts();
    expect(await a.service.firstRun(DOCUMENT)).toMatchObject({ there: null });
    await expect(a.service.resolve(asked?.id ?? '', { take: 'theirs' })).rejects.toMatchObject({ problem: { message: 'syncOlderNothing', params: { key: KEY } } });
    expect(await a.sync()).toMatchObject({ state: 'rolled-back', version: 2 });
    expect([a.read(), a.service.conflicts().map(({ id }) => id), world.host.control.documents.versions(KEY)]).toEqual([{ n: 2 }, [asked?.id], []]);
  });
  it('what two changed before they knew of each other is asked about, as ever', async () => {
    const [a, b] = [device(), device()];
    await edit(a, { start: 1 });
    await b.sync();
    await edit(a, { start: 1, x: 'old' });
    await b.sync();
    await edit(a, { start: 1, x: 'of a' });
    b.write({ start: 1, x: 'of b' });
    loseAbove(1);
    await putBack(a);
    await putBack(b);
    expect(b.service.conflicts()).toMatchObject([{ path: ['x'], base: '"old"', mine: '"of b"', theirs: '"of a"' }]);
  });
  it('a device that takes the older data forgets what it knew of the lost ones', async () => {
    const { a, c } = await forgotten();
    await a.sync();
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    await a.sync();
    expect(a.read()).toEqual(elements('kept'));
    await putBack(c);
    expect(await a.sync()).toMatchObject({ state: 'clean' });
    expect([a.read(), c.read()]).toEqual([elements('kept', 'x'), elements('kept', 'x')]);
    expect(a.service.status(DOCUMENT).version).toBe(2);
  });

  it('a device that takes the older data keeps the layout of its file', async () => {
    const a = device();
    await edit(a, { n: 1, name: 'x' });
    a.writeText('{\r\n\t"name": "y",\r\n\t"n": 1.0\r\n}\r\n');
    await a.sync();
    loseAbove(1);
    await a.sync();
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    await a.sync();
    expect(a.text()).toBe('{\r\n\t"name": "x",\r\n\t"n": 1.0\r\n}\r\n');
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 1 });
  });

  it('what took the number of a lost version stays, below one that was brought back with its own number', async () => {
    let between: (() => Promise<unknown>) | null = null;
    const [a, d, e] = [device(), device(), device()];
    const b = deviceVia((host) => ({
      push: async (...args) => {
        const now = between;
        between = null;
        await now?.();
        return host.push(...args);
      },
    }));
    const START = { a: 1, b: 1, d: 1, e: 1 };
    world.host.control.set({ wizs: { baseTracking: 'none' } });
    await edit(a, START);
    for (const one of [b, d, e]) await one.sync();
    await edit(a, { ...START, a: 2 });
    await b.sync();
    await edit(b, { ...START, a: 2, b: 2 });
    // It knows of the second version, and never stood on it.
    await d.sync();
    await edit(d, { ...START, a: 2, b: 2, d: 2 });
    loseAbove(1);
    // b brings the third version back, and just before that e's edit becomes the second.
    between = () => edit(e, { ...START, e: 2 });
    await putBack(b);
    await b.sync();
    d.write({ a: 2, b: 2, d: 3, e: 1 });
    for (let round = 0; round < 3; round += 1) for (const one of [d, b, a, e]) await putBack(one);
    expect([a, b, d, e].map((one) => one.read())).toEqual(Array.from({ length: 4 }, () => ({ a: 2, b: 2, d: 3, e: 2 })));
  });
});
