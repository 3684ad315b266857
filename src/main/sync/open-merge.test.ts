import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';
import type { OpenSides, TextFile } from './engine-contract';
import { withTag } from './tag';

const { world, device, deviceVia, contents } = testDevices();
const devices = (count: number): TestDevice[] => Array.from({ length: count }, () => device());
const textOf = ({ path }: TextFile): unknown => JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
const sidesOf = async (one: TestDevice): Promise<OpenSides> => {
  const sides = await one.service.sides(DOCUMENT);
  if (sides === null) throw new Error('no merge waits');
  return sides;
};
const settle = async (one: TestDevice, value: unknown): Promise<boolean> => {
  const path = join(one.folder, 'result.gz');
  writeFileSync(path, gzipSync(JSON.stringify(value)));
  return one.service.settle(DOCUMENT, { stamp: (await sidesOf(one)).stamp, result: { path }, decisions: [] });
};
/** Devices that have the same document, and then each its own edit; the first one's edit is at the host. */
const apart = async (start: unknown, ...edits: readonly unknown[]): Promise<TestDevice[]> => {
  const all = devices(edits.length);
  const [first] = all;
  first?.write(start);
  for (const one of all) await one.sync();
  for (const [i, one] of all.entries()) one.write(edits[i]);
  for (const one of all) await one.sync();
  return all;
};

describe('what the person deleted and another device changed', () => {
  const start = { x: { v: 1 }, y: 1 };
  const conflicted = () => apart(start, { x: { v: 2 }, y: 1 }, { y: 1 });

  it('is asked for as long as nobody decides, although the file shows the change', async () => {
    const [, b] = (await conflicted()) as [TestDevice, TestDevice];
    for (let look = 0; look < 3; look += 1) expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.read()).toEqual({ x: { v: 2 }, y: 1 });
    b.restart();
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    expect(contents()).toHaveLength(2);
  });

  it.each([
    ['mine', { y: 1 }],
    ['theirs', { x: { v: 2 }, y: 1 }],
  ] as const)('is as %s says in the end', async (take, expected) => {
    const [a, b] = (await conflicted()) as [TestDevice, TestDevice];
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take });
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    await a.sync();
    expect([a.read(), b.read()]).toEqual([expected, expected]);
  });

  it('is asked on when the file is edited elsewhere, or another device changes something else', async () => {
    const [a, b] = (await conflicted()) as [TestDevice, TestDevice];
    b.write({ x: { v: 2 }, y: 1, mine: true });
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    a.write({ x: { v: 2 }, y: 5 });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.service.conflicts()).toMatchObject([{ path: ['x'], kind: 'delete/edit' }]);
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    await b.sync();
    expect(b.read()).toEqual({ y: 5, mine: true });
  });

  it('is an answer when the person edits that very place of the file', async () => {
    const [, b] = (await conflicted()) as [TestDevice, TestDevice];
    b.write({ x: { v: 7 }, y: 1 });
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    expect(b.service.conflicts()).toMatchObject([{ path: ['x', 'v'], mine: '7', theirs: '2' }]);
  });
});

