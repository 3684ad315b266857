import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcessPort } from '../services';
import type { LazySync, OnlineSource, SyncService } from './contract';
import type { OwnAccounts, OwnSettings } from './own/sources';
import type { Connection } from './process/messages';
import type { RunningSync, SyncServiceDeps } from './running/sync-service';

export type LazySyncDeps = Pick<SyncServiceDeps, 'canSync' | 'nameOf' | 'isSameHost' | 'goneName' | 'onAccounts' | 'isLocal' | 'now' | 'after' | 'random' | 'onFault'> & {
  /** Ours alone, below the data folder. */
  readonly folder: string;
  /** Picferry's own data, which can sync as well. */
  readonly settings: OwnSettings;
  readonly accounts: OwnAccounts;
  readonly library: SyncServiceDeps['library'];
  readonly children: ChildProcessPort;
  readonly deviceName: string;
  readonly userAgent: string;
  /** How an account's host is reached now. Rejects with `PicferryError` for an account that is gone. */
  readonly connect: (account: string) => Promise<Connection>;
  /** `PAC`-style answer of the system for a URL; null where it cannot be asked. */
  readonly systemProxy: ((url: string) => Promise<string>) | null;
};

/** A document's folder lies in the one of its account. */
const hasDocuments = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).length > 0);

/** Documents that are loaded and opened when first asked for, so that a start does not wait for them. */
export function createLazySync(deps: LazySyncDeps): LazySync {
  let opening: Promise<RunningSync> | undefined;
  let opened: RunningSync | null = null;
  let online: OnlineSource | null = null;
  let closed = false;
  const listeners = new Set<(service: SyncService) => void>();
  const load = async (): Promise<RunningSync> => {
    const [{ createEngineProcess }, { createSyncService }, { openSwitches }, { watchFiles }, { accountsSource, settingsSource }] = await Promise.all([
      import('./process/engine-process'),
      import('./running/sync-service'),
      import('./running/switches'),
      import('./running/watch-files'),
      import('./own/sources'),
    ]);
    const { folder, children, deviceName, userAgent, connect, systemProxy, after, now, onFault } = deps;
    const engine = createEngineProcess({
      children,
      setup: { folder, deviceName, userAgent, asksProxy: systemProxy !== null },
      answer: (question) => (question.what === 'connection' ? connect(question.account) : (systemProxy?.(question.url) ?? Promise.resolve('DIRECT'))),
      after,
      now,
    });
    const watch: SyncServiceDeps['watch'] = (onChange) => watchFiles({ onChange, after, onFault: (error) => onFault('a document was not watched', error) });
    const ownSources = { settings: settingsSource(deps.settings), accounts: accountsSource(deps.accounts, deps.settings) };
    const service = await createSyncService({ ...deps, engine, switches: openSwitches(folder), watch, ownFolder: `${folder}-own`, ownSources });
    opened = service;
    service.onChange(() => listeners.forEach((listener) => listener(service)));
    if (online !== null) service.start(online);
    return service;
  };
  const open = (): Promise<RunningSync> => {
    opening ??= load();
    // One that failed is tried anew by whoever asks next.
    opening.catch(() => (opening = undefined));
    return opening;
  };
  return {
    open,
    opened: () => opened,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start(source) {
      online = source;
      if (closed) return;
      if (opening !== undefined) void opening.then((service) => service.start(source), () => undefined);
      else if (hasDocuments(deps.folder)) open().catch((error: unknown) => deps.onFault('documents do not sync', error));
    },
    leave: async (account) => (opening === undefined && !hasDocuments(deps.folder) ? 0 : (await open()).leave(account)),
    async close() {
      closed = true;
      const service = await opening?.catch(() => undefined);
      await service?.close();
    },
  };
}
