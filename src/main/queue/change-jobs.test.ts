import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chunk } from '../../../test/host/pictures';
import { newProfile } from '../../shared/model/preparation-profiles';
import { Settings } from '../../shared/model/settings';
import { createQueueWorld, png, untilAborted, type QueueWorld } from '../../../test/queue/queue-world';

let world: QueueWorld;
beforeEach(() => {
  world = createQueueWorld();
});
afterEach(() => world.close());

const PATIENCE = { timeout: 10_000 };
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const clean = png();
const commented = Buffer.concat([clean.subarray(0, -12), chunk('tEXt', Buffer.from('Comment\0hi')), clean.subarray(-12)]);
const copies = (): readonly string[] => (existsSync(join(world.folder, 'prepared')) ? readdirSync(join(world.folder, 'prepared')) : []);
const taken = (): readonly string[] => world.hosts.first.taken.map(({ sha256 }) => sha256);
const jobs = () => world.queue.snapshot().jobs;

describe('a profile that changes while jobs wait', () => {
  const preparation = (part: Partial<Settings['preparation']>): Pick<Settings, 'preparation'> => ({ preparation: { ...Settings.parse({}).preparation, ...part } });

  it('counts for those that are ready already: nothing goes out by what no longer holds', async () => {
    world.setSettings(preparation({ defaultProfile: 'none' }));
    world.queue.pause(true);
    world.add([world.file('photo.png', commented)]);
    world.add([world.file('asked for.png', commented)], { profile: 'none' });
    await vi.waitFor(() => expect(jobs().map(({ bytes }) => bytes)).toEqual([commented.length, commented.length]), PATIENCE);
    world.setSettings(preparation({ defaultProfile: 'private' }));
    await vi.waitFor(() => expect(jobs().find(({ name }) => name === 'photo.png')).toMatchObject({ state: 'queued', bytes: clean.length }), PATIENCE);
    expect(jobs().find(({ name }) => name === 'asked for.png')).toMatchObject({ state: 'queued', bytes: commented.length });
    world.queue.pause(false);
    await world.queue.idle();
    expect([...taken()].sort()).toEqual([sha(clean), sha(commented)].sort());
    expect(copies()).toEqual([]);
  });

  it('makes nothing anew where it is the same for the account, and where only others change', async () => {
    world.queue.pause(true);
    world.add([world.file('photo.png', commented)]);
    await vi.waitFor(() => expect(jobs()).toMatchObject([{ state: 'queued', bytes: clean.length }]), PATIENCE);
    const before = copies();
    world.setSettings(preparation({ accounts: { second: 'none', first: 'private' } }));
    world.setSettings({ theme: 'dark' });
    expect(jobs()).toMatchObject([{ state: 'queued', bytes: clean.length }]);
    expect(copies()).toEqual(before);
    world.queue.pause(false);
    await world.queue.idle();
    expect([taken(), copies()]).toEqual([[sha(clean)], []]);
  });
});

