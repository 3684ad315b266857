import { createHash } from 'node:crypto';
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueWorld, png, receiptOf, refusal, type QueueWorld } from '../../../test/queue/queue-world';
import type { Job } from '../../shared/model/job';
import type { Provider } from '../providers/contract';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const jobs = (): readonly Job[] => world.queue.snapshot().jobs;

describe('asking the host about an unknown job', () => {
  /** A job with an unknown outcome, and what the host is asked about it. */
  const lose = async (content = png(), size = content.length): Promise<{ readonly id: string; readonly path: string; readonly sha256: string }> => {
    const path = world.file('lost.png', content);
    truncateSync(path, size);
    world.hosts.first.behave = () => Promise.reject(refusal('network', { unknown: true }));
    // One that is cut is sent as it is only.
    const [lost] = await world.add([path], { profile: 'none' }).finished;
    expect(lost?.state).toBe('unknown');
    world.hosts.first.behave = (_source, _call, take) => take();
    return { id: lost?.jobId ?? '', path, sha256: createHash('sha256').update(content).digest('hex') };
  };
  const settle = async (id: string, find: NonNullable<Provider['find']>): Promise<string> => {
    world.hosts.first.find = find;
    return world.queue.settle(id, new AbortController().signal);
  };

  it('gives the digest of what was sent', async () => {
    const { id, path, sha256 } = await lose();
    writeFileSync(path, png());
    const asked: unknown[] = [];
    await settle(id, async (sought) => {
      asked.push(sought.name, sought.size, await sought.sha256());
      return 'cannot_tell';
    });
    expect(asked).toEqual(['lost.png', png().length, sha256]);
  });

  it('names what other uploads of the account already are', async () => {
    const { id } = await lose();
    const [other] = await world.add([world.file('other.png')]).finished;
    const taken: boolean[] = [];
    const row = { remoteId: null, storedName: null, url: null };
    await settle(id, ({ isTaken }) => {
      taken.push(isTaken({ ...row, url: other?.url ?? '' }), isTaken({ ...row, url: 'https://pictures.example/new' }), isTaken(row));
      return Promise.resolve('cannot_tell');
    });
    expect(taken).toEqual([true, false, false]);
  });

  it('lets the bytes decide when another upload has the stored name alone', async () => {
    const { id } = await lose();
    world.hosts.first.behave = async (_source, _call, take) => ({ ...(await take()), storedName: 'one.png', remoteId: 'one' });
    await world.add([world.file('other.png')]).finished;
    const row = { remoteId: 'one', storedName: 'one.png', url: 'https://pictures.example/elsewhere/one.png' };
    expect(await settle(id, ({ isTaken }) => Promise.resolve(isTaken(row) ? 'absent' : receiptOf('mine', row)))).toBe('found');
    expect(jobs().find((job) => job.id === id)).toMatchObject({ state: 'done', url: row.url });
  });

  it('takes no earlier upload of the same bytes for it', async () => {
    const { id, path } = await lose();
    const [sent] = await world.add([path], { force: true }).finished;
    expect(sent?.state).toBe('done');
    const row = { remoteId: null, storedName: null, url: sent?.url ?? '' };
    expect(await settle(id, ({ isTaken }) => Promise.resolve(isTaken(row) ? 'absent' : receiptOf('sent', row)))).toBe('not_found');
  });

  it('gives the digest of a large file only while that is the one that was prepared', async () => {
    const { id, path } = await lose(png().subarray(0, -12), 65 * 1024 * 1024);
    const digests: (string | null)[] = [];
    const asked = (): Promise<string> =>
      settle(id, async (sought) => {
        digests.push(await sought.sha256());
        return 'cannot_tell';
      });
    await asked();
    appendFileSync(path, 'more');
    await asked();
    rmSync(path);
    await asked();
    expect(digests).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), null, null]);
  });
});

it('the queue counts its jobs without a look at each', async () => {
  expect(world.queue.summary()).toMatchObject({ total: 0, active: 0 });
  world.setSettings({ queuePaused: true });
  world.add([world.file('a.png'), world.file('b.png'), world.file('c.png')]);
  expect(world.queue.summary()).toEqual(world.queue.snapshot().summary);
  expect(world.queue.summary()).toMatchObject({ total: 3, waiting: 3, active: 0, paused: true });
  world.crash();
  expect(world.queue.summary().total).toBe(0);
  await world.queue.loaded();
  expect(world.queue.summary().total).toBe(3);
});
