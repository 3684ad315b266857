import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cpus, hostname } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../lib/atomic-file';
import { openDataFolder } from '../lib/data-folder';
import { diskProblem } from '../lib/disk-problem';
import { isFull } from '../lib/full-disk';
import { newId } from '../lib/ids';
import { PicferryError, problemOf } from '../lib/picferry-error';
import { createAccounts } from './accounts';
import { createComparison } from './comparison';
import { checkInChild, emptyLogInChild, openLibraryDatabase } from './database';
import { createStudio } from './imaging';
import { createAlbums, createLibrary, createSharing } from './library';
import { createNeighbours } from './neighbours';
import { createNotices } from './notices';
import { createCounters, createIntake, createPrepareFile, hashFile, isMadeFrom, sweepKept } from './preparation';
import { createRegistry, nextTry, withRetry } from './providers';
import { createLazyHttp, type ProxyChoice } from './providers/http';
import { createOperations } from './operations';
import { createPreviews } from './previews';
import { createQueue, type QueueDeps } from './queue';
import { createRemote } from './remote';
import { createResolver } from './resolver';
import { openVault, systemKeychain, type Vault } from './secrets';
import { createLocalApi } from './server';
import type { ServicePorts, Services } from './services';
import { closedStore, createSettings, prepareSettingsFile, SETTINGS_FILE, type SettingsService } from './settings';
import { createLazySync, type LazySyncDeps } from './sync';
import { createThisComputer } from './this-computer';
import { createLazyTransfer } from './transfer';

/** What turns files, bytes and addresses into inputs of the queue; see `Services` for the rest. */
export type BuiltServices = Services & {
  readonly intake: ReturnType<typeof createIntake>;
  /** Today's backup and the removal of forgotten bytes; to be called when things are calm. */
  readonly tidy: () => Promise<void>;
  /** Loads what the first upload needs, so that it need not wait for it. */
  readonly warmUp: () => Promise<void>;
};

/** The longest wait of a call that somebody watches. */
const LONGEST_WATCHED_WAIT_MS = 5000;
/** The longest wait of what goes on by itself, with its progress on screen. */
const LONGEST_OPERATION_WAIT_MS = 5 * 60_000;

/** Pictures encoded at once: one keeps a processor busy, and two hold their pixels in memory. */
const STUDIO_SIZE = Math.max(1, Math.min(2, cpus().length));

/**
 * Builds every feature over a data folder that this process owns. Contacts nobody, starts no child and sends nothing:
 * jobs of an earlier process go on with `queue.start`. Rejects with `PicferryError` kind `file` when the folder
 * or the library cannot be used.
 */
export async function createServices(ports: ServicePorts): Promise<BuiltServices> {
  try {
    return await build(ports);
  } catch (error) {
    const problem = error instanceof PicferryError ? null : diskProblem(error, ports.now());
    throw problem === null ? error : new PicferryError(problem, { cause: error });
  }
}

