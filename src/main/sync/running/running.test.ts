import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestHost } from '../../../../test/host/test-host';
import { DOCUMENT, startRunningWorld, TWIN, type Installation, type RunningWorld } from '../../../../test/sync/running-world';
import { PicferryError } from '../../../lib/picferry-error';
import type { SyncState } from '../../../shared/model/sync';
import type { SyncService } from '../contract';

let world: RunningWorld;
let host: TestHost;
beforeAll(async () => {
  world = await startRunningWorld();
  host = world.host;
});
afterAll(() => world.stop());
beforeEach(() => host.control.reset());
afterEach(() => world.closeAll());

const installation = (name?: string): Installation => world.installation(name);
const head = (): unknown => world.head(DOCUMENT.fileKey);
const stateOf = (service: SyncService): SyncState | undefined => service.view().documents[0]?.state;
const until = (check: () => void): Promise<void> => vi.waitFor(check);
/** With one document, started and up to date. */
const started = async (value: unknown): Promise<Installation & { readonly service: SyncService }> => {
  const one = installation();
  one.write(value);
  const service = await one.sync.open();
  one.sync.start(one.online);
  await service.add(DOCUMENT, one.file);
  await until(() => expect(stateOf(service)).toBe('up-to-date'));
  // Its list follows: no failure meant for the document may meet that.
  await until(() => expect(world.head('picferry-index')).toHaveProperty(DOCUMENT.fileKey));
  return { ...one, service };
};

