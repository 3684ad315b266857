import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFaultProxy } from '../../../test/fault-proxy/fault-proxy';
import { startTestHost, type TestHost } from '../../../test/host/test-host';
import { createOperationsWorld, invented, sumOf, type OperationsWorld } from '../../../test/operations/operations-world';
import { fakeTimers } from '../../../test/queue/queue-world';
import type { Upload } from '../../shared/model/upload';

let host: TestHost;
let world: OperationsWorld;
beforeAll(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  host = await startTestHost();
});
afterAll(async () => {
  await host.stop();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await host.control.reset();
  world = await createOperationsWorld(host);
});
afterEach(() => world.close());

const deletions = (): number => host.control.requests().filter(({ call }) => call === 'delete').length;
const online = async (): Promise<number> => (await host.control.files()).filter(({ deleted }) => !deleted).length;
const ids = (uploads: readonly { readonly id: string }[]) => ({ ids: uploads.map(({ id }) => id) });

describe('deleting many', () => {
  it('tells each of fifty truly when five fail, and tries again only those five', async () => {
    const { operations, library } = world.services;
    const uploads = await world.upload(50);
    host.control.failNext({ dialect: 'wizs', call: 'delete', status: 500, times: 5 });
    const { id } = operations.delete(ids(uploads), 0);
    const first = await operations.finished(id);
    expect(first).toMatchObject({ state: 'done', total: 50, done: 50, outcomes: { deleted: 45, unconfirmed: 5 }, subject: 'test', problem: null });
    const { items, total } = operations.items(id, 0, 500, ['unconfirmed']);
    expect(total).toBe(5);
    expect(items.map((item) => library.byId(item.id)?.remoteState)).toEqual(Array.from({ length: 5 }, () => 'unconfirmed'));
    expect(await online()).toBe(5);

    const asked = deletions();
    operations.retry(id);
    expect(await operations.finished(id)).toMatchObject({ id, state: 'done', total: 50, done: 50, outcomes: { deleted: 50 } });
    expect([deletions() - asked, await online()]).toEqual([5, 0]);
    expect(library.byId(uploads[0]?.id ?? '')).toMatchObject({ remoteState: 'deleted', hasDeleteLink: false });
  });

  it('asks no host anything when it is undone in time', async () => {
    const timers = fakeTimers();
    const operations = world.operations({ timers });
    const uploads = await world.upload(3);
    const before = host.control.requests().length;
    const waiting = operations.delete(ids(uploads), 8000);
    expect(waiting).toMatchObject({ state: 'waiting', startsAt: timers.now() + 8000, total: 3, done: 0 });
    expect(operations.busy()).toBe(true);
    timers.advance(7999);
    operations.cancel(waiting.id);
    timers.advance(60_000);
    const undone = await operations.finished(waiting.id);
    expect(undone).toMatchObject({ state: 'cancelled', startsAt: null, done: 0, outcomes: { cancelled: 3 } });
    expect([host.control.requests().length - before, await online(), operations.busy()]).toEqual([0, 3, false]);
    expect(world.services.library.byId(uploads[0]?.id ?? '')).toMatchObject({ remoteState: 'online', hasDeleteLink: true });
  });

  it('begins by itself when the time to undo is over, or at once when told to', async () => {
    const timers = fakeTimers();
    const operations = world.operations({ timers });
    const [one, two] = await world.upload(2);
    const first = operations.delete({ ids: [one?.id ?? ''] }, 5000);
    const second = operations.delete({ ids: [two?.id ?? ''] }, 5000);
    operations.begin(second.id);
    expect(await operations.finished(second.id)).toMatchObject({ state: 'done', outcomes: { deleted: 1 } });
    expect(deletions()).toBe(1);
    timers.advance(5000);
    expect(await operations.finished(first.id)).toMatchObject({ state: 'done', outcomes: { deleted: 1 } });
    operations.dismiss(first.id);
    expect(operations.list().map(({ id }) => id)).toEqual([second.id]);
  });

  it('leaves alone what was not begun when cancelled in the middle, and tells truly what was', async () => {
    const { operations } = world.services;
    const uploads = await world.upload(20);
    host.control.failNext({ dialect: 'wizs', call: 'delete', delayMs: 80, times: 20 });
    const { id } = operations.delete(ids(uploads), 0);
    await vi.waitFor(() => expect(deletions()).toBeGreaterThanOrEqual(3));
    operations.cancel(id);
    const ended = await operations.finished(id);
    const asked = deletions();
    expect(ended).toMatchObject({ state: 'cancelled', done: asked, outcomes: { deleted: asked, cancelled: 20 - asked } });
    expect(asked).toBeLessThan(10);
    expect(await online()).toBe(20 - asked);
    operations.retry(id);
    expect(await operations.finished(id)).toMatchObject({ state: 'done', outcomes: { deleted: 20 } });
  });

  it('gives up on a host that cannot be reached, says so, and leaves every record as it was', async () => {
    const proxy = await startFaultProxy(host.port);
    const away = await createOperationsWorld(host);
    try {
      const { operations, library } = away.services;
      library.addMany(Array.from({ length: 40 }, (_, n) => invented(`u${n}`, { accountId: away.accountId, deleteUrl: `http://127.0.0.1:${proxy.port}/wizs/application/del.php?hash=${n}` })));
      await proxy.stop();
      const { id } = operations.delete({ ids: Array.from({ length: 40 }, (_, n) => `u${n}`) }, 0);
      const ended = await operations.finished(id);
      expect(ended).toMatchObject({ state: 'done', done: 40, outcomes: { failed: 40 }, problem: { kind: 'network' } });
      expect(library.byId('u0')).toMatchObject({ remoteState: 'online', hasDeleteLink: true });
    } finally {
      await away.close();
    }
  });

  it('tells of an unreadable answer as unconfirmed and keeps the link for another try', async () => {
    const [upload] = await world.upload(1);
    host.control.failNext({ dialect: 'wizs', call: 'delete', cut: true, afterWork: false });
    const { operations, library } = world.services;
    const { id } = operations.delete({ ids: [upload?.id ?? ''] }, 0);
    const { outcomes } = await operations.finished(id);
    expect(Object.keys(outcomes)).toHaveLength(1);
    expect(library.byId(upload?.id ?? '')?.remoteState).toBe(Object.keys(outcomes)[0]);
  });

  it('gives everything else its turn while a hundred thousand are worked off, and keeps its events few and small', async () => {
    const list = Array.from({ length: 100_000 }, (_, n) => `u${n}`);
    const upload = { ...(await world.upload(1))[0], accountId: 'a' } as Upload;
    const operations = world.operations({
      library: {
        ...world.services.library,
        resolve: () => list,
        byId: () => upload,
        delete: (some) => Promise.resolve(some.map((id) => ({ id, status: 'already_gone', problem: null }))),
      },
    });
    let [told, largest, turns, counting] = [0, 0, 0, true];
    operations.onChange(() => {
      told += 1;
      largest = Math.max(largest, JSON.stringify(operations.list()).length);
    });
    const count = (): void => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    count();
    const begun = performance.now();
    const { id } = operations.delete({ ids: ['all'] }, 0);
    const ended = await operations.finished(id);
    counting = false;
    expect(ended).toMatchObject({ state: 'done', done: list.length, outcomes: { already_gone: list.length } });
    expect(largest).toBeLessThan(2000);
    expect(told).toBeLessThanOrEqual((performance.now() - begun) / 100 + 2);
    expect(turns).toBeGreaterThan(10_000);
    expect(operations.items(id, 99_990, 500, null)).toMatchObject({ total: list.length, items: { length: 10 } });
  }, 60_000);

  it('gives up waiting deletes and ends running ones after the item in hand when it closes', async () => {
    const operations = world.operations({});
    const uploads = await world.upload(12);
    host.control.failNext({ dialect: 'wizs', call: 'delete', delayMs: 100, times: 12 });
    const waiting = operations.delete(ids(uploads.slice(0, 2)), 60_000);
    const running = operations.delete(ids(uploads.slice(2)), 0);
    await vi.waitFor(() => expect(deletions()).toBeGreaterThanOrEqual(3));
    await operations.close();
    const asked = deletions();
    const [one, two] = await Promise.all([operations.finished(waiting.id), operations.finished(running.id)]);
    expect(one).toMatchObject({ state: 'cancelled', outcomes: { cancelled: 2 } });
    expect(two).toMatchObject({ state: 'cancelled', outcomes: { deleted: asked } });
    expect([sumOf(two), operations.busy()]).toEqual([10, false]);
    expect(() => operations.delete(ids(uploads), 0)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ kind: 'cancelled' }) as unknown }) as Error);
  });
});
