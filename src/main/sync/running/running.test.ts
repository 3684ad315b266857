import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost, type TestHost } from '../../../../test/host/test-host';
import { inProcessEngine } from '../../../../test/sync/in-process-engine';
import { SHORT_LIMITS } from '../../../../test/providers/fixture';
import { PicferryError } from '../../../lib/picferry-error';
import type { SyncState } from '../../../shared/model/sync';
import type { LazySync, OnlineSource, SyncService } from '../contract';
import { createLazySync, type LazySyncDeps } from '../lazy-sync';

let host: TestHost;
let root: string;
beforeAll(async () => {
  host = await startTestHost();
  root = mkdtempSync(join(tmpdir(), 'picferry-running-'));
});
afterAll(async () => {
  await host.stop();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => host.control.reset());

const open = new Set<LazySync>();
afterEach(async () => {
  for (const one of open) await one.close();
  open.clear();
});

const DOCUMENT = { account: 'wiz', fileKey: 'doc' } as const;

/** A network that a test takes away and gives back. */
const network = (): OnlineSource & { readonly set: (online: boolean) => void } => {
  const listeners = new Set<(online: boolean) => void>();
  let online = true;
  return {
    current: () => online,
    onChange: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    set: (next) => {
      online = next;
      for (const listener of [...listeners]) listener(next);
    },
  };
};

let made = 0;
/** One installation of Picferry as main has it; `name` again is the same one after a restart. */
const installation = (name = `device-${(made += 1)}`, key = host.keys.wizs) => {
  const engine = inProcessEngine();
  const online = network();
  const accounts = { key, tell: (): void => undefined };
  const connect: LazySyncDeps['connect'] = async () => ({
    provider: 'wizs',
    name: 'WiZs',
    url: host.urls.wizs,
    settings: {},
    secrets: { key: accounts.key },
    limits: SHORT_LIMITS,
    proxy: { mode: 'none' },
  });
  const sync = createLazySync({
    folder: join(root, name),
    children: engine.children,
    deviceName: name,
    userAgent: 'test',
    connect,
    systemProxy: null,
    canSync: (account) => account === DOCUMENT.account,
    nameOf: () => 'WiZs',
    isLocal: () => false,
    onAccounts: (listener) => ((accounts.tell = listener), () => undefined),
    now: Date.now,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    random: () => 0,
    onFault: (what, error) => expect.fail(`${what}: ${String(error)}`),
  });
  open.add(sync);
  const file = join(root, `${name}.json`);
  return {
    sync,
    engine,
    online,
    accounts,
    file,
    write: (value: unknown) => writeFileSync(file, JSON.stringify(value)),
    read: () => JSON.parse(readFileSync(file, 'utf8')) as unknown,
  };
};
type Installation = ReturnType<typeof installation>;

const head = (): unknown => {
  const content = host.control.documents.versions(DOCUMENT.fileKey).at(-1)?.content;
  return content === undefined ? undefined : JSON.parse(content);
};
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
  return { ...one, service };
};

describe('documents that sync by themselves', () => {
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
  it('are looked at when Picferry starts, and cost no process where there are none', async () => {
    const first = await started({ n: 1 });
    await first.sync.close();
    first.write({ n: 2 });
    const again = installation(first.file.slice(root.length + 1, -'.json'.length));
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
    const { sync, write, file, service } = await started({ n: 1 });
    await service.pauseAll(true);
    write({ n: 2 });
    await until(() => expect(service.view()).toMatchObject({ paused: true, documents: [{ state: 'paused', paused: false, waiting: 1 }] }));
    await sync.close();
    const again = installation(file.slice(root.length + 1, -'.json'.length));
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
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'failed', problem: { message: 'syncNotJson' } }));
    write({ n: 3 });
    await until(() => expect(head()).toEqual({ n: 3 }));
    await until(() => expect(stateOf(service)).toBe('up-to-date'));
  });
  it('ask for a new key once, and go on when the account has one', async () => {
    const { accounts, write, service } = await started({ n: 1 });
    accounts.key = 'wrong';
    write({ n: 2 });
    await until(() => expect(stateOf(service)).toBe('sign-in-needed'));
    await service.runAll().catch(() => undefined);
    accounts.key = host.keys.wizs;
    accounts.tell();
    await until(() => expect(head()).toEqual({ n: 2 }));
  });
  it('try again by themselves after a failure of the host, and not at once', async () => {
    const { write, service } = await started({ n: 1 });
    host.control.failNext({ call: 'json-pull', status: 503, times: 1, json: { result: 'error', code: 503, error: 'Busy' } });
    write({ n: 2 });
    await until(() => expect(service.view().documents[0]).toMatchObject({ state: 'failed', problem: { kind: 'server' }, nextTry: expect.any(Number) as number }));
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
