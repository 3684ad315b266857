import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { DOCUMENT } from '../../../test/sync/sync-world';
import { testDevices } from '../../../test/sync/test-devices';

const { world, device, deviceVia, pair, withVersions, contents } = testDevices();
const down = new PicferryError(problemOf({ kind: 'network', sub: 'down', message: 'syncOffline', retryable: true }, 0));
const LOCAL = { rules: [{ path: '/token', as: 'local-only' }, { path: '/items/*/local', as: 'local-only' }] } as const;
const PAGE = { offset: 0, limit: 10 } as const;

describe('what was kept before something was written over it', () => {
  it('is listed newest first with its cause, and compared with the file', async () => {
    const [a, b] = await pair({ x: 1 });
    b.write({ x: 1, b: true });
    await b.sync();
    a.write({ x: 2 });
    await a.sync();
    await a.service.restore(DOCUMENT, 1);
    const copies = a.service.copies(DOCUMENT);
    expect(copies[0]).toMatchObject({ whose: 'mine', cause: 'restore', bytes: expect.any(Number) as number });
    expect(copies.map(({ whose, cause }) => `${whose} ${String(cause)}`)).toEqual(expect.arrayContaining(['mine merge', 'theirs merge', 'pushed push']));
    const before = copies.find(({ whose, cause }) => whose === 'mine' && cause === 'merge');
    expect(await a.service.show(DOCUMENT, `copy:${before?.id ?? ''}`)).toBe(JSON.stringify({ x: 2 }, null, 2));
    expect(await a.service.diff(DOCUMENT, { before: 'file', after: `copy:${before?.id ?? ''}` }, PAGE)).toMatchObject({ changes: [{ path: ['x'], before: '1', after: '2' }] });
  });
  it('is put back with a copy of the present file, sent like any edit, and taken back', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    a.write({ x: 'unsent' });
    await a.service.restore(DOCUMENT, 1);
    await a.sync();
    const [copy] = a.service.copies(DOCUMENT).filter(({ cause }) => cause === 'restore');
    expect(await a.service.putBack(DOCUMENT, copy?.id ?? '')).toBe(true);
    expect(a.read()).toEqual({ x: 'unsent' });
    expect(a.service.copies(DOCUMENT)[0]).toMatchObject({ whose: 'mine', cause: 'put-back' });
    expect(await a.service.putBack(DOCUMENT, copy?.id ?? '')).toBe(false);
    expect(await a.sync()).toMatchObject({ state: 'clean', version: 4 });
    expect(contents().at(-1)).toEqual({ x: 'unsent' });
    expect(await a.service.takeBack(DOCUMENT)).toBe('back');
    await a.sync();
    expect(contents().at(-1)).toEqual({ x: 1 });
  });
  it('is put back over a file that is no JSON, no text or gone; what was there is kept', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    const copy = a.service.copies(DOCUMENT).find(({ whose, bytes }) => whose === 'pushed' && bytes > 0)?.id ?? '';
    const cut = Buffer.from([0x7b, 0x22, 0xc3]);
    for (const spoil of [() => writeFileSync(a.file, cut), () => a.writeText('{"x": '), () => rmSync(a.file)]) {
      spoil();
      expect(await a.service.putBack(DOCUMENT, copy)).toBe(true);
      expect(a.read()).toEqual({ x: 2 });
      expect(await a.sync()).toMatchObject({ state: 'clean', version: 2 });
    }
    const kept = readdirSync(dirname(a.file)).filter((name) => name.startsWith(`${basename(a.file, '.json')}.broken-`));
    expect(kept.map((name) => readFileSync(join(dirname(a.file), name)))).toEqual([cut]);
    expect(a.service.copies(DOCUMENT).filter(({ cause }) => cause === 'put-back')).toMatchObject([{ whose: 'mine', bytes: 6 }]);
  });
  it('is put back with what stays on this device, where it is what was sent or what others sent', async () => {
    const [a, b] = [device({ add: false }), device()];
    a.service.add(DOCUMENT, a.file, { policy: LOCAL });
    a.write({ x: 1, token: 's', items: [{ id: 1, n: 1, local: true }] });
    await a.sync();
    await b.sync();
    b.write({ x: 2, items: [{ id: 1, n: 2 }, { id: 2, n: 2 }] });
    await b.sync();
    await a.sync();
    const copyOf = (whose: string): string => a.service.copies(DOCUMENT).find((one) => one.whose === whose)?.id ?? '';
    await a.service.putBack(DOCUMENT, copyOf('pushed'));
    expect(a.read()).toEqual({ x: 1, token: 's', items: [{ id: 1, n: 1, local: true }] });
    await a.service.putBack(DOCUMENT, copyOf('theirs'));
    expect(a.read()).toEqual({ x: 2, token: 's', items: [{ id: 1, n: 2, local: true }, { id: 2, n: 2 }] });
  });
  it('is put back with the objects that a host made lists of', async () => {
    world.host.control.set({ wizs: { phpRoundTrip: true, baseTracking: 'none' } });
    const [a, b] = await pair({ x: 1, o: {}, s: { k: {} } });
    b.write({ x: 2, o: {}, s: { k: {} } });
    await b.sync();
    a.write({ x: 1, y: 1, o: {}, s: { k: {} } });
    await a.sync();
    await a.service.putBack(DOCUMENT, a.service.copies(DOCUMENT).find(({ whose, cause }) => whose === 'theirs' && cause === 'merge')?.id ?? '');
    expect(a.read()).toEqual({ x: 2, o: {}, s: { k: {} } });
  });
  it('is refused in words where it is damaged, no JSON, or would settle a question unasked', async () => {
    const a = await withVersions({ x: 1 }, { x: 2 });
    a.writeText('{"x": ');
    await a.service.restore(DOCUMENT, 1);
    await a.sync();
    const broken = a.service.copies(DOCUMENT).find(({ bytes }) => bytes === 6)?.id ?? '';
    await expect(a.service.putBack(DOCUMENT, broken)).rejects.toMatchObject({ problem: { message: 'syncCopyBroken' } });
    await expect(a.service.diff(DOCUMENT, { before: 'file', after: `copy:${broken}` }, PAGE)).rejects.toMatchObject({ problem: { message: 'syncCopyBroken' } });
    await expect(a.service.show(DOCUMENT, `copy:${'0'.repeat(64)}`)).rejects.toMatchObject({ problem: { kind: 'not_found', message: 'syncCopyMissing' } });
    rmSync(a.service.copyPath(DOCUMENT, broken));
    await expect(a.service.putBack(DOCUMENT, broken)).rejects.toMatchObject({ problem: { message: 'syncCopyMissing' } });
    const good = a.service.copies(DOCUMENT).find(({ whose }) => whose === 'pushed')?.id ?? '';
    const b = device();
    await b.sync();
    b.write({ x: 'b' });
    await b.sync();
    a.write({ x: 'a' });
    expect(await a.sync()).toMatchObject({ state: 'conflict' });
    await expect(a.service.putBack(DOCUMENT, good)).rejects.toMatchObject({ problem: { message: 'syncCopyWhileOpen' } });
    expect(a.read()).toEqual({ x: 'a' });
  });
});

