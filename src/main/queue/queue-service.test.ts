import { randomBytes } from 'node:crypto';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueueWorld, png, receiptOf, refusal, untilAborted, type QueueWorld } from '../../../test/queue/queue-world';
import { problemOf } from '../../lib/picferry-error';
import { ProviderError } from '../providers/errors';
import type { Job } from '../../shared/model/job';
import { EVERYTHING } from '../../shared/model/library-defaults';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const states = (): readonly Job['state'][] => world.queue.snapshot().jobs.map((job) => job.state);
const jobs = (): readonly Job[] => world.queue.snapshot().jobs;
const files = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => world.file(`${index}.png`));

describe('a batch', () => {
  it('gives every input its slot in order, and one failure never costs another its result', async () => {
    const good = files(5);
    world.hosts.first.behave = (source, _call, take) => (source.name === '3.png' ? Promise.reject(refusal('rejected_file')) : take());
    const inputs = [
      { type: 'file', path: good[0] ?? '' },
      { type: 'bad', name: 'folder', problem: refusal('file').problem },
      ...good.slice(1).map((path) => ({ type: 'file', path }) as const),
      { type: 'file', path: join(world.folder, 'nowhere.png') },
    ] as const;
    const batch = world.queue.add(inputs, { accountId: null, albumId: 'a', force: false, origin: 'cli' });
    const results = await batch.finished;
    expect(results.map(({ state }) => state)).toEqual(['done', 'failed', 'done', 'done', 'failed', 'done', 'failed']);
    expect(results.map(({ file }) => file.split('/').at(-1))).toEqual(['0.png', 'folder', '1.png', '2.png', '3.png', '4.png', 'nowhere.png']);
    expect(results.map(({ jobId }) => jobId)).toEqual(batch.jobIds);
    expect(results[6]?.problem).toMatchObject({ kind: 'file', message: 'fileMissing' });
    expect(results.filter(({ url }) => url !== null)).toHaveLength(4);
    expect(world.hosts.first.taken.every(({ album }) => album === 'a')).toBe(true);
  });

  it('is on disk before add returns', () => {
    world.hosts.first.behave = (_source, call) => untilAborted(call);
    world.add(files(3));
    world.crash();
    expect(jobs().map(({ name }) => name)).toEqual(['0.png', '1.png', '2.png']);
  });

  it('tells of its end once, with where it came from', async () => {
    const heard = vi.fn();
    world.queue.onBatchFinished(heard);
    await world.add(files(2)).finished;
    await world.queue.add([], { accountId: null, albumId: null, force: false, origin: 'cli' }).finished;
    expect(heard.mock.calls.map(([batch]) => batch as unknown)).toMatchObject([{ origin: 'window', results: [{}, {}] }, { origin: 'cli', results: [] }]);
  });

  it('refuses an account that is not there before anything is written', () => {
    expect(() => world.add(files(1), { accountId: 'nobody' })).toThrow(/bad_request/);
    expect(jobs()).toEqual([]);
  });

  it('sends as many at once as the account says, else the settings', async () => {
    world.setSettings({ concurrency: 2 });
    await world.add(files(8)).finished;
    expect(world.hosts.first.mostActive).toBe(2);
    world.setAccount('first', { settings: { concurrency: 3 } });
    await world.add(files(8), { force: true }).finished;
    expect(world.hosts.first.mostActive).toBe(3);
  });

  it('records each upload with its digest, dimensions and delete link', async () => {
    const [result] = await world.add(files(1)).finished;
    const upload = world.library.byId(result?.uploadId ?? '');
    expect(upload).toMatchObject({ name: '0.png', width: 1, height: 1, kind: 'image', mime: 'image/png', hasDeleteLink: true, sha256: world.hosts.first.taken[0]?.sha256 });
  });
});

