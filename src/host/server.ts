import { randomBytes, randomInt } from 'node:crypto';
import { Hono } from 'hono';
import { Control } from './control';
import { mountControl } from './control-routes';
import { mountChevereto, mountCheveretoDeletes } from './dialects/chevereto';
import { mountEasyImages } from './dialects/easyimages';
import { mountImgurl, mountImgurlDeletes } from './dialects/imgurl';
import { mountSmms } from './dialects/smms';
import { mountWizs, wizsError } from './dialects/wizs';
import { mountWizsJson } from './dialects/wizs-json';
import { DocumentStore } from './documents';
import { FileStore } from './file-store';
import { guard } from './guards';
import { NewerDataError, openHostDatabase } from './host-database';
import type { HostContext } from './host-context';
import { json, type HostApp, type HostEnv } from './http-call';
import { NO_LIMITS, TEST_LIMITS, type HostKeys, type HostOptions, type HostStartError } from './host-options';
import { loadIdentity, saveIdentity, type Identity } from './identity';
import { listen, type Listening, type ListenOutcome } from './listening';
import { ownerWords, portOwner } from './port-owner';
import { randomHex, randomMixed } from './random-names';
import { DEFAULT_SWITCHES } from './switches';

/** A host that answers. */
export type RunningHost = {
  readonly port: number;
  /** `http://127.0.0.1:port`. In the product the WiZs account's base URL. */
  readonly baseUrl: string;
  /** Test mode: the second port, where ImgURL's and Chevereto's delete links lie. */
  readonly deletePort: number | null;
  /** What `/heartbeat` says, so that a second process can recognise this folder's host. */
  readonly folderId: string;
  readonly keys: HostKeys;
  /** Null in the product. */
  readonly control: Control | null;
  /** Ends answers under way (two seconds at most; at once in test mode), then closes everything. May be called twice. */
  stop(): Promise<void>;
};

export type HostStart =
  | { readonly ok: true; readonly host: RunningHost }
  | { readonly ok: false; readonly error: HostStartError };

/** Starts the host on 127.0.0.1. What a person can cause (a taken port, an unusable folder) comes back as a value. */
export async function startHost(options: HostOptions): Promise<HostStart> {
  const report = options.report ?? (() => undefined);
  let identity: Identity;
  let storage: Storage;
  try {
    identity = await loadIdentity(options.folder, options.now());
    storage = await openStorage(options);
  } catch (error) {
    return { ok: false, error: folderError(error) };
  }
  const { store } = storage;
  const servers = await startServers(options, identity, storage, report);
  if (!servers.ok) {
    storage.close();
    return servers;
  }
  const { main, deletes, keys, control } = servers.value;
  if (options.port === 'kept' && identity.port === null) await saveIdentity(options.folder, { ...identity, port: main.port });
  const swept = store.sweep(options.now()).catch(report);
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    const graceMs = options.mode === 'product' ? 2000 : 0;
    await Promise.all([main.stop(graceMs), deletes?.stop(graceMs), swept]);
    storage.close();
  };
  const host: RunningHost = {
    port: main.port,
    baseUrl: `http://127.0.0.1:${main.port}`,
    deletePort: deletes?.port ?? null,
    folderId: identity.id,
    keys,
    control,
    stop: () => (stopping ??= stop()),
  };
  return { ok: true, host };
}

type Storage = { readonly store: FileStore; readonly documents: DocumentStore; readonly close: () => void };

async function openStorage(options: HostOptions): Promise<Storage> {
  const durable = options.durable ?? options.mode === 'product';
  const db = openHostDatabase(options.folder, { durable });
  const store = await FileStore.open(options.folder, db, { durable }).catch((error: unknown) => {
    db.close();
    throw error;
  });
  const close = (): void => {
    if (!db.isOpen) return;
    store.flush();
    db.close();
  };
  return { store, documents: new DocumentStore(db), close };
}

type Servers = {
  readonly main: Listening;
  readonly deletes: Listening | null;
  readonly keys: HostKeys;
  readonly control: Control | null;
};

