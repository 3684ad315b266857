import { describe, expect, it } from 'vitest';
import { DOCUMENT } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ErrorKind } from '../../shared/model/problem';

const { deviceVia, contents } = testDevices();
const PAGE = { offset: 0, limit: 10 } as const;

/** A device with three versions, which reaches its host until it is told not to. */
const travelling = async () => {
  const way: { broken: ErrorKind | null } = { broken: null };
  const device = deviceVia((host) => {
    const reached = <T>(call: () => Promise<T>): Promise<T> => (way.broken === null ? call() : Promise.reject(new PicferryError(problemOf({ kind: way.broken, message: 'offline' }, 0))));
    return { history: (...args) => reached(() => host.history(...args)), version: (...args) => reached(() => host.version(...args)) };
  });
  for (const n of [1, 2, 3]) {
    device.write({ n });
    await device.sync();
  }
  return { device, way };
};

describe('without its host', () => {
  it('a device gives the versions that it has kept, newest first, with their texts and what differs', async () => {
    const { device, way } = await travelling();
    way.broken = 'network';
    await expect(device.service.history(DOCUMENT, 1)).rejects.toMatchObject({ problem: { kind: 'network' } });
    expect(device.service.versionsHere(DOCUMENT)).toMatchObject([{ version: 3, isThisDevice: true, marks: ['here'] }, { version: 2, marks: [] }, { version: 1, marks: [] }]);
    expect(JSON.parse(await device.service.show(DOCUMENT, 2))).toEqual({ n: 2 });
    device.write({ n: 4 });
    expect(await device.service.diff(DOCUMENT, { before: 3, after: 'file' }, PAGE)).toMatchObject({ counts: { edited: 1 } });
    await expect(device.service.show(DOCUMENT, 9)).rejects.toMatchObject({ problem: { kind: 'network' } });
  });
  it('a kept version is restored into the file, and sent when the host is back', async () => {
    const { device, way } = await travelling();
    way.broken = 'server';
    expect(await device.service.restore(DOCUMENT, 1)).toBe(true);
    expect(device.read()).toEqual({ n: 1 });
    way.broken = null;
    await device.sync();
    expect(contents().at(-1)).toEqual({ n: 1 });
  });
  it('what the host itself says of a version is not papered over', async () => {
    const { device, way } = await travelling();
    way.broken = 'protocol';
    await expect(device.service.show(DOCUMENT, 2)).rejects.toMatchObject({ problem: { kind: 'protocol' } });
  });
});