describe('the texts of a merge that waits', () => {
  it('are those it was made of, so that what was merged by itself can be looked at, also over a further version', async () => {
    const [a, b] = (await apart({ x: 0, y: 0, z: 0 }, { x: 'a', y: 1, z: 0 }, { x: 'b', y: 0, z: 2 })) as [TestDevice, TestDevice];
    const before = await sidesOf(b);
    expect([before.base, before.mine, before.theirs].map((side) => side && textOf(side))).toEqual([{ x: 0, y: 0, z: 0 }, { x: 'b', y: 0, z: 2 }, { x: 'a', y: 1, z: 0 }]);
    a.write({ x: 'a', y: 1, z: 0, later: true });
    await a.sync();
    await b.sync();
    const after = await sidesOf(b);
    expect(after.stamp).not.toBe(before.stamp);
    expect([after.base, after.mine, after.theirs].map((side) => side && textOf(side))).toEqual([{ x: 0, y: 0, z: 0 }, { x: 'b', y: 0, z: 2 }, { x: 'a', y: 1, z: 0, later: true }]);
  });

  it('hold what was edited in the file since, as the person left it', async () => {
    const [, b] = (await apart({ x: 0, y: 0, z: 0 }, { x: 'a', y: 1, z: 0 }, { x: 'b', y: 0, z: 2 })) as [TestDevice, TestDevice];
    b.write({ x: 'b', y: 0, z: 2 });
    const sides = await sidesOf(b);
    expect([sides.base, sides.mine].map((side) => side && textOf(side))).toEqual([{ x: 0, y: 1, z: 0 }, { x: 'b', y: 0, z: 2 }]);
    expect(await settle(b, { x: 'ab', y: 0, z: 2 })).toBe(true);
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(contents().at(-1)).toEqual({ x: 'ab', y: 0, z: 2 });
  });

  it('ask what the list of questions asks, also after an edit of the file, and keep what was decided before it', async () => {
    const [, b] = (await apart({ x: 0, y: 0 }, { x: 'a', y: 'a' }, { x: 'b', y: 'b' })) as [TestDevice, TestDevice];
    const listed = (): unknown[] => b.service.conflicts(undefined, undefined, true).map(({ path, mine }) => [...path, mine]);
    await b.service.resolve(b.service.conflicts().find(({ path }) => path[0] === 'y')?.id ?? '', { take: 'edited', text: '"typed"' });
    b.write({ x: 'c', y: 'b' });
    const sides = await sidesOf(b);
    expect(textOf(sides.mine)).toEqual({ x: 'c', y: 'b' });
    expect(listed()).toEqual([['x', '"c"'], ['y', '"b"']]);
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(contents().at(-1)).toEqual({ x: 'c', y: 'typed' });
    expect(await b.service.sides(DOCUMENT)).toBeNull();
  });

  it('ask as the list does when an edit of the file is taken back', async () => {
    const [, b] = (await apart({ x: 0 }, { x: 'a' }, { x: 'b' })) as [TestDevice, TestDevice];
    const before = b.text();
    b.write({ x: 'c' });
    await b.sync();
    b.write(JSON.parse(before));
    expect(textOf((await sidesOf(b)).mine)).toEqual({ x: 'b' });
    expect(b.service.conflicts()).toMatchObject([{ mine: '"b"' }]);
  });
});

describe('the end of a merge', () => {
  it('can be taken back, to what the file held and what was asked', async () => {
    const [a, b] = (await apart({ x: 0 }, { x: 'a' }, { x: 'b' })) as [TestDevice, TestDevice];
    const before = b.text();
    expect(await b.service.takeBack(DOCUMENT)).toBe('not');
    await settle(b, { x: 'ab' });
    await b.sync();
    expect(await b.service.takeBack(DOCUMENT)).toBe('asked');
    expect(b.text()).toBe(before);
    expect(await b.sync()).toMatchObject({ state: 'conflict', version: 3 });
    await a.sync();
    expect([contents(), a.read(), textOf((await sidesOf(b)).theirs)]).toEqual([[{ x: 0 }, { x: 'a' }, { x: 'ab' }], { x: 'ab' }, { x: 'a' }]);
    expect(await b.service.takeBack(DOCUMENT)).toBe('not');
    await settle(b, { x: 'b' });
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 4 });
  });

  it('is not taken back over a later edit', async () => {
    const [, b] = (await apart({ x: 0 }, { x: 'a' }, { x: 'b' })) as [TestDevice, TestDevice];
    await settle(b, { x: 'ab' });
    b.write({ x: 'later' });
    expect(await b.service.takeBack(DOCUMENT)).toBe('not');
    expect(b.read()).toEqual({ x: 'later' });
  });
});

/** Both decide, both sync, in every order in which each decides before it syncs. */
const ORDERS = ['bB cC', 'cC bB', 'bc BC', 'bc CB', 'cb BC', 'cb CB'] as const;