async function startServers(
  options: HostOptions,
  identity: Identity,
  { store, documents }: Storage,
  report: (error: unknown) => void,
): Promise<{ ok: true; value: Servers } | { ok: false; error: HostStartError }> {
  const test = options.mode === 'test';
  const keys = keysFor(options);
  let main: Listening | null = null;
  let deletes: Listening | null = null;
  const openConnections = (): number => (main?.openConnections() ?? 0) + (deletes?.openConnections() ?? 0);
  const control = test ? new Control({ store, documents, now: options.now, openConnections }) : null;
  const host: HostContext = {
    store,
    documents,
    keys,
    limits: test ? { ...TEST_LIMITS, ...options.limits } : NO_LIMITS,
    now: options.now,
    baseUrl: () => `http://127.0.0.1:${main?.port ?? 0}`,
    deleteBaseUrl: () => `http://127.0.0.1:${deletes?.port ?? 0}`,
    switches: () => control?.switches ?? DEFAULT_SWITCHES,
    report,
    control,
  };

  if (test) {
    const outcome = await listen(deleteApp(host, () => deletes?.port ?? 0), 0);
    if (!outcome.ok) return { ok: false, error: { code: 'port-refused', port: 0, message: outcome.message } };
    deletes = outcome.listening;
  }
  const app = mainApp(host, identity.id, () => main?.port ?? 0);
  const { outcome, port } = await listenOnChosenPort(app, options.port, identity.port);
  if (!outcome.ok) {
    await deletes?.stop(0);
    return { ok: false, error: await portError(outcome, port, identity.id) };
  }
  main = outcome.listening;
  return { ok: true, value: { main, deletes, keys, control } };
}

function mainApp(host: HostContext, folderId: string, port: () => number): HostApp {
  const app = newApp(host, 'main', port);
  app.get('/heartbeat', () => json({ picferryHost: folderId }));
  mountWizs(host, app, '');
  mountWizsJson(host, app, '');
  const { control } = host;
  if (control === null) return app;
  mountWizs(host, app, '/wizs');
  mountWizsJson(host, app, '/wizs');
  mountEasyImages(host, app, '/easyimages');
  mountImgurl(host, app, '/imgurl');
  mountChevereto(host, app, '/chevereto');
  mountSmms(host, app, '/smms');
  mountControl(control, app, '/__control');
  return app;
}

/** Delete links of services that keep them on another domain. */
function deleteApp(host: HostContext, port: () => number): HostApp {
  const app = newApp(host, 'delete', port);
  mountImgurlDeletes(host, app, '/imgurl');
  mountCheveretoDeletes(host, app, '/chevereto');
  return app;
}

function newApp(host: HostContext, name: 'main' | 'delete', port: () => number): HostApp {
  const app = new Hono<HostEnv>();
  const { control } = host;
  if (control) {
    app.use(async (call, next) => {
      control.begin(name, call);
      await next();
    });
  }
  app.use(guard({ port, anyPort: control !== null }));
  app.notFound(() => wizsError(404, 'File not found'));
  app.onError((error) => {
    host.report(error);
    return wizsError(500, 'Internal error');
  });
  return app;
}

function keysFor(options: HostOptions): HostKeys {
  return {
    wizs: options.keys?.wizs ?? options.key ?? randomMixed(40),
    easyimages: options.keys?.easyimages ?? randomHex(32),
    imgurl: options.keys?.imgurl ?? { uid: randomHex(32), token: randomHex(32) },
    chevereto: options.keys?.chevereto ?? `chv_${randomBytes(2).readUInt16BE()}_${randomMixed(64)}`,
  };
}

/** Below every system's range of ports for outgoing connections, so that a kept port is rarely in use by chance. */
const KEPT_PORTS = { from: 21_000, to: 32_000, tries: 20 } as const;

async function listenOnChosenPort(
  app: HostApp,
  wanted: HostOptions['port'],
  kept: number | null,
): Promise<{ readonly outcome: ListenOutcome; readonly port: number }> {
  const fixed = wanted === 'kept' ? kept : wanted;
  if (fixed !== null) return { outcome: await listen(app, fixed), port: fixed };
  for (let tried = 1; ; tried += 1) {
    const port = randomInt(KEPT_PORTS.from, KEPT_PORTS.to);
    const outcome = await listen(app, port);
    if (outcome.ok || tried === KEPT_PORTS.tries) return { outcome, port };
  }
}

async function portError(
  failure: Extract<ListenOutcome, { ok: false }>,
  port: number,
  folderId: string,
): Promise<HostStartError> {
  if (failure.code === 'refused') return { code: 'port-refused', port, message: failure.message };
  const by = await portOwner(port, folderId);
  return { code: 'port-taken', port, by, message: `Port ${port} is in use by ${ownerWords(by)}.` };
}

function folderError(error: unknown): HostStartError {
  const message = error instanceof Error ? error.message : String(error);
  return { code: error instanceof NewerDataError ? 'newer-data' : 'folder-unusable', message };
}
