import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueueWorld, receiptOf, untilAborted, type QueueWorld } from '../../../test/queue/queue-world';
import type { QueueInput } from './contract';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const options = { accountId: 'first', albumId: null, force: false, origin: 'window' } as const;
const files = (count: number): readonly QueueInput[] => Array.from({ length: count }, (_, index) => ({ type: 'file', path: world.file(`${index}.png`) }));
const problemOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error as { readonly problem: unknown }).problem,
  );

describe('a disk that is full', () => {
  it('takes all jobs of a drop or none, and says why', async () => {
    world.setDiskFull(true);
    expect(await problemOf(world.queue.addMany(files(500), options))).toMatchObject({ kind: 'file', message: 'diskFull', retryable: true });
    expect(world.queue.snapshot().jobs).toEqual([]);
    world.crash();
    expect(world.queue.snapshot().jobs).toEqual([]);
    world.setDiskFull(false);
    expect(await (await world.queue.addMany(files(3), options)).finished).toMatchObject([{ state: 'done' }, { state: 'done' }, { state: 'done' }]);
  });

  it('never loses the link of an upload: it is written when there is room, without sending again', async () => {
    world.hosts.first.behave = async (_source, _call, take) => {
      await take();
      world.setDiskFull(true);
      return receiptOf('a.png', { thumbUrl: `https://pictures.example/${'x'.repeat(100_000)}` });
    };
    const [failed] = await world.add([world.file('a.png')]).finished;
    expect(failed).toMatchObject({ state: 'failed', problem: { kind: 'file', message: 'diskFull' } });
    world.setDiskFull(false);
    await world.queue.retry('failed');
    await world.queue.idle();
    expect(world.queue.snapshot().jobs).toMatchObject([{ state: 'done', url: 'https://pictures.example/a.png' }]);
    expect(world.hosts.first.calls).toBe(1);
  });
});

describe('a thousand jobs', () => {
  it('are on disk when addMany resolves, keep their order, and are told in portions', async () => {
    world.setSettings({ queuePaused: true });
    const sizes: number[] = [];
    world.queue.onChange(({ upsert }) => sizes.push(upsert.length));
    const { jobIds } = await world.queue.addMany(files(1200), options);
    await vi.waitFor(() => {
      world.timers.advance(100);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(1200);
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    world.crash();
    expect(world.queue.snapshot().jobs.map(({ id }) => id)).toEqual(jobIds);
  });

  it('are all cancelled before another one is sent, and put away at once', async () => {
    world.hosts.first.behave = (_source, call) => untilAborted(call);
    const batch = await world.queue.addMany(files(1000), options);
    await vi.waitFor(() => expect(world.hosts.first.active).toBeGreaterThan(0));
    const sent = world.hosts.first.calls;
    await world.queue.cancel('all');
    expect((await batch.finished).every(({ state }) => state === 'cancelled')).toBe(true);
    expect(world.hosts.first.calls).toBe(sent);
    await world.queue.dismiss('finished');
    expect(world.queue.snapshot()).toMatchObject({ jobs: [], summary: { total: 0 } });
  });
});