describe('what was restored', () => {
  it('can be taken back while it cannot be sent, until the file is edited or it is sent', async () => {
    let isDown = false;
    const a = deviceVia((host) => ({ history: (...args) => (isDown ? Promise.reject(down) : host.history(...args)) }));
    for (const x of [1, 2]) {
      a.write({ x });
      await a.sync();
    }
    const held = (): boolean => a.service.status(DOCUMENT).canTakeBack;
    await a.service.restore(DOCUMENT, 1);
    expect(held()).toBe(false);
    isDown = true;
    await expect(a.sync()).rejects.toMatchObject({ problem: { sub: 'down' } });
    expect(held()).toBe(true);
    a.write({ x: 3 });
    expect(held()).toBe(false);
    a.write({ x: 1 });
    expect(held()).toBe(true);
    isDown = false;
    await a.sync();
    expect(held()).toBe(false);
    await a.service.restore(DOCUMENT, 2);
    await a.service.pause(DOCUMENT, true);
    expect(held()).toBe(true);
  });
  it('can be taken back no more once it is sent, though the file holds more than what was sent', async () => {
    const a = device({ add: false });
    a.service.add(DOCUMENT, a.file, { policy: LOCAL });
    for (const x of [1, 2]) {
      a.write({ x, token: 's' });
      await a.sync();
    }
    await a.service.restore(DOCUMENT, 1);
    await a.service.pause(DOCUMENT, true);
    expect(a.service.status(DOCUMENT).canTakeBack).toBe(true);
    await a.service.pause(DOCUMENT, false);
    await a.sync();
    await a.service.pause(DOCUMENT, true);
    expect([a.read(), a.service.status(DOCUMENT).canTakeBack]).toEqual([{ x: 1, token: 's' }, false]);
  });
});
