import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { problemOf as problemPart } from '../../lib/picferry-error';
import { createQueueWorld, receiptOf, untilAborted, type QueueWorld } from '../../../test/queue/queue-world';
import type { QueueInput } from './contract';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const GONE = problemPart({ kind: 'file', message: 'fileMissing' }, 0);
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
  it('that are paused keep no command line upload waiting', async () => {
    world.setSettings({ queuePaused: true });
    await world.queue.addMany(files(1000), options);
    expect(await world.add([world.file('now.png')], { origin: 'cli' }).finished).toMatchObject([{ state: 'done' }]);
    expect(world.hosts.first.taken.map(({ name }) => name)).toEqual(['now.png']);
  });

  it('are on disk when addMany resolves, keep their order, and are told in portions', async () => {
    world.setSettings({ queuePaused: true });
    const sizes: number[] = [];
    world.queue.onChange(({ upsert }) => sizes.push(upsert.length));
    const { jobIds } = await world.queue.addMany(files(1200), options);
    await vi.waitFor(() => {
      world.timers.advance(100);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(1200);
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
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

describe('jobs that an earlier process left', () => {
  /** How often everything else had its turn while `work` ran. */
  const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
    let [turns, over] = [0, false];
    const count = (): void => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await work();
    over = true;
    return turns;
  };
  const leave = async (count: number): Promise<readonly string[]> => {
    world.setSettings({ queuePaused: true });
    const { jobIds } = await world.queue.addMany(files(count), options);
    world.crash();
    return jobIds;
  };

  it('come a hundred at a time, with everything else in between', async () => {
    const ids = await leave(1000);
    expect(await turnsDuring(() => world.queue.loaded())).toBeGreaterThanOrEqual(9);
    expect(world.queue.snapshot().jobs.map(({ id }) => id)).toEqual(ids);
    expect(world.queue.snapshot().summary).toMatchObject({ total: 1000, done: 0, failed: 0 });
  });

  it('are all there for who asks before that is done, and for who adds', async () => {
    const ids = await leave(250);
    world.queue.start();
    expect(world.queue.snapshot().jobs.map(({ id }) => id)).toEqual(ids);
    world.crash();
    world.queue.start();
    const added = await world.queue.addMany([{ type: 'file', path: world.file('new.png') }], options);
    expect(world.queue.snapshot().jobs.map(({ id }) => id)).toEqual([...added.jobIds, ...ids]);
  });

  it('are told in portions after a snapshot of the first of them', async () => {
    const ids = await leave(450);
    await world.queue.loaded();
    const told = new Set<string>();
    world.queue.onChange(({ upsert }) => upsert.forEach(({ id }) => told.add(id)));
    const first = world.queue.snapshot(200).jobs.map(({ id }) => id);
    expect(first).toEqual(ids.slice(0, 200));
    await vi.waitFor(() => {
      world.timers.advance(100);
      expect(new Set([...first, ...told]).size).toBe(450);
    });
  });

  it('wait for each other: bytes that an unknown one among the last may have sent are not sent again', async () => {
    const path = world.file('twice.png');
    world.hosts.first.behave = async (_source, call, take) => {
      await take();
      return untilAborted(call);
    };
    world.setSettings({ queuePaused: true });
    await world.queue.addMany([{ type: 'file', path }, ...files(150)], options);
    world.add([path], { origin: 'cli', force: true });
    await vi.waitFor(() => expect(world.hosts.first.taken).toHaveLength(1));
    world.crash();
    world.hosts.first.behave = (_source, _call, take) => take();
    world.setSettings({ queuePaused: false });
    world.queue.start();
    await world.queue.idle();
    expect(world.hosts.first.taken.filter(({ name }) => name === 'twice.png')).toHaveLength(1);
    expect(world.queue.snapshot().jobs.filter(({ name }) => name === 'twice.png').map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });
});

test('a batch of which nothing can be uploaded is told once', async () => {
  const heard: number[] = [];
  world.queue.onBatchFinished(({ results }) => heard.push(results.length));
  const bad = (count: number): readonly QueueInput[] => Array.from({ length: count }, (_, index) => ({ type: 'bad', name: `${index}.png`, problem: GONE }));
  for (const count of [1, 300]) expect(await (await world.queue.addMany(bad(count), options)).finished).toHaveLength(count);
  expect(heard).toEqual([1, 300]);
});