describe('documents that sync by themselves', () => {
  it('go with their account: all of them, the own ones, too, while the file and the host keep theirs', async () => {
    const { service, sync, read } = await started({ n: 1 });
    await service.setBuiltIn(DOCUMENT.account, 'settings', true);
    await until(() => expect(world.head('picferry-index')).toHaveProperty('picferry-settings'));
    await service.runAll();
    expect(await sync.leave('another')).toBe(0);
    expect(await sync.leave(DOCUMENT.account)).toBe(2);
    expect([service.view().documents, service.view().builtIn, await service.list()]).toEqual([[], [], []]);
    expect([read(), head()]).toEqual([{ n: 1 }, { n: 1 }]);
  });
  it('that were left behind by their account say so, by its last name, and are not tried again', async () => {
    const { service, gone, accountsChanged, write } = await started({ n: 1 });
    gone.current = true;
    accountsChanged();
    write({ n: 2 });
    await expect(service.run(DOCUMENT)).rejects.toMatchObject({ problem: { message: 'syncAccountGone' } });
    expect(service.view().documents).toMatchObject([{ state: 'failed', nextTry: null, problem: { message: 'syncAccountGone', params: { name: 'old' } } }]);
    expect(await service.list()).toMatchObject([{ state: 'failed', problem: { message: 'syncAccountGone' } }]);
    await service.remove(DOCUMENT);
    expect([service.view().documents, head()]).toEqual([[], { n: 1 }]);
  });
  it('stand as before when their removal is undone, and go on by themselves', async () => {
    const { service, write } = await started({ n: 1 });
    await service.keepNote(DOCUMENT, 'said before');
    await service.pause(DOCUMENT, true);
    await service.remove(DOCUMENT);
    expect(service.view().documents).toEqual([]);
    expect(await service.bringBack(DOCUMENT)).toMatchObject({ state: 'paused', version: 1, note: 'said before' });
    await service.pause(DOCUMENT, false);
    write({ n: 2 });
    await until(() => expect(head()).toEqual({ n: 2 }));
  });
  it('are not brought back any more once Picferry started again', async () => {
    const { service, name } = await started({ n: 1 });
    await service.remove(DOCUMENT);
    await service.close();
    await expect((await installation(name).sync.open()).bringBack(DOCUMENT)).rejects.toMatchObject({ problem: { message: 'syncNoDocument' } });
  });
  it('have their key at a host through one account only', async () => {
    const { service, file } = await started({ n: 1 });
    await expect(service.add({ ...DOCUMENT, account: TWIN }, `${file}.twin`)).rejects.toMatchObject({ problem: { message: 'syncKeyTakenThrough', params: { key: 'doc', name: 'WiZs' } } });
    expect(service.view().documents).toHaveLength(1);
    await service.setBuiltIn(DOCUMENT.account, 'settings', true);
    await expect(service.setBuiltIn(TWIN, 'settings', true)).rejects.toMatchObject({ problem: { message: 'syncKeyTakenThrough' } });
  });
  it('send what an editor saves, however it saves: within five seconds', async () => {
    const { file, write } = await started({ n: 1 });
    const saves: readonly (() => void)[] = [
      () => write({ n: 2 }),
      () => {
        writeFileSync(`${file}.new`, '{"n":3}');
        renameSync(`${file}.new`, file);
      },
      () => {
        rmSync(file);
        writeFileSync(file, '{"n":4}');
      },
    ];
    for (const [index, save] of saves.entries()) {
      const before = performance.now();
      save();
      await until(() => expect(head()).toEqual({ n: index + 2 }));
      expect(performance.now() - before).toBeLessThan(5_000);
    }
  });
  it('send a save by themselves with the note that was kept before it, and show the note until then', async () => {
    const { service, write } = await started({ n: 1 });
    await service.keepNote(DOCUMENT, 'lighter');
    expect(service.view().documents[0]?.note).toBe('lighter');
    write({ n: 2 });
    await until(() => expect(head()).toEqual({ n: 2 }));
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'up-to-date', note: '' }));
    expect((await service.history(DOCUMENT, 1)).rows[0]).toMatchObject({ version: 2, note: 'lighter' });
  });
  it('are looked at when Picferry starts, and cost no process where there are none', async () => {
    const first = await started({ n: 1 });
    await first.sync.close();
    first.write({ n: 2 });
    const again = installation(first.name);
    again.sync.start(again.online);
    await until(() => expect(head()).toEqual({ n: 2 }));

    const none = installation();
    none.sync.start(none.online);
    expect(none.engine.started()).toBe(0);
  });
  it('wait for the network in words, and go on when it returns', async () => {
    const { online, write, service } = await started({ n: 1 });
    online.set(false);
    expect(stateOf(service)).toBe('offline');
    write({ n: 2, m: 1 });
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'offline', waiting: 2 }));
    expect(head()).toEqual({ n: 1 });
    online.set(true);
    await until(() => expect(head()).toEqual({ n: 2, m: 1 }));
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'up-to-date', waiting: 0 }));
  });
  it('stand still while paused, one or all, over a restart as well, and say how much waits', async () => {
    const { sync, write, name, service } = await started({ n: 1 });
    await service.pauseAll(true);
    write({ n: 2 });
    await until(() => expect(service.view()).toMatchObject({ paused: true, documents: [{ state: 'paused', paused: false, waiting: 1 }] }));
    await sync.close();
    const again = installation(name);
    const second = await again.sync.open();
    again.sync.start(again.online);
    expect(second.view()).toMatchObject({ paused: true, documents: [{ state: 'paused' }] });
    expect(head()).toEqual({ n: 1 });
    await second.pause(DOCUMENT, true);
    await second.pauseAll(false);
    expect(stateOf(second)).toBe('paused');
    await second.pause(DOCUMENT, false);
    await until(() => expect(head()).toEqual({ n: 2 }));
  });
  it('say what is wrong with a file, and take it as soon as it is right', async () => {
    const { file, write, service } = await started({ n: 1 });
    writeFileSync(file, '{"n": 2,}');
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'failed', problem: { message: 'syncTrailingComma' } }));
    write({ n: 3 });
    await until(() => expect(head()).toEqual({ n: 3 }));
    await until(() => expect(stateOf(service)).toBe('up-to-date'));
  });
  it('ask for a new key once, and go on when the account has one', async () => {
    const { key, accountsChanged, write, service } = await started({ n: 1 });
    key.current = 'wrong';
    write({ n: 2 });
    await until(() => expect(stateOf(service)).toBe('sign-in-needed'));
    await service.runAll().catch(() => undefined);
    key.current = host.keys.wizs;
    accountsChanged();
    await until(() => expect(head()).toEqual({ n: 2 }));
  });
  it('with a refused key stand still, name no next try and ask the host nothing, until a person asks or the account changes', async () => {
    const { key, online, accountsChanged, write, service } = await started({ n: 1 });
    key.current = 'wrong';
    write({ n: 2 });
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'sign-in-needed', running: false, waiting: 1 }));
    expect(service.view().documents[0]).toMatchObject({ nextTry: null });
    write({ n: 2, m: 1 });
    for (const now of [false, true, false, true]) online.set(now);
    await until(() => expect(service.view().documents[0]?.waiting).toBe(2));
    // The document met it once, and so may the account's list.
    const refused = (): number => host.control.requests().filter(({ status }) => status === 401).length;
    const asked = refused();
    expect(asked).toBeLessThanOrEqual(2);
    await expect(service.run(DOCUMENT)).rejects.toMatchObject({ problem: { kind: 'auth' } });
    expect(refused()).toBeGreaterThan(asked);
    expect(service.view().documents[0]).toMatchObject({ state: 'sign-in-needed', nextTry: null });
    key.current = host.keys.wizs;
    accountsChanged();
    await until(() => expect(head()).toEqual({ n: 2, m: 1 }));
  });
  it('try again by themselves after a failure of the host, and not at once', async () => {
    const { write, service } = await started({ n: 1 });
    host.control.failNext({ call: 'json-pull', status: 503, times: 1, json: { result: 'error', code: 503, error: 'Busy' } });
    write({ n: 2 });
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'failed', problem: { kind: 'server' }, nextTry: expect.any(Number) as number }));
    await until(() => expect(head()).toEqual({ n: 2 }));
  });
  it('say what is at the host only once its list was read, and take it by themselves unless they stand still', async () => {
    const { service } = await started({ n: 1 });
    const other = installation();
    const theirs = await other.sync.open();
    await theirs.add(DOCUMENT, other.file);
    await theirs.run(DOCUMENT);
    await service.pauseAll(true);
    other.write({ n: 2 });
    await theirs.run(DOCUMENT);
    await service.history(DOCUMENT, 1);
    expect(service.view().documents[0]).toMatchObject({ version: 1, newer: 2 });
    await service.pauseAll(false);
    await until(() => expect(service.view().documents[0]).toMatchObject({ version: 2, newer: null, state: 'up-to-date' }));
    other.write({ n: 3 });
    await theirs.run(DOCUMENT);
    await service.history(DOCUMENT, 1);
    await until(() => expect(service.view().documents[0]).toMatchObject({ version: 3, newer: null }));
  });
  it('wait for no version that their host lost, once a person took what it has', async () => {
    const { service, write } = await started({ n: 1 });
    write({ n: 2 });
    await until(() => expect(head()).toEqual({ n: 2 }));
    await until(() => expect(service.view().documents[0]).toMatchObject({ version: 2, state: 'up-to-date' }));
    await service.history(DOCUMENT, 1);
    host.control.documents.rollBack({ file_key: DOCUMENT.fileKey, version: 1 });
    expect(await service.run(DOCUMENT)).toMatchObject({ state: 'server-older' });
    await service.resolve((await service.conflicts(DOCUMENT))[0]?.id ?? '', { take: 'theirs' });
    expect(service.view().documents[0]).toMatchObject({ version: 1, newer: null });
    expect(await service.run(DOCUMENT)).toMatchObject({ version: 1, newer: null, state: 'up-to-date' });
  });
  it('are not called behind a version that their host lost and another device brought back as an older one', async () => {
    const { service, write } = await started({ n: 1 });
    write({ n: 2 });
    await until(() => expect(service.view().documents[0]).toMatchObject({ version: 2, state: 'up-to-date' }));
    await service.history(DOCUMENT, 1);
    host.control.documents.rollBack({ file_key: DOCUMENT.fileKey, version: 0 });
    host.control.documents.pushAs({ file_key: DOCUMENT.fileKey, device_id: 'another', content: { n: 2 }, message: '' });
    expect(await service.run(DOCUMENT)).toMatchObject({ version: 1, newer: null, state: 'up-to-date' });
  });
  it('are sent once more when a person asks, also where their host refused the size', async () => {
    const { write, service } = await started({ n: 1 });
    host.control.failNext({ call: 'json-push', status: 413, times: 1, json: { result: 'error', code: 413, error: 'Too large' } });
    const large = { n: 'x'.repeat(2 * 1024 * 1024) };
    write(large);
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'failed', problem: { kind: 'rejected_file' } }));
    expect(await service.run(DOCUMENT)).toMatchObject({ state: 'up-to-date' });
    expect(head()).toEqual(large);
  });
  it('try again when their wait is over, also where the clock was set back meanwhile', async () => {
    const { clock, write, service } = await started({ n: 1 });
    host.control.failNext({ call: 'json-pull', status: 503, times: 1, json: { result: 'error', code: 503, error: 'Busy' } });
    write({ n: 2 });
    await until(() => expect(stateOf(service)).toBe('failed'));
    clock.setBackMs = 3_600_000;
    await until(() => expect(head()).toEqual({ n: 2 }));
  });
  it('go on after their process died, with nothing lost', async () => {
    const { engine, write, service } = await started({ n: 1 });
    const running = service.run(DOCUMENT).catch((error: unknown) => error);
    engine.die();
    const ended = await running;
    if (ended instanceof Error) expect(ended).toMatchObject({ problem: { message: 'syncStopped' } });
    write({ n: 2 });
    await until(() => expect(head()).toEqual({ n: 2 }));
    expect(engine.started()).toBe(2);
  });
  it('tell of every change with a higher revision, and refuse an account without documents', async () => {
    const { service } = await started({ n: 1 });
    const seen: number[] = [];
    service.onChange(() => seen.push(service.rev()));
    await service.run(DOCUMENT);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await expect(service.add({ account: 'smms', fileKey: 'x' }, '/tmp/x.json')).rejects.toBeInstanceOf(PicferryError);
  });
});
