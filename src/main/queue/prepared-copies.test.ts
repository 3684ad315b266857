import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chunk } from '../../../test/host/pictures';
import { createQueueWorld, png, untilAborted, type QueueWorld } from '../../../test/queue/queue-world';
import { Settings } from '../../shared/model/settings';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const clean = png();
/** The same picture with a comment: a chunk of text before its end. */
const commented = Buffer.concat([clean.subarray(0, -12), chunk('tEXt', Buffer.from('Comment\0hi')), clean.subarray(-12)]);
const copies = (): readonly string[] => (existsSync(join(world.folder, 'prepared')) ? readdirSync(join(world.folder, 'prepared')) : []);
const taken = (): readonly string[] => world.hosts.first.taken.map(({ sha256 }) => sha256);

it('the host gets a picture without its metadata, under its own name; the file stays as it is and no copy is left', async () => {
  const path = world.file('photo.png', commented);
  const [result] = await world.add([path]).finished;
  expect(result).toMatchObject({ state: 'done', bytes: clean.length, file: path });
  expect(world.hosts.first.taken).toMatchObject([{ name: 'photo.png', sha256: sha(clean) }]);
  expect(world.library.byId(result?.uploadId ?? '')).toMatchObject({ sha256: sha(clean), bytes: clean.length });
  expect(readFileSync(path).equals(commented)).toBe(true);
  expect(copies()).toEqual([]);
});

it('a picture is the same with and without metadata', async () => {
  await world.add([world.file('clean.png', clean)]).finished;
  const [result] = await world.add([world.file('photo.png', commented)]).finished;
  expect(result).toMatchObject({ state: 'done', duplicate: true });
  expect([taken().length, copies()]).toEqual([1, []]);
});

it('an account with another profile, and a job that was given one, get theirs', async () => {
  world.setSettings({ preparation: { ...Settings.parse({}).preparation, accounts: { second: 'none' } } });
  const path = world.file('photo.png', commented);
  await world.add([path], { accountId: 'second' }).finished;
  await world.add([path], { profile: 'none' }).finished;
  await world.add([path], { accountId: 'second', profile: 'private' }).finished;
  await world.add([path], { profile: 'one that is gone' }).finished;
  expect(world.hosts.second.taken.map(({ sha256 }) => sha256)).toEqual([sha(commented), sha(clean)]);
  expect(taken()).toEqual([sha(commented), sha(clean)]);
});

it('a copy that is gone is made again', async () => {
  let gone = false;
  world.hosts.first.behave = (_source, _call, take) => {
    if (!gone) for (const name of copies()) rmSync(join(world.folder, 'prepared', name));
    gone = true;
    return take();
  };
  expect((await world.add([world.file('photo.png', commented)]).finished)[0]?.state).toBe('done');
  expect([taken(), copies()]).toEqual([[sha(clean)], []]);
});

it('no copy outlives its job', async () => {
  world.hosts.first.behave = (_source, call) => untilAborted(call);
  const batch = world.add([world.file('photo.png', commented)]);
  await vi.waitFor(() => expect([world.hosts.first.active, copies().length]).toEqual([1, 1]), { timeout: 10_000 });
  expect(world.queue.keptPaths()).toEqual(new Set(copies().map((name) => join(world.folder, 'prepared', name))));
  await world.queue.cancel(batch.jobIds);
  expect([copies(), world.queue.keptPaths().size]).toEqual([[], 0]);
});

it('a job that was ready before a crash gets a new copy, and the old one is nobody\'s', async () => {
  world.setSettings({ queuePaused: true });
  world.add([world.file('photo.png', commented)]);
  await vi.waitFor(() => expect(world.queue.snapshot().jobs).toMatchObject([{ state: 'queued', bytes: clean.length }]), { timeout: 10_000 });
  const [old = ''] = copies();
  world.crash();
  world.setSettings({ queuePaused: false });
  world.queue.start();
  await world.queue.idle();
  expect([taken(), copies(), world.queue.keptPaths().size]).toEqual([[sha(clean)], [old], 0]);
});
