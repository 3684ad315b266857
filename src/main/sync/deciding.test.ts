import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { world, device, pair, versions } = testDevices();

/** Two devices that changed the same three places; the second one is asked about them. */
const asked = async (): Promise<readonly [TestDevice, TestDevice, (name: string) => string]> => {
  const [a, b] = await pair({ x: 'old', y: 1, tags: ['one', 'two'] });
  a.write({ x: 'a', y: 2, tags: ['one', 'A'], z: 'a' });
  await a.sync();
  b.write({ x: 'b', y: 3, tags: ['one', 'B'], z: 'b' });
  expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 4 });
  const ids = new Map(b.service.conflicts().map(({ path, id }) => [String(path[0]), id]));
  return [a, b, (name) => ids.get(name) ?? ''];
};

describe('a decision about a place', () => {
  it('can be made anew until all are made, also after a run that asked on', async () => {
    const [, b, idOf] = await asked();
    await b.service.resolve(idOf('x'), { take: 'mine' });
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 3 });
    expect(b.service.conflicts(undefined, undefined, true).find(({ id }) => id === idOf('x'))).toMatchObject({ path: ['x'], choice: 'mine', mine: '"b"' });
    expect(b.service.conflicts().map(({ choice }) => choice)).toEqual([null, null, null]);
    await b.service.resolve(idOf('x'), { take: 'theirs' });
    await b.service.resolve([idOf('y'), idOf('z')], { take: 'base' });
    await b.service.resolve(idOf('tags'), { take: 'both', first: 'mine' });
    expect(b.service.status(DOCUMENT)).toMatchObject({ state: 'waiting', openConflicts: 0 });
    await b.service.resolve(idOf('tags'), { take: 'both', first: 'theirs' });
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(b.read()).toEqual({ x: 'a', y: 1, tags: ['one', 'A', 'B'] });
    const { rows } = await b.service.resolved(DOCUMENT.account, KEY);
    expect(rows.find(({ choice }) => choice === 'both')).toMatchObject({ path: ['tags', { list: [1, 2] }], result: '["A","B"]' });
    await expect(b.service.resolve(idOf('x'), { take: 'mine' })).rejects.toMatchObject({ problem: { message: 'syncConflictUnknown' } });
  });
  it('is asked after where two accounts ask the same', async () => {
    const [a, b] = await pair({ x: 0 });
    const second = { account: 'second', fileKey: KEY };
    const file = join(b.folder, 'other.json');
    b.service.add(second, file);
    await b.service.run(second);
    a.write({ x: 'a' });
    await a.sync();
    for (const path of [b.file, file]) writeFileSync(path, JSON.stringify({ x: 'b' }));
    for (const document of [DOCUMENT, second]) await b.service.run(document);
    const [id = ''] = b.service.conflicts().map((one) => one.id);
    await expect(b.service.resolve(id, { take: 'theirs' })).rejects.toMatchObject({ problem: { message: 'syncConflictTwice', params: { id } } });
    expect(b.service.conflicts()).toHaveLength(2);
    expect(await b.service.resolve(id, { take: 'theirs' }, DOCUMENT.account)).toEqual([DOCUMENT]);
    expect(b.service.conflicts().map(({ document }) => document)).toEqual([second]);
    expect(await b.service.resolve(id, { take: 'mine' }, 'second')).toEqual([second]);
  });
  it('is kept wherever a sync before it was killed, also when the file was edited since', { timeout: 60_000 }, async () => {
    for (let n = 1; n <= 20; n += 1) {
      await world.host.control.reset();
      const [a, b] = await pair({ x: 'old', y: 0 });
      a.write({ x: 'a', y: 0 });
      await a.sync();
      b.write({ x: 'b', y: 0 });
      await b.sync();
      a.write({ x: 'a', y: 1 });
      await a.sync();
      let left = n;
      b.restart(() => {
        left -= 1;
        if (left === 0) throw new Error('killed');
      });
      await b.sync().catch((error: unknown) => expect(error).toMatchObject({ message: 'killed' }));
      b.restart();
      b.write({ ...(b.read() as object), own: true });
      await b.service.resolve(b.service.conflicts()[0]?.id ?? '', { take: 'edited', text: '"typed"' });
      expect(await b.sync(), `killed at point ${String(n)}`).toMatchObject({ state: 'clean' });
      expect(b.read()).toEqual({ x: 'typed', y: 1, own: true });
    }
  });
  it('stays over newer versions of others: it is shown, can be made anew, and is told of in the end', async () => {
    const [a, b, idOf] = await asked();
    await b.service.resolve(idOf('x'), { take: 'theirs' });
    for (const n of [1, 2]) {
      a.write({ ...(a.read() as object), n });
      await a.sync();
      expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 3 });
      expect(b.read()).toMatchObject({ x: 'a', y: 3, n });
    }
    expect(b.service.conflicts(undefined, undefined, true).filter(({ choice }) => choice !== null)).toMatchObject([{ id: idOf('x'), path: ['x'], choice: 'theirs', base: '"old"', mine: '"b"', theirs: '"a"' }]);
    await b.service.resolve(idOf('y'), { take: 'theirs' });
    await b.service.resolve(idOf('x'), { take: 'mine' });
    await b.service.resolve([idOf('z'), idOf('tags')], { take: 'mine' });
    expect(await b.sync()).toMatchObject({ state: 'clean' });
    expect(b.read()).toEqual({ x: 'b', y: 2, tags: ['one', 'B'], z: 'b', n: 2 });
    const told = (await b.service.resolved(DOCUMENT.account, DOCUMENT.fileKey)).rows.map(({ path, choice, result }) => [path?.[0], choice, result]);
    expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(new Set(['["x","mine","\\"b\\""]', '["y","theirs","2"]', '["z","mine","\\"b\\""]', '["tags","mine","[\\"B\\"]"]']));
  });
  it('is carried out with the version that settles the other places, and told of as well', async () => {
    const [a, b] = await pair({ x: 0, y: 0 });
    a.write({ x: 1, y: 1 });
    await a.sync();
    b.write({ x: 2, y: 2 });
    await b.sync();
    await b.service.resolve(b.service.conflicts().find(({ path }) => path[0] === 'x')?.id ?? '', { take: 'mine' });
    a.write({ x: 1, y: 2 });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'clean', openConflicts: 0 });
    await a.sync();
    expect([a.read(), b.read()]).toEqual([{ x: 2, y: 2 }, { x: 2, y: 2 }]);
    expect((await b.service.resolved(DOCUMENT.account, DOCUMENT.fileKey)).rows).toMatchObject([{ path: ['x'], choice: 'mine', result: '2', version: 3 }]);
  });
  it('is asked again where a newer version has another value at its place', async () => {
    const [a, b] = await pair({ x: 0, y: 0 });
    a.write({ x: 1, y: 1 });
    await a.sync();
    b.write({ x: 2, y: 2 });
    await b.sync();
    await b.service.resolve(b.service.conflicts().find(({ path }) => path[0] === 'x')?.id ?? '', { take: 'mine' });
    a.write({ x: 11, y: 1 });
    await a.sync();
    expect(await b.sync()).toMatchObject({ state: 'conflict', openConflicts: 2 });
    expect(b.service.conflicts()).toMatchObject([{ path: ['x'], mine: '2', theirs: '11' }, { path: ['y'] }]);
  });
  it('of a first meeting is told of, though a run came between it and the last one', async () => {
    const a = device();
    a.write({ x: 1, y: 1 });
    await a.sync();
    const b = device();
    b.write({ x: 2, y: 2 });
    await b.sync();
    for (const { id } of b.service.conflicts()) {
      await b.service.resolve(id, { take: 'mine' });
      await b.sync();
    }
    expect((await b.service.resolved(DOCUMENT.account, DOCUMENT.fileKey)).rows.map(({ path }) => path?.[0])).toEqual(['x', 'y']);
    expect([b.read(), b.service.status(DOCUMENT).state]).toEqual([{ x: 2, y: 2 }, 'clean']);
  });
  it('is refused with nothing decided where both cannot stand, and where a list is wanted', async () => {
    const [, b, idOf] = await asked();
    const before = versions().length;
    await expect(b.service.resolve([idOf('tags'), idOf('x')], { take: 'both', first: 'mine' })).rejects.toMatchObject({ problem: { message: 'syncNoBoth', params: { place: '/x' } } });
    await expect(b.service.resolve(idOf('tags'), { take: 'edited', text: '"str"' })).rejects.toMatchObject({ problem: { message: 'syncNotAList', params: { place: '/tags[2]' } } });
    await expect(b.service.resolve([idOf('x'), 'nothing'], { take: 'mine' })).rejects.toMatchObject({ problem: { message: 'syncConflictUnknown' } });
    expect(b.service.conflicts()).toHaveLength(4);
    await b.service.resolve(idOf('tags'), { take: 'edited', text: '["str"]' });
    await b.service.resolve([idOf('x'), idOf('y'), idOf('z')], { take: 'mine' });
    await b.sync();
    expect([b.read(), versions().length]).toEqual([{ x: 'b', y: 3, tags: ['one', 'str'], z: 'b' }, before + 1]);
  });
  it('about an order is a list of ids', async () => {
    const list = (...ids: readonly string[]) => ({ items: ids.map((id) => ({ id })) });
    const [a, b] = await pair(list('a', 'b', 'c'));
    a.write(list('c', 'a', 'b'));
    await a.sync();
    b.write(list('b', 'a', 'c'));
    await b.sync();
    const [order] = b.service.conflicts();
    expect(order).toMatchObject({ kind: 'order' });
    await expect(b.service.resolve(order?.id ?? '', { take: 'edited', text: '"a"' })).rejects.toMatchObject({ problem: { message: 'syncNotAnOrder' } });
    await b.service.resolve(order?.id ?? '', { take: 'edited', text: '["c", "b", "a"]' });
    await b.sync();
    expect(b.read()).toEqual(list('c', 'b', 'a'));
  });
});
