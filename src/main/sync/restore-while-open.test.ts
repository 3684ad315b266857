import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCUMENT, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { pair, versions, contents, world } = testDevices();
const PAGE = { offset: 0, limit: 10 } as const;

/** A device that is asked about two places; the versions before are 1 and 2. */
const asked = async (): Promise<readonly [TestDevice, TestDevice]> => {
  const [a, b] = await pair({ a: 0, b: 0, t: 'é' });
  a.write({ a: 1, b: 1, t: 'é' });
  await a.sync();
  await b.sync();
  b.write({ a: 5, b: 3, t: 'é', clean: true });
  await b.sync();
  a.write({ b: 2, t: 'é' });
  expect(await a.sync()).toMatchObject({ state: 'conflict', openConflicts: 2, version: 3 });
  return [a, b];
};
const half = (one: TestDevice): void => one.writeText('{"b": ');
const cut = (one: TestDevice): void => writeFileSync(one.file, Buffer.concat([Buffer.from('{"t":"'), Buffer.from('é').subarray(0, 1)]));
const gone = (one: TestDevice): void => rmSync(one.file);

describe('while places wait for a person', () => {
  it.each([1, 2, 3])('version %i is not restored, whole or by place, and nothing changes', async (version) => {
    const [a] = await asked();
    const [before, ids] = [a.text(), a.service.conflicts().map(({ id }) => id)];
    const refused = { problem: { message: 'syncRestoreWhileOpen' } };
    for (const paths of [null, [['a']]]) {
      await expect(a.service.restorePlan(DOCUMENT, version, paths, PAGE)).rejects.toMatchObject(refused);
      await expect(a.service.restore(DOCUMENT, version, paths, { note: 'back', sync: true })).rejects.toMatchObject(refused);
    }
    expect(a.text()).toBe(before);
    expect(await a.sync()).toMatchObject({ state: 'conflict', note: '', version: 3 });
    expect([a.text(), a.service.conflicts().map(({ id }) => id)]).toEqual([before, ids]);
    await a.service.resolve(ids, { take: 'mine' });
    await a.sync();
    await a.service.restore(DOCUMENT, version);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 5 });
  });
  it.each([
    ['no JSON any more', half, 1],
    ['no JSON any more', half, 2],
    ['cut inside a letter', cut, 1],
    ['cut inside a letter', cut, 2],
    ['gone', gone, 2],
  ] as const)('and the file is %s, a version ends their merge and becomes a new one with its note', async (_name, spoil, version) => {
    const [a, b] = await asked();
    spoil(a);
    expect((await a.service.restorePlan(DOCUMENT, version, null, PAGE)).instead).not.toBeNull();
    expect(await a.service.restore(DOCUMENT, version, null, { note: 'back', sync: true })).toBe(true);
    const old = contents()[version - 1];
    expect(a.read()).toEqual(old);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 4, note: '' });
    expect(contents().at(-1)).toEqual(old);
    expect(versions().at(-1)?.message).toMatch(new RegExp(`^back .* b=3.* r=${String(version)}`));
    expect((await a.service.resolved(DOCUMENT.account, DOCUMENT.fileKey)).rows.map(({ path, choice }) => [path, choice])).toEqual([[['a'], 'file'], [['b'], 'file']]);
    await b.sync();
    expect(b.read()).toEqual(old);
  });
  it('and the file is no JSON, the version that asks is simply taken', async () => {
    const [a] = await asked();
    half(a);
    expect(await a.service.restore(DOCUMENT, 3, null, { note: 'back' })).toBe(true);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 3, note: '' });
    expect([a.read(), versions().length]).toEqual([{ a: 5, b: 3, t: 'é', clean: true }, 3]);
  });
  it('about an overwritten version, and the file is no JSON, what was overwritten beside the restored places is not lost', async () => {
    const [a, b] = await pair({ x: 1, y: 1, z: 1 });
    world.host.control.set({ wizs: { baseTracking: 'none' } });
    b.write({ x: 1, y: 1, z: 2 });
    a.write({ x: 'a', y: 1, z: 1 });
    world.host.control.documents.raceNext({ file_key: DOCUMENT.fileKey, device_id: 'other', content: { x: 'other', y: 'other', z: 1 } });
    expect(await a.sync()).toMatchObject({ state: 'conflict' });
    half(a);
    await a.service.restore(DOCUMENT, 1, null, { note: 'back' });
    const { state } = await a.sync();
    if (state === 'conflict') for (const { id } of a.service.conflicts()) await a.service.resolve(id, { take: 'mine' });
    expect(await a.sync()).toMatchObject({ state: 'clean' });
    await b.sync();
    await a.sync();
    expect([a.read(), b.read()]).toEqual([{ x: 1, y: 'other', z: 2 }, { x: 1, y: 'other', z: 2 }]);
  });
});