describe('another profile for a job', () => {
  it('that is ready already makes it anew, and the copy made before goes', async () => {
    world.queue.pause(true);
    const { jobIds } = world.add([world.file('photo.png', commented)]);
    await vi.waitFor(() => expect(jobs()).toMatchObject([{ state: 'queued', bytes: clean.length, profile: null }]), PATIENCE);
    expect(copies()).toHaveLength(1);
    await world.queue.setProfile(jobIds, 'none');
    await vi.waitFor(() => expect(jobs()).toMatchObject([{ state: 'queued', bytes: commented.length, profile: 'none' }]), PATIENCE);
    expect(copies()).toEqual([]);
    world.queue.pause(false);
    await world.queue.idle();
    expect(taken()).toEqual([sha(commented)]);
  });

  it('gives way to the one before, and to what the file was made into for its host', async () => {
    world.queue.pause(true);
    const { jobIds } = world.add([world.file('photo.png', commented)]);
    await world.queue.cancel(jobIds);
    const fit = { maxBytes: 5_000_000, format: null } as const;
    await world.queue.adapt(jobIds, fit);
    expect(jobs()).toMatchObject([{ profile: null, adapted: fit }]);
    await world.queue.setProfile(jobIds, 'none');
    await vi.waitFor(() => expect(jobs()).toMatchObject([{ state: 'queued', bytes: commented.length, adapted: null }]), PATIENCE);
    await world.queue.setProfile(jobIds, null, fit);
    expect(jobs()).toMatchObject([{ profile: null, adapted: fit }]);
  });

  it('holds over a crash', async () => {
    world.queue.pause(true);
    const { jobIds } = world.add([world.file('photo.png', commented)]);
    await world.queue.setProfile(jobIds, 'none');
    world.crash();
    world.queue.pause(false);
    await world.queue.idle();
    expect(taken()).toEqual([sha(commented)]);
  });

  it('lets those go on who waited for its old bytes, and itself when it waited for others', async () => {
    world.queue.pause(true);
    const path = world.file('photo.png', commented);
    const first = world.add([path]);
    await vi.waitFor(() => expect(jobs().map(({ bytes }) => bytes)).toEqual([clean.length]), PATIENCE);
    world.add([path]);
    const third = world.add([path]);
    await vi.waitFor(() => expect(jobs().filter(({ wait }) => wait === 'same_file')).toHaveLength(2), PATIENCE);
    await world.queue.setProfile([...first.jobIds, ...third.jobIds], 'none');
    world.queue.pause(false);
    await world.queue.idle();
    expect([...taken()].sort()).toEqual([sha(clean), sha(commented)].sort());
    expect(jobs().map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('comes too late for one that is being sent, and starts a cancelled one again', async () => {
    world.hosts.first.behave = (_source, call) => untilAborted(call);
    const { jobIds } = world.add([world.file('photo.png', commented)]);
    await vi.waitFor(() => expect(world.hosts.first.active).toBe(1), PATIENCE);
    await world.queue.setProfile(jobIds, 'none');
    expect(jobs()).toMatchObject([{ state: 'sending', profile: null }]);
    await world.queue.cancel(jobIds);
    world.hosts.first.behave = (_source, _call, take) => take();
    await world.queue.setProfile(jobIds, 'none');
    await world.queue.idle();
    expect([taken(), copies()]).toEqual([[sha(commented)], []]);
  });
});

describe('a done job', () => {
  it('can send its file once more as it is, although the other one is there', async () => {
    const batch = world.add([world.file('photo.png', commented)]);
    await batch.finished;
    const again = world.queue.sendAgain(batch.jobIds[0] ?? '', 'none');
    await again?.finished;
    expect(taken()).toEqual([sha(clean), sha(commented)]);
    expect(world.queue.sendAgain('nobody', 'none')).toBeNull();
  });
});

describe('jobs that ask for a name', () => {
  const add = (path: string) => world.queue.add([{ type: 'file', path }], { accountId: 'first', albumId: null, force: false, origin: 'window', askName: true });

  it('wait for it, over a crash too, and hold nobody else back', async () => {
    const { jobIds } = add(world.file('DSC_1.png'));
    world.add([world.file('other.png', Buffer.concat([png(), randomBytes(4)]))]);
    await world.queue.idle();
    expect(world.hosts.first.taken.map(({ name }) => name)).toEqual(['other.png']);
    world.crash();
    await world.queue.idle();
    expect(jobs().find(({ id }) => id === jobIds[0])).toMatchObject({ state: 'queued', wait: 'name' });
    await world.queue.setNames([{ id: jobIds[0] ?? '', name: '港口.png' }]);
    await world.queue.idle();
    expect(world.hosts.first.taken.map(({ name }) => name)).toEqual(['other.png', '港口.png']);
  });

  it('are sent by that name, whatever the profile makes of others', async () => {
    const named = { ...newProfile('p', 'Blog'), naming: { template: '{counter:2}-{name}', slug: 'ascii', lowerCase: true, collision: 'ignore' } } as const;
    world.setSettings({ preparation: { profiles: [named], defaultProfile: 'p', accounts: {} } });
    await world.add([world.file('A 1.png'), world.file('B.png')]).finished;
    const { jobIds } = add(world.file('DSC_1.png'));
    await world.queue.setNames([{ id: jobIds[0] ?? '', name: '港口 A.png' }]);
    await world.queue.idle();
    expect(world.hosts.first.taken.map(({ name }) => name).sort()).toEqual(['01-a-1.png', '02-b.png', '港口 A.png']);
  });

  it('go on under their own name where none is given', async () => {
    const { jobIds } = add(world.file('DSC_1.png'));
    await world.queue.setNames(jobIds.map((id) => ({ id, name: null })));
    await world.queue.idle();
    expect(world.hosts.first.taken.map(({ name }) => name)).toEqual(['DSC_1.png']);
  });
});
