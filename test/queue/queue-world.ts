import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountsService } from '../../src/main/accounts';
import { openLibraryDatabase, type LibraryDatabase } from '../../src/main/database';
import type { Studio } from '../../src/main/imaging';
import { createLibrary, type LibraryService } from '../../src/main/library';
import { createCounters, createPrepareFile, hashFile } from '../../src/main/preparation';
import type { Provider, Receipt, UploadCall, UploadSource } from '../../src/main/providers/contract';
import { ProviderError, type RetryHint } from '../../src/main/providers/errors';
import { createQueue, type AddOptions, type QueueDeps, type QueueService, type Timers } from '../../src/main/queue';
import type { SettingsService } from '../../src/main/settings';
import { problemOf } from '../../src/lib/picferry-error';
import type { Account } from '../../src/shared/model/account';
import type { ErrorKind, Problem } from '../../src/shared/model/problem';
import { Settings } from '../../src/shared/model/settings';
import { chunk } from '../host/pictures';

/** A host in memory: it keeps what it took, and a test decides what it does with each call. */
export type MemoryHost = {
  readonly taken: { readonly name: string; readonly sha256: string; readonly album: string | null }[];
  /** How many calls of upload there were, the refused ones too. */
  calls: number;
  active: number;
  mostActive: number;
  /** Decides each upload; the default takes it. */
  behave: (source: UploadSource, call: UploadCall, take: () => Promise<Receipt>) => Promise<Receipt>;
  find: Provider['find'] | undefined;
};

export const memoryHost = (): MemoryHost => ({ taken: [], calls: 0, active: 0, mostActive: 0, behave: (_source, _call, take) => take(), find: undefined });

export const refusal = (kind: ErrorKind, options: { readonly unknown?: boolean; readonly retry?: RetryHint; readonly at?: number } = {}): ProviderError =>
  new ProviderError(problemOf({ kind, message: 'internal' }, options.at ?? 0), options.unknown ?? false, options.retry ?? 'never');

export const receiptOf = (name: string, part: Partial<Receipt> = {}): Receipt => ({
  remoteId: `id-${name}`,
  url: `https://pictures.example/${name}`,
  thumbUrl: null,
  viewerUrl: null,
  deleteUrl: `https://pictures.example/delete/${name}`,
  storedName: null,
  width: null,
  height: null,
  bytes: null,
  mime: null,
  kind: 'image',
  durationSeconds: null,
  pendingReview: false,
  ...part,
});

function providerOf(host: MemoryHost): Provider {
  const find = host.find;
  return {
    async upload(source, call) {
      host.calls += 1;
      host.active += 1;
      host.mostActive = Math.max(host.mostActive, host.active);
      const take = async (): Promise<Receipt> => {
        const hash = createHash('sha256');
        let sent = 0;
        for await (const chunk of source.open()) {
          if (call.signal.aborted) throw refusal('cancelled');
          hash.update(chunk);
          sent += chunk.length;
          call.onProgress(sent);
        }
        const sha256 = hash.digest('hex');
        host.taken.push({ name: source.name, sha256, album: call.albumId });
        return receiptOf(`${host.taken.length}-${encodeURIComponent(source.name)}`);
      };
      try {
        return await host.behave(source, call, take);
      } catch (error) {
        if (error instanceof ProviderError) throw error;
        throw refusal('file');
      } finally {
        host.active -= 1;
      }
    },
    test: () => Promise.resolve({ canUpload: true, steps: [] }),
    ...(find === undefined ? {} : { find }),
  };
}

/** Rejects when the call is aborted, as a provider whose connection closes does. */
export const untilAborted = (call: UploadCall): Promise<never> =>
  new Promise((_resolve, reject) => {
    const end = (): void => reject(refusal('cancelled'));
    if (call.signal.aborted) end();
    else call.signal.addEventListener('abort', end, { once: true });
  });

/** A clock that stands still until a test moves it. */
export type FakeTimers = Timers & { advance(ms: number): void; /** Forgets what is planned, as the end of a process does. */ clear(): void };

export function fakeTimers(start = 1_700_000_000_000): FakeTimers {
  let now = start;
  const planned = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    now: () => now,
    after(ms, work) {
      const entry = { at: now + ms, work };
      planned.add(entry);
      return () => planned.delete(entry);
    },
    clear: () => planned.clear(),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...planned].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        planned.delete(next);
        now = Math.max(now, next.at);
        next.work();
      }
      now = end;
    },
  };
}

const account = (id: string, part: Partial<Account> = {}): Account => ({
  id,
  name: id,
  provider: 'wizs',
  url: `https://${id}.example`,
  settings: {},
  secretsSet: [],
  capabilities: {
    images: true,
    video: false,
    albums: false,
    uploadIntoAlbum: false,
    list: 'none',
    clearList: false,
    deleteByLink: true,
    sync: false,
    anonymous: false,
    extensions: [],
    maxBytes: null,
    warnBytes: null,
  },
  isDefault: id === 'first',
  onlyThisComputer: false,
  paused: null,
  ...part,
});