describe('one question decided on two devices', () => {
  const both = () => apart({ x: 0, n: 0 }, { x: 'a', n: 0 }, { x: 'b', n: 0 }, { x: 'c', n: 0 });
  const act = async (order: string, b: TestDevice, c: TestDevice, values: readonly [unknown, unknown]): Promise<void> => {
    for (const step of order.replace(' ', '')) {
      if (step === 'b' && b.service.conflicts().length > 0) await settle(b, values[0]);
      if (step === 'c' && c.service.conflicts().length > 0) await settle(c, values[1]);
      if (step === 'B') await b.sync();
      if (step === 'C') await c.sync();
    }
  };

  it.each(ORDERS)('in the same way is decided once: %s', async (order) => {
    const [a, b, c] = (await both()) as [TestDevice, TestDevice, TestDevice];
    await act(order, b, c, [{ x: 'one', n: 0 }, { x: 'one', n: 0 }]);
    for (let round = 0; round < 2; round += 1) for (const one of [b, c, a]) await one.sync();
    expect([a, b, c].map((one) => [one.read(), one.service.status(DOCUMENT).state])).toEqual([a, b, c].map(() => [{ x: 'one', n: 0 }, 'clean']));
    expect(contents()).toHaveLength(3);
  });

  it.each(ORDERS)('in two ways is asked again, and then is the same everywhere: %s', async (order) => {
    const [a, b, c] = (await both()) as [TestDevice, TestDevice, TestDevice];
    await act(order, b, c, [{ x: 'of b', n: 0 }, { x: 'of c', n: 0 }]);
    for (const one of [b, c]) await one.sync();
    const asked = [b, c].filter((one) => one.service.conflicts().length > 0);
    expect(asked).toHaveLength(1);
    const [open] = asked;
    const conflict = open?.service.conflicts()[0];
    expect([conflict?.mine, conflict?.theirs].sort()).toEqual(['"of b"', '"of c"']);
    if (open !== undefined) await settle(open, { x: 'both', n: 0 });
    for (let round = 0; round < 2; round += 1) for (const one of [b, c, a]) await one.sync();
    expect([a, b, c].map((one) => one.read())).toEqual([a, b, c].map(() => ({ x: 'both', n: 0 })));
  });
});

describe('a question about a version that was overwritten unseen', () => {
  it('is asked no more where another device has answered it', async () => {
    world.host.control.set({ wizs: { baseTracking: 'none' } });
    const [b, c] = (await apart({ x: 'old', y: 1 }, { x: 'old', y: 1 }, { x: 'old', y: 1 })) as [TestDevice, TestDevice];
    b.write({ x: 'b', y: 2 });
    world.host.control.documents.raceNext({ file_key: KEY, device_id: 'gone', content: { x: 'unseen', y: 1, z: 1 }, message: withTag('', { op: 'GONE', base: 1, merged: [], digest: '0' }, null) });
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(contents()).toEqual([{ x: 'old', y: 1 }, { x: 'unseen', y: 1, z: 1 }, { x: 'b', y: 2 }]);
    // It is asked on every device that has both; this one decides first.
    expect(await c.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    await c.service.resolve(c.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    expect(await c.sync()).toMatchObject({ state: 'clean' });
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    expect([b.read(), c.read()]).toEqual([{ x: 'unseen', y: 2, z: 1 }, { x: 'unseen', y: 2, z: 1 }]);
    expect(contents()).toHaveLength(4);
  });

  /** b overwrites what a has just pushed, and asks about `x` of it; a's `y` it has taken. */
  const overwritten = async (): Promise<readonly [TestDevice, TestDevice]> => {
    world.host.control.set({ wizs: { baseTracking: 'none' } });
    const beforePushes: (() => Promise<unknown>)[] = [];
    const a = device();
    const b = deviceVia((host) => ({
      push: async (...args) => {
        await beforePushes.shift()?.();
        return host.push(...args);
      },
    }));
    a.write({ x: 'old', y: 0 });
    for (const one of [a, b]) await one.sync();
    a.write({ x: 'of a', y: 1 });
    b.write({ x: 'of b', y: 0 });
    beforePushes.push(() => a.sync());
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.read()).toEqual({ x: 'of b', y: 1 });
    return [a, b];
  };

  it('becomes none about what was taken from it, when that changes where it came from', async () => {
    const [a, b] = await overwritten();
    a.write({ x: 'of a', y: 2 });
    expect(await a.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    expect(await a.sync()).toMatchObject({ state: 'clean' });
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    expect([a.read(), b.read()]).toEqual(Array.from({ length: 2 }, () => ({ x: 'of a', y: 2 })));
    expect(contents()).toHaveLength(4);
  });

  it('stays one about the same place, when somebody goes on from it and never saw what overwrote it', async () => {
    const [a, b] = await overwritten();
    world.host.control.documents.pushAs({ file_key: KEY, device_id: 'c', content: { x: 'of a', y: 2 }, message: withTag('', { op: 'LATE', base: 2, merged: [], digest: '0' }, null) });
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 1 });
    expect(b.service.conflicts()).toMatchObject([{ path: ['x'], base: '"old"', mine: '"of b"', theirs: '"of a"' }]);
    expect(b.read()).toEqual({ x: 'of b', y: 2 });
    await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'mine' });
    for (const one of [b, a]) expect(await one.sync()).toMatchObject({ state: 'clean' });
    expect([a.read(), b.read()]).toEqual(Array.from({ length: 2 }, () => ({ x: 'of b', y: 2 })));
  });
});

