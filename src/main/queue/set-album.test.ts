import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueueWorld, untilAborted, type QueueWorld } from '../../../test/queue/queue-world';
import { JobRecord } from './job-record';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const albums = () => Object.fromEntries(world.queue.snapshot().jobs.map(({ name, albumId }) => [name, albumId]));

describe('another album for jobs that are there', () => {
  it('is where they go once they are sent, also after a restart', async () => {
    world.queue.pause(true);
    const { jobIds } = world.add([world.file('a.png'), world.file('b.png')], { albumId: '1' });
    world.queue.setAlbum([jobIds[0] ?? '', 'no-such-job'], '2');
    expect(albums()).toEqual({ 'a.png': '2', 'b.png': '1' });
    world.crash();
    world.queue.pause(false);
    await world.queue.idle();
    expect(world.hosts.first.taken.map(({ name, album }) => [name, album]).sort()).toEqual([
      ['a.png', '2'],
      ['b.png', '1'],
    ]);
  });

  it('comes too late for a job that is being sent or is done', async () => {
    world.hosts.first.behave = (source, call, take) => (source.name === 'stuck.png' ? untilAborted(call) : take());
    const { jobIds } = world.add([world.file('done.png'), world.file('stuck.png')], { albumId: '1' });
    await vi.waitFor(() => expect(world.queue.snapshot().jobs.map(({ state }) => state).sort()).toEqual(['done', 'sending']));
    world.queue.setAlbum(jobIds, null);
    expect(albums()).toEqual({ 'done.png': '1', 'stuck.png': '1' });
  });
});

describe('a job on disk', () => {
  it('of a version that knew no replacing can still be read', () => {
    world.queue.pause(true);
    world.queue.add([{ type: 'file', path: world.file('a.png'), name: 'named.png', replaces: 'old' }], { accountId: 'first', albumId: null, force: false, origin: 'window' });
    expect(albums()).toEqual({ 'named.png': null });
    const older: Record<string, unknown> = {
      id: 'a', batchId: 'b', position: 0, origin: 'window', input: { type: 'file', path: '/a.png' }, name: 'a.png', accountId: 'first', accountName: 'first', provider: 'wizs', onlyThisComputer: false,
      albumId: null, force: false, facts: null, state: 'queued', wait: null, waitUntil: null, attempts: 0, sentAt: null, problem: null, uploadId: null, url: null, width: null, height: null,
      duplicate: false, pendingReview: false, thumb: null, dismissed: false, createdAt: 0, finishedAt: null,
    };
    expect(JobRecord.parse(older).replaces).toBeNull();
  });
});