describe('the same bytes', () => {
  it('are answered with the link that is there, and sent again only when asked to', async () => {
    const path = world.file('a.png');
    const [first] = await world.add([path]).finished;
    const [second] = await world.add([path]).finished;
    expect(second).toMatchObject({ state: 'done', duplicate: true, url: first?.url, uploadId: first?.uploadId });
    expect(world.hosts.first.calls).toBe(1);
    const [forced] = await world.add([path], { force: true }).finished;
    expect(forced?.url).not.toBe(first?.url);
    world.queue.sendAnyway(second?.jobId ?? '');
    await world.queue.idle();
    expect(world.hosts.first.calls).toBe(3);
    await world.add([path], { accountId: 'second' }).finished;
    expect(world.hosts.second.calls).toBe(1);
  });

  it('share the outcome of the job that already holds them', async () => {
    const content = png();
    const results = await world.add(['a.png', 'b.png', 'c.png'].map((name) => world.file(name, content))).finished;
    expect(world.hosts.first.calls).toBe(1);
    expect(new Set(results.map(({ url }) => url)).size).toBe(1);
    expect(results.map(({ duplicate }) => duplicate).sort()).toEqual([false, true, true]);
  });

  it('are tried by the next job when the first is cancelled', async () => {
    const content = png();
    world.hosts.first.behave = (_source, call) => untilAborted(call);
    const first = world.add([world.file('a.png', content)]);
    await vi.waitFor(() => expect(states()).toEqual(['sending']));
    const second = world.add([world.file('b.png', content)]);
    await vi.waitFor(() => expect(jobs()[0]).toMatchObject({ state: 'queued', wait: 'same_file' }));
    world.hosts.first.behave = (_source, _call, take) => take();
    void world.queue.cancel(first.jobIds);
    expect((await second.finished)[0]).toMatchObject({ state: 'done', duplicate: false });
    expect((await first.finished)[0]?.state).toBe('cancelled');
  });

  it('are not sent again while their last outcome is unknown, unless the host can tell', async () => {
    const path = world.file('a.png');
    world.hosts.first.behave = async (_source, _call, take) => {
      await take();
      throw refusal('network', { unknown: true });
    };
    expect((await world.add([path]).finished)[0]).toMatchObject({ state: 'unknown', problem: { kind: 'unknown' } });
    expect((await world.add([path]).finished)[0]).toMatchObject({ state: 'unknown', problem: { kind: 'unknown' } });
    expect(world.hosts.first.calls).toBe(1);
    world.hosts.first.find = () => Promise.resolve(receiptOf('found'));
    expect((await world.add([path]).finished)[0]).toMatchObject({ state: 'done', duplicate: true, url: 'https://pictures.example/found' });
    expect(world.hosts.first.calls).toBe(1);
    expect(jobs().filter(({ state }) => state === 'unknown')).toHaveLength(1);
  });

  it('are sent when the host says that the unknown job never arrived', async () => {
    const path = world.file('a.png');
    world.hosts.first.behave = () => Promise.reject(refusal('network', { unknown: true }));
    const [lost] = await world.add([path]).finished;
    expect(lost?.state).toBe('unknown');
    world.hosts.first.find = () => Promise.resolve('absent');
    world.hosts.first.behave = (_source, _call, take) => take();
    expect((await world.add([path]).finished)[0]).toMatchObject({ state: 'done', duplicate: false });
    expect(jobs().find(({ id }) => id === lost?.jobId)).toMatchObject({ state: 'failed', problem: { message: 'notReceived' } });
  });
});