async function build(ports: ServicePorts): Promise<BuiltServices> {
  const { now } = ports;
  const folder = openDataFolder(ports.dataFolder);
  if (!folder.writable) throw folderError(folder.why, now());
  const prepared = prepareSettingsFile(join(folder.store, SETTINGS_FILE), now());
  const settings = createSettings(prepared.blocked ? closedStore : ports.settingsStore, prepared, now);
  const notices = createNotices({
    has: (id) => settings.current().dismissed.includes(id),
    add: (id) => settings.update((current) => ({ ...current, dismissed: [...current.dismissed, id] })),
  });
  const keychain = systemKeychain({ env: process.env, platform: process.platform, children: ports.children });
  const { vault, notices: fromVault } = await openVault({ folder: folder.store, keychain, now });
  const database = openLibraryDatabase(folder.store, { now, after, check: checkInChild(ports.children), emptyLog: emptyLogInChild(ports.children) });
  for (const notice of [...prepared.notices, ...fromVault, ...database.notices]) notices.add(notice);

  const http = createLazyHttp({
    limits: () => settings.current().limits,
    proxy: () => proxyOf(settings, vault),
    systemProxy: ports.systemProxy,
    userAgent: 'Picferry',
  });
  const providers = createRegistry();
  const thisComputer = createThisComputer({ folder: folder.path, settings, children: ports.children, now, after });
  const neighbours = createNeighbours({ own: folder.path, now });
  const accounts = createAccounts({
    settings,
    vault,
    registry: providers,
    http,
    thisComputer,
    neighbours,
    memoryFile: join(folder.store, 'account-memory.json'),
    now,
    newId,
    retry: (work, signal) => withRetry(() => work(signal), signal, { sleep, random: Math.random, longest: LONGEST_WATCHED_WAIT_MS }),
  });
  const library = createLibrary({ db: database.db, vault, accounts, now, newId, after, onFault: (error) => ports.onFault?.('the library has a fault', error) });
  const albums = createAlbums({ db: database.db, library, accounts, timers: { now, after }, newId });
  const sharing = createSharing({ db: database.db, parts: library.parts, albums, accounts });
  const preparedFolder = join(folder.store, 'prepared');
  const studio = createStudio({ children: ports.children, size: STUDIO_SIZE, after });
  const prepare = createPrepareFile({ folder: preparedFolder, newId, now, studio });
  const counters = createCounters(database.db);
  const queue = createQueue({
    db: database.db,
    settings,
    accounts,
    library,
    prepare,
    count: counters.take,
    hash: hashFile,
    nextTry: (error, attempt, random) => nextTry(error, attempt, random()),
    forget,
    timers: { now, after },
    newId,
    random: Math.random,
    ...(ports.uploaded === undefined ? {} : { uploaded: ports.uploaded }),
  });
  const remote = createRemote({
    accounts,
    library,
    newId,
    now,
    retry: (work, signal) => withRetry(work, signal, { sleep, random: Math.random, longest: LONGEST_WATCHED_WAIT_MS }),
  });
  const operations = createOperations({
    library,
    accounts,
    wayTo: (target) => http.wayTo(target),
    timers: { now, after },
    newId,
    retry: (work, signal) => withRetry(work, signal, { sleep, random: Math.random, longest: LONGEST_OPERATION_WAIT_MS }),
  });
  const previews = createPreviews({
    folder: join(folder.store, 'previews'),
    library,
    accounts,
    wayTo: (target) => http.wayTo(target),
    isMadeFrom,
    imaging: ports.thumbs?.imaging ?? null,
    making: (id) => ports.thumbs?.making(id),
    quiet: () => untilNothingIsSent(queue),
    timers: { now, after },
    newId,
    newToken: () => randomBytes(24).toString('base64url'),
    onFault: (error) => ports.onFault?.('a thumbnail was not made', error),
  });
  const comparison = createComparison({ folder: join(folder.store, 'previews'), prepare, studio, previews, queue, counters, newId, now });
  const transfer = createLazyTransfer({ settings, vault, registry: providers, accounts, library, albums, database, newId, now, scryptN: 2 ** 17 });
  const intakeFolder = join(folder.store, 'intake');
  const intake = createIntake({ folder: intakeFolder, newId, now, wayTo: (target) => http.wayTo(target) });
  const localApi = createLocalApi({
    folder: folder.store,
    settings,
    queue,
    library,
    accounts,
    intake,
    thisComputer,
    timers: { now, after },
    newId,
    onFault: (error) => ports.onFault?.('the local API has a fault', error),
  });
  const sync = createLazySync({
    folder: join(folder.store, 'sync'),
    settings,
    accounts,
    library: { sharing, onChange: library.onChange },
    children: ports.children,
    deviceName: hostname(),
    userAgent: 'Picferry',
    connect: connectionsOf({ accounts, settings, vault }),
    systemProxy: ports.systemProxy,
    canSync: (account) => accounts.provider(account).sync !== undefined,
    nameOf: (account) => accounts.byId(account)?.name ?? account,
    // The library keeps the names of accounts that are gone.
    goneName: (account) => (accounts.byId(account) === undefined ? (library.facets().accounts.find(({ id }) => id === account)?.name ?? '') : null),
    isSameHost: (account, other) => accounts.isSameHost(account, other),
    isLocal: (account) => accounts.byId(account)?.onlyThisComputer === true,
    onAccounts: accounts.onChange,
    now,
    after,
    random: Math.random,
    onFault: (what, error) => ports.onFault?.(what, error),
  });
  const resolver = createResolver({
    documents: () => sync.open(),
    children: ports.children,
    folder: join(folder.store, 'resolver'),
    now,
    newId,
    onFault: (error) => ports.onFault?.('the resolver has a fault', error),
  });
  let tidying: Promise<void> = Promise.resolve();

  return {
    settings,
    vault,
    providers,
    accounts,
    library,
    albums,
    sharing,
    queue,
    prepare,
    comparison,
    counters,
    operations,
    remote,
    transfer,
    sync,
    resolver,
    previews,
    notices,
    neighbours,
    thisComputer,
    localApi,
    intake,
    tidy() {
      tidying = Promise.all([database.backUp(), ...[intakeFolder, preparedFolder].map((swept) => sweepKept(swept, queue.keptPaths(), now()))]).then(() => undefined);
      return tidying;
    },
    warmUp: http.warmUp,
    async close() {
      // Who waits for an answer there would wait for ever once the queue is closed.
      await localApi.close();
      // Both ask hosts and write to the library, so they end before the ways there close.
      comparison.stop();
      previews.end();
      await Promise.all([operations.close(), queue.close()]);
      studio.close();
      http.close();
      await resolver.end();
      await sync.close();
      await thisComputer.stop();
      await Promise.allSettled([tidying]);
      albums.close();
      library.close();
      database.close();
    },
  };
}