describe('a question that another device has answered over what was pushed here', () => {
  it.each([
    ['a value', { at: 0 }, { at: 1 }, { at: 2 }, { take: 'edited', text: '3' }, { at: 1 }, { at: 3 }],
    ['a list', { at: ['old'] }, { at: ['old', 'b'] }, { at: ['old', 'a'] }, { take: 'both', first: 'mine' }, { at: ['old', 'b', 'b2'] }, { at: ['old', 'a', 'b', 'b2'] }],
  ] as const)('is not asked again, and nothing stands twice: %s', async (_what, start, ofB, ofA, answer, ofBSince, expected) => {
    world.host.control.set({ wizs: { baseTracking: 'none' } });
    const [b] = devices(1) as [TestDevice];
    const beforePushes: (() => Promise<unknown>)[] = [];
    const a = deviceVia((host) => ({
      push: async (...args) => {
        await beforePushes.shift()?.();
        return host.push(...args);
      },
    }));
    b.write(start);
    await b.sync();
    await a.sync();
    // Both push over the first version, and each asks about the other's.
    b.write(ofB);
    a.write(ofA);
    beforePushes.push(() => b.sync());
    expect(await a.sync()).toMatchObject({ state: 'conflict' });
    b.write(ofBSince);
    expect(await b.sync()).toMatchObject({ state: 'conflict' });
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', answer);
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await a.sync();
    expect([a.read(), b.read()]).toEqual([expected, expected]);
  });
});

describe('an order that both changed', () => {
  it('is one question to the end, whatever the other device adds and edits there, and an answer beside it stays', async () => {
    const items = (ids: readonly number[], more: Readonly<Record<number, object>> = {}): unknown => ({ items: ids.map((id) => ({ id, ...more[id] })) });
    const [a, b] = (await apart(items([1, 2, 3, 4], { 1: { n: 0 } }), items([2, 1, 3, 4], { 1: { n: 'a' } }), items([4, 1, 2, 3], { 1: { n: 'b' } }))) as [TestDevice, TestDevice];
    const asked = b.service.conflicts();
    const order = asked.find(({ kind }) => kind === 'order')?.id ?? '';
    const place = asked.find(({ id }) => id !== order)?.id ?? '';
    expect(asked).toHaveLength(2);
    await b.service.resolve(place, { take: 'edited', text: '"ab"' });
    // An item that is new, that item edited, and one beside it.
    for (const more of [{ 5: { v: 1 } }, { 5: { v: 2 } }, { 5: { v: 2 }, 3: { m: 1 } }]) {
      a.write(items([2, 5, 1, 3, 4], { 1: { n: 'a' }, ...more }));
      await a.sync();
      for (let look = 0; look < 2; look += 1) await b.sync();
      expect(b.service.conflicts().map(({ id }) => id), JSON.stringify(more)).toEqual([order]);
    }
    await b.service.resolve(order, { take: 'theirs' });
    await b.sync();
    await a.sync();
    for (const one of [a, b]) expect(one.read()).toEqual(items([2, 5, 1, 3, 4], { 1: { n: 'ab' }, 5: { v: 2 }, 3: { m: 1 } }));
  });
});