describe('refusals', () => {
  it('pause an account whose key is not accepted instead of failing all its jobs', async () => {
    world.hosts.first.behave = () => Promise.reject(refusal('auth'));
    const batch = world.add(files(12));
    const other = await world.add([world.file('other.png')], { accountId: 'second' }).finished;
    expect(other[0]?.state).toBe('done');
    await vi.waitFor(() => expect(jobs().filter(({ wait }) => wait === 'account_paused')).toHaveLength(12));
    expect(world.hosts.first.calls).toBeLessThanOrEqual(4);
    world.hosts.first.behave = (_source, _call, take) => take();
    world.setAccount('first', { paused: null });
    expect((await batch.finished).map(({ state }) => state)).toEqual(Array(12).fill('done'));
  });

  it('end the command line jobs of a paused account with the refusal', async () => {
    world.hosts.first.behave = () => Promise.reject(refusal('auth'));
    const results = await world.add(files(12), { origin: 'cli' }).finished;
    expect(results.map(({ state, problem }) => [state, problem?.kind])).toEqual(Array(12).fill(['failed', 'auth']));
    expect(world.hosts.first.calls).toBeLessThanOrEqual(4);
    expect((await world.add(files(2), { origin: 'cli' }).finished).map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('are tried again by the policy, after the wait, and kept across a restart', async () => {
    world.hosts.first.behave = () => Promise.reject(refusal('server', { retry: 'backoff' }));
    const batch = world.add(files(1));
    await vi.waitFor(() => expect(jobs()[0]).toMatchObject({ state: 'queued', wait: 'retry', attempts: 1, waitUntil: world.timers.now() + 1000 }));
    world.crash();
    expect(jobs()[0]).toMatchObject({ state: 'queued', wait: 'retry', attempts: 1 });
    world.hosts.first.behave = (_source, _call, take) => take();
    world.timers.advance(1000);
    await vi.waitFor(() => expect(jobs()[0]).toMatchObject({ state: 'done', attempts: 2 }));
    expect(batch.jobIds).toEqual([jobs()[0]?.id]);
  });

  it('end after the last try', async () => {
    world.hosts.first.behave = () => Promise.reject(refusal('server', { retry: 'backoff' }));
    const batch = world.add(files(1));
    for (const attempts of [1, 2]) {
      await vi.waitFor(() => expect(jobs()[0]).toMatchObject({ wait: 'retry', attempts }));
      world.timers.advance(10_000);
    }
    expect((await batch.finished)[0]).toMatchObject({ state: 'failed', problem: { kind: 'server' } });
    expect(world.hosts.first.calls).toBe(3);
  });

  it('hold the whole account back when the host limits its rate', async () => {
    world.setSettings({ concurrency: 1 });
    let refused = false;
    world.hosts.first.behave = (_source, _call, take) => {
      if (refused) return take();
      refused = true;
      return Promise.reject(refusal('rate_limit', { retry: { afterMs: 60_000 } }));
    };
    const batch = world.add(files(3));
    await vi.waitFor(() => expect(jobs().map(({ wait }) => wait)).toEqual(Array(3).fill('rate_limit')));
    world.timers.advance(59_000);
    expect(world.hosts.first.calls).toBe(1);
    world.timers.advance(1000);
    expect((await batch.finished).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('come before sending for what the account surely does not take', async () => {
    world.setAccount('first', { settings: { maxBytes: 50 } });
    const [big] = await world.add(files(1)).finished;
    expect(big?.problem).toMatchObject({ kind: 'rejected_file', sub: 'tooBig' });
    world.setAccount('first', { settings: {} });
    const video = world.file('a.mp4', Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('isom0000isommp42'), Buffer.alloc(64)]));
    const [refused] = await world.add([video]).finished;
    expect(refused?.problem).toMatchObject({ kind: 'rejected_file', sub: 'type' });
    const [empty] = await world.add([world.file('empty.png', Buffer.alloc(0))]).finished;
    expect(empty?.problem).toMatchObject({ kind: 'file', sub: 'empty' });
    expect(world.hosts.first.calls).toBe(0);
  });

  it('of the type say that the file may be damaged where it is a picture by its name only', async () => {
    const badType = problemOf({ kind: 'rejected_file', sub: 'type', message: 'type' }, 0);
    world.hosts.first.behave = () => Promise.reject(new ProviderError(badType, false, 'never'));
    const [text, real] = await world.add([world.file('text.png', Buffer.from('this is no picture')), ...files(1)]).finished;
    expect(text?.problem).toMatchObject({ kind: 'rejected_file', sub: 'damaged', message: 'damaged' });
    expect(real?.problem).toMatchObject({ kind: 'rejected_file', sub: 'type', message: 'type' });
  });
});

describe('the person', () => {
  it('pauses and goes on', async () => {
    world.queue.pause(true);
    const batch = world.add(files(2));
    await vi.waitFor(() => expect(jobs().map(({ wait }) => wait)).toEqual(['paused', 'paused']));
    await world.queue.idle();
    expect(world.queue.snapshot().summary).toMatchObject({ paused: true, waiting: 2 });
    expect((await world.add([world.file('cli.png')], { origin: 'cli' }).finished)[0]?.state).toBe('done');
    world.queue.pause(false);
    expect((await batch.finished).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('cancels in the middle: the call ends, nothing is recorded, and the next start sends nothing', async () => {
    let aborted = 0;
    world.hosts.first.behave = async (source, call) => {
      await untilAborted(call).finally(() => (aborted += 1));
      return receiptOf(source.name);
    };
    const batch = world.add(files(6));
    await vi.waitFor(() => expect(world.hosts.first.active).toBe(4));
    void world.queue.cancel('all');
    expect((await batch.finished).map(({ state }) => state)).toEqual(Array(6).fill('cancelled'));
    await world.queue.idle();
    expect([aborted, world.hosts.first.calls]).toEqual([4, 4]);
    await world.reopen();
    await world.queue.idle();
    expect(world.hosts.first.calls).toBe(4);
    expect(world.library.view(EVERYTHING, 10).total).toBe(0);
  });

  it('retries one or all failed, and dismisses what is finished', async () => {
    world.hosts.first.behave = () => Promise.reject(refusal('rejected_file'));
    const batch = world.add(files(3));
    await batch.finished;
    world.hosts.first.behave = (_source, _call, take) => take();
    void world.queue.retry([batch.jobIds[1] ?? '']);
    await world.queue.idle();
    expect(states()).toEqual(['failed', 'done', 'failed']);
    void world.queue.dismiss([batch.jobIds[0] ?? '']);
    void world.queue.retry('failed');
    await world.queue.idle();
    expect(states()).toEqual(['done', 'done']);
    void world.queue.dismiss('finished');
    expect(jobs()).toEqual([]);
    world.crash();
    expect(jobs()).toEqual([]);
  });

  it('settles an unknown job by asking the host', async () => {
    world.hosts.first.behave = () => Promise.reject(refusal('network', { unknown: true }));
    const batch = world.add([world.file('a.png')]);
    const [id = ''] = batch.jobIds;
    await batch.finished;
    const signal = new AbortController().signal;
    expect(await world.queue.settle(id, signal)).toBe('cannot_tell');
    const [other] = await world.add([world.file('b.png')], { force: true }).finished.then(() => {
      world.hosts.first.behave = (_source, _call, take) => take();
      return world.add([world.file('c.png')]).finished;
    });
    // What the host found is another upload of ours: it says nothing of this one.
    world.hosts.first.find = () => Promise.resolve(receiptOf('other', { remoteId: null, url: other?.url ?? '' }));
    expect(await world.queue.settle(id, signal)).toBe('cannot_tell');
    world.hosts.first.find = () => Promise.resolve(receiptOf('mine'));
    expect(await world.queue.settle(id, signal)).toBe('found');
    expect(jobs().find((job) => job.id === id)).toMatchObject({ state: 'done', url: 'https://pictures.example/mine' });
  });

  it('copies a report without addresses or keys', async () => {
    world.hosts.first.behave = () =>
      Promise.reject(Object.assign(refusal('server'), { problem: { ...refusal('server').problem, detail: 'at https://user:pw@h.example/delete/secret?key=abc' } }));
    const batch = world.add(files(1));
    await batch.finished;
    const report = world.queue.report(batch.jobIds);
    expect(report).toContain('problem: server');
    expect(report).not.toMatch(/secret|abc|pw@/);
    expect(report).not.toContain(world.folder);
  });
});

describe('while offline', () => {
  it('sends nothing and goes on by itself, not counting tries that failed for it', async () => {
    world.queue.setOnline(false);
    const batch = world.add(files(2));
    await vi.waitFor(() => expect(jobs().map(({ wait }) => wait)).toEqual(['offline', 'offline']));
    expect(world.hosts.first.calls).toBe(0);
    world.queue.setOnline(true);
    expect((await batch.finished).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('still sends to a host on this computer', async () => {
    world.setAccount('first', { url: 'http://127.0.0.1:8080' });
    world.queue.setOnline(false);
    expect((await world.add(files(1)).finished)[0]?.state).toBe('done');
  });
});

describe('a file that is another one when it is sent', () => {
  it('is looked at again when it changed before the first byte left', async () => {
    const path = world.file('a.png');
    let changed = false;
    world.hosts.first.behave = (_source, _call, take) => {
      if (!changed) writeFileSync(path, png(randomBytes(20)));
      changed = true;
      return take();
    };
    const [result] = await world.add([path]).finished;
    expect(result).toMatchObject({ state: 'done', bytes: png().length + 4 });
    expect(world.hosts.first.taken).toHaveLength(1);
  });

  it('fails, and never reaches the host whole, when it changes or vanishes under way', async () => {
    const path = world.file('a.png', png(Buffer.alloc(3_000_000, 7)));
    const spoil = (how: () => void): void => {
      world.hosts.first.behave = async (source) => {
        let seen = 0;
        for await (const chunk of source.open()) {
          if (seen === 0) how();
          seen += chunk.length;
        }
        throw new Error('the whole of it came');
      };
    };
    spoil(() => appendFileSync(path, 'more'));
    expect((await world.add([path]).finished)[0]?.problem).toMatchObject({ kind: 'file', message: 'fileChanged' });
    const other = world.file('b.png', png(Buffer.alloc(3_000_000, 8)));
    spoil(() => rmSync(other));
    expect((await world.add([other]).finished)[0]?.problem).toMatchObject({ kind: 'file', message: 'fileVanished' });
  });
});

describe('after a crash', () => {
  it('sends again what had not begun to leave, and calls unknown what had', async () => {
    world.setSettings({ concurrency: 2 });
    // Which of the three is ready first, and so begins to leave, is nobody's promise.
    let leaving: string | null = null;
    let left = 0;
    world.hosts.first.behave = async (source, call) => {
      leaving ??= source.name;
      if (source.name === leaving) for await (const _ of source.open()) left += 1;
      return untilAborted(call);
    };
    world.add(files(3));
    await vi.waitFor(() => expect([world.hosts.first.active, left]).toEqual([2, 1]), { timeout: 10_000 });
    world.crash();
    world.hosts.first.behave = (_source, _call, take) => take();
    world.queue.start();
    await world.queue.idle();
    const names = jobs().map(({ name }) => name);
    expect(states()).toEqual(names.map((name) => (name === leaving ? 'unknown' : 'done')));
    expect(world.hosts.first.taken.map(({ name }) => name).sort()).toEqual(names.filter((name) => name !== leaving));
  });

  it('closing in order leaves the same', async () => {
    let left = 0;
    world.hosts.first.behave = async (source, call) => {
      if (source.name === '0.png') for await (const _ of source.open()) left += 1;
      return untilAborted(call);
    };
    world.add(files(2));
    await vi.waitFor(() => expect([world.hosts.first.active, left]).toEqual([2, 1]), { timeout: 10_000 });
    await world.reopen();
    world.hosts.first.behave = (_source, _call, take) => take();
    await world.queue.idle();
    expect(states()).toEqual(['unknown', 'done']);
  });
});

describe('changes', () => {
  it('are merged per job, at most ten a second, with a revision that grows by one', async () => {
    const revs: number[] = [];
    world.queue.onChange(() => revs.push(world.queue.rev()));
    await world.add(files(50)).finished;
    expect(revs.length).toBeLessThanOrEqual(2);
    world.timers.advance(100);
    expect(revs).toEqual(revs.map((_, index) => index + 1));
    expect(world.queue.snapshot().summary).toMatchObject({ total: 50, done: 50, active: 0, waiting: 0 });
  });
});