/** Resolves as soon as no job is being prepared or sent. */
export const untilNothingIsSent = (queue: Services['queue']): Promise<void> =>
  new Promise((resolve) => {
    if (queue.summary().active === 0) return resolve();
    const off = queue.onChange(({ summary }) => {
      if (summary.active > 0) return;
      off();
      resolve();
    });
  });

/** A folder that cannot be made or written to, with the system's word for why. */
const folderError = (why: string | null, at: number): PicferryError => {
  const message = isFull(why) ? 'diskFull' : 'diskRefused';
  return new PicferryError(problemOf({ kind: 'file', sub: 'folder', message, detail: why, retryable: true }, at));
};

/** How the process that syncs documents reaches an account: a host on this computer is started for it. */
const connectionsOf =
  ({ accounts, settings, vault }: Pick<Services, 'accounts' | 'settings' | 'vault'>) =>
  async (account: string): ReturnType<LazySyncDeps['connect']> => {
    const config = accounts.config(account);
    const { provider, name } = accounts.byId(account) ?? { provider: '', name: account };
    const here = (await accounts.localHost(account)?.start()) ?? null;
    const reached = here === null ? { url: config.url, secrets: config.secrets } : { url: here.url, secrets: { key: here.key } };
    return { provider, name, settings: config.settings, ...reached, limits: settings.current().limits, proxy: proxyOf(settings, vault) };
  };

function proxyOf(settings: SettingsService, vault: Vault): ProxyChoice {
  const { mode, url, username } = settings.current().proxy;
  return mode === 'manual' ? { mode, url, username, password: vault.get('proxy:password') ?? '' } : { mode };
}

/** Kept bytes that cannot be removed now are swept away later. */
const forget: QueueDeps['forget'] = (path) => {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
};

const after: QueueDeps['timers']['after'] = (ms, work) => {
  // Longer waits overflow Node's timers and would ring at once.
  const timer = setTimeout(work, Math.min(ms, 2 ** 31 - 1));
  return () => clearTimeout(timer);
};

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(new PicferryError(problemOf({ kind: 'cancelled', message: 'cancelled' }, Date.now())));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