/** Everything a queue stands on: a real data folder and database, hosts in memory. */
export type QueueWorld = {
  readonly folder: string;
  readonly timers: FakeTimers;
  readonly hosts: Readonly<Record<'first' | 'second', MemoryHost>>;
  readonly forgotten: string[];
  queue: QueueService;
  library: LibraryService;
  setAccount(id: string, part: Partial<Account>): void;
  accountPaused(id: string): Problem | null;
  setSettings(part: Partial<Settings>): void;
  /** Lets the database grow no more, as a full disk does, or grow again. */
  setDiskFull(full: boolean): void;
  /** Writes a file of its own bytes and returns its path. */
  file(name: string, content?: Uint8Array): string;
  /** Adds files to account `first` from the window, unless told. */
  add(paths: readonly string[], options?: Partial<AddOptions>): ReturnType<QueueService['add']>;
  /** Ends this process's queue as a crash would (nothing more is written) and starts the next. */
  crash(): void;
  /** Closes the queue in order and opens it anew. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

/** For profiles that change no pixel. */
export const noStudio: Pick<Studio, 'make'> = {
  make: () => {
    throw new Error('no studio is wanted here');
  },
};

/** A file's smallest true content: a PNG of 1 × 1 with `salt` behind the data of its pixel, so that no two are the same. */
export const png = (salt: Uint8Array = randomBytes(16)): Buffer => {
  const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  return Buffer.concat([dot.subarray(0, -12), chunk('IDAT', Buffer.from(salt)), dot.subarray(-12)]);
};

export function createQueueWorld(): QueueWorld {
  const folder = mkdtempSync(join(tmpdir(), 'picferry-queue-'));
  const timers = fakeTimers();
  const hosts = { first: memoryHost(), second: memoryHost() };
  const accounts = new Map([account('first'), account('second')].map((entry) => [entry.id, entry]));
  const accountListeners = new Set<() => void>();
  let accountRev = 0;
  const setAccount = (id: string, part: Partial<Account>): void => {
    accounts.set(id, { ...(accounts.get(id) ?? account(id)), ...part });
    accountRev += 1;
    for (const listener of [...accountListeners]) listener();
  };
  const accountsService = {
    byId: (id: string) => accounts.get(id),
    default: () => accounts.get('first') ?? account('first'),
    rev: () => accountRev,
    pause: (id: string, paused: Problem) => setAccount(id, { paused }),
    provider: (id: string) => providerOf(hosts[id as 'first' | 'second']),
    onChange(listener: () => void) {
      accountListeners.add(listener);
      return () => accountListeners.delete(listener);
    },
  } as unknown as AccountsService;
  let settings = Settings.parse({});
  const settingsListeners = new Set<(now: Settings, rev: number) => void>();
  const settingsService: SettingsService = {
    current: () => settings,
    rev: () => 0,
    readOnly: false,
    update(change) {
      settings = change(settings);
      for (const listener of [...settingsListeners]) listener(settings, 0);
    },
    onChange(listener) {
      settingsListeners.add(listener);
      return () => settingsListeners.delete(listener);
    },
  };
  let opened: LibraryDatabase | null = null;
  let ids = 0;
  const forgotten: string[] = [];
  const build = (): Pick<QueueWorld, 'queue' | 'library'> => {
    opened = openLibraryDatabase(folder, { now: timers.now });
    const library = createLibrary({
      db: opened.db,
      vault: { state: 'key-file', seal: (plain) => Buffer.from(plain).reverse(), open: (sealed) => Buffer.from(sealed).reverse().toString() },
      accounts: accountsService,
      now: timers.now,
      newId: () => `library-${(ids += 1)}`,
      onFault: (error) => {
        throw error;
      },
    });
    const deps: QueueDeps = {
      db: opened.db,
      settings: settingsService,
      accounts: accountsService,
      library,
      prepare: createPrepareFile({ folder: join(folder, 'prepared'), newId: randomUUID, now: timers.now, studio: noStudio }),
      count: createCounters(opened.db).take,
      hash: hashFile,
      nextTry: (error, attempt) => (error.retry === 'never' || attempt >= 3 ? null : error.retry === 'backoff' ? attempt * 1000 : error.retry.afterMs),
      forget: (path) => (path.startsWith(join(folder, 'prepared')) ? rmSync(path, { force: true }) : void forgotten.push(path)),
      timers,
      newId: () => `id-${(ids += 1)}`,
      random: () => 0.5,
    };
    return { library, queue: createQueue(deps) };
  };
  const world: QueueWorld = {
    folder,
    timers,
    hosts,
    forgotten,
    ...build(),
    setAccount,
    accountPaused: (id) => accounts.get(id)?.paused ?? null,
    setSettings: (part) => settingsService.update((now) => ({ ...now, ...part })),
    setDiskFull: (full) => opened?.db.exec(`PRAGMA max_page_count = ${full ? 1 : 1_000_000_000}`),
    file(name, content = png()) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    add: (paths, options = {}) =>
      world.queue.add(
        paths.map((path) => ({ type: 'file', path })),
        { accountId: 'first', albumId: null, force: false, origin: 'window', ...options },
      ),
    crash() {
      opened?.close();
      timers.clear();
      accountListeners.clear();
      settingsListeners.clear();
      Object.assign(world, build());
    },
    async reopen() {
      await world.queue.close();
      opened?.close();
      Object.assign(world, build());
    },
    async close() {
      await world.queue.close();
      opened?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}
