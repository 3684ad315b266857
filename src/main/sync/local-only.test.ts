import { describe, expect, it } from 'vitest';
import { DOCUMENT, KEY, type TestDevice } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { world, device } = testDevices();
const POLICY = { rules: [{ path: '/items/*/local', as: 'local-only' }, { path: '/in/token', as: 'local-only' }] } as const;
const withPolicy = (ask = false): TestDevice => {
  const one = device({ add: false });
  one.service.add(DOCUMENT, one.file, { policy: POLICY, ask });
  return one;
};
const item = (id: number, n: number, local?: string): unknown => ({ id, n, ...(local === undefined ? {} : { local }) });

describe('what stays on this device, deep in the document,', () => {
  it("stays where the host's document is taken whole at the first meeting, and goes with what it lay in", async () => {
    const a = withPolicy();
    a.write({ in: { x: 1 }, items: [item(1, 5, 'of a'), item(3, 5)] });
    await a.sync();
    const b = withPolicy(true);
    b.write({ in: { x: 0, token: 'b' }, items: [item(1, 0, 'of b'), item(2, 0, 'gone')] });
    await b.sync();
    await b.service.begin(DOCUMENT, 'use-cloud');
    expect(b.read()).toEqual({ in: { x: 1, token: 'b' }, items: [item(1, 5, 'of b'), item(3, 5)] });
    expect(await b.sync()).toMatchObject({ state: 'clean', version: 1 });
  });
  it('stays where the older document of a host is taken', async () => {
    const a = withPolicy();
    for (const n of [1, 2]) {
      a.write({ in: { x: n, token: 'a' }, items: [item(1, n, 'of a')] });
      await a.sync();
    }
    world.host.control.documents.rollBack({ file_key: KEY, version: 1 });
    await a.sync();
    await a.service.resolve(a.service.conflicts()[0]?.id ?? '', { take: 'theirs' });
    expect(a.read()).toEqual({ in: { x: 1, token: 'a' }, items: [item(1, 1, 'of a')] });
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 1 });
  });
});
