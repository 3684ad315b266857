import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { makeFolder } from '../../src/lib/make-folder';
import { PicferryError, problemOf } from '../../src/lib/picferry-error';
import { createLazySync, type LazySyncDeps, type OnlineSource } from '../../src/main/sync';
import type { SyncService } from '../../src/main/sync/contract';
import { createSettings } from '../../src/main/settings';
import { Settings } from '../../src/shared/model/settings';
import { startTestHost, type TestHost } from '../host/test-host';
import { openLibraryWorld, type LibraryWorld } from '../library/library-world';
import { SHORT_LIMITS } from '../providers/fixture';
import { inProcessEngine } from './in-process-engine';

/** Another account with the same key at the same host. */
export const TWIN = 'twin';
export const DOCUMENT = { account: 'wiz', fileKey: 'doc' } as const;

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

/** Accounts as they are kept, with names that are in use once only. */
const accountsOf = (settings: ReturnType<typeof createSettings>): LazySyncDeps['accounts'] & { readonly tell: () => void } => {
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  const saved: LazySyncDeps['accounts']['save'] = ({ id, secrets: _secrets, ...draft }) => {
    if (settings.current().accounts.some((one) => one.name === draft.name && one.id !== id)) throw new PicferryError(problemOf({ kind: 'bad_request', message: 'nameTaken' }, 0));
    settings.update((current) => ({ ...current, accounts: current.accounts.map((one) => (one.id === id ? { ...one, ...draft } : one)) }));
    return {} as never;
  };
  return {
    tell,
    save: saved,
    adopt: (given) => {
      settings.update((current) => ({ ...current, accounts: [...current.accounts, given] }));
      return {} as never;
    },
    onChange: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
  };
};

/** Installations of Picferry as main has them, around one real embedded host. */
export async function startRunningWorld() {
  const host: TestHost = await startTestHost();
  const root = mkdtempSync(join(tmpdir(), 'picferry-running-'));
  const open = new Set<() => Promise<void>>();
  const libraries = new Map<string, LibraryWorld>();
  let made = 0;
  /** A name again is the same installation after a restart. */
  const installation = (name = `device-${(made += 1)}`) => {
    const engine = inProcessEngine();
    const online = network();
    const file = join(root, `${name}.json`);
    const kept = join(root, `${name}.settings`);
    const store = { read: () => ({}), write: (value: unknown) => writeFileSync(kept, JSON.stringify(value)) };
    const before = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as unknown) : {};
    const settings = createSettings(store, { settings: Settings.parse(before), readOnly: false }, () => 0);
    const accounts = accountsOf(settings);
    const key = { current: host.keys.wizs };
    const gone = { current: false };
    const clock = { setBackMs: 0 };
    libraries.get(name)?.shut();
    const libraryFolder = join(root, `${name}-library`);
    makeFolder(libraryFolder);
    const library = openLibraryWorld({}, libraryFolder);
    libraries.set(name, library);
    const sync = createLazySync({
      folder: join(root, name),
      settings,
      accounts,
      library: { sharing: library.sharing, onChange: library.library.onChange },
      children: engine.children,
      deviceName: name,
      userAgent: 'test',
      connect: async () => ({ provider: 'wizs', name: 'WiZs', url: host.urls.wizs, settings: {}, secrets: { key: key.current }, limits: SHORT_LIMITS, proxy: { mode: 'none' } }),
      systemProxy: null,
      canSync: (account) => account === DOCUMENT.account || account === TWIN,
      isSameHost: () => true,
      goneName: (account) => (gone.current && account === DOCUMENT.account ? 'old' : null),
      nameOf: () => 'WiZs',
      isLocal: () => false,
      onAccounts: accounts.onChange,
      now: () => Date.now() - clock.setBackMs,
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      random: () => 0,
      onFault: (what, error) => {
        throw new Error(what, { cause: error });
      },
    });
    open.add(sync.close);
    return {
      name,
      sync,
      engine,
      online,
      settings,
      file,
      /** Whether the account was removed, its documents left behind. */
      gone,
      /** The account's key as this device has it. */
      key,
      /** What it is set back by. */
      clock,
      library,
      accountsChanged: accounts.tell,
      write: (value: unknown) => writeFileSync(file, JSON.stringify(value)),
      read: () => JSON.parse(readFileSync(file, 'utf8')) as unknown,
    };
  };
  return {
    host,
    installation,
    /** The newest document of this key at the host. */
    head: (fileKey: string): unknown => {
      const content = host.control.documents.versions(fileKey).at(-1)?.content;
      return content === undefined ? undefined : JSON.parse(content);
    },
    closeAll: async () => {
      await Promise.all([...open].map((close) => close()));
      open.clear();
      for (const library of libraries.values()) library.shut();
      libraries.clear();
    },
    stop: async () => {
      await host.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
export type RunningWorld = Awaited<ReturnType<typeof startRunningWorld>>;
export type Installation = ReturnType<RunningWorld['installation']>;
/** One that syncs as it does in a window. */
export type Running = Installation & { readonly service: SyncService };

/** A world for the tests of one file: made before them, without installations and as new at the host before each. */
export const runningWorld = () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await startRunningWorld();
  });
  afterAll(() => world.stop());
  beforeEach(() => world.host.control.reset());
  afterEach(() => world.closeAll());
  return {
    host: (): TestHost => world.host,
    head: (fileKey: string): unknown => world.head(fileKey),
    installation: (name?: string): Installation => world.installation(name),
    /** A name again is the same installation after a restart. */
    running: async (name?: string): Promise<Running> => {
      const one = world.installation(name);
      const service = await one.sync.open();
      one.sync.start(one.online);
      return { ...one, service };
    },
  };
};
