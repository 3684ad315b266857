import type { Bridge, CallName, Calls, EventName, Events, WindowSettings } from '../../src/shared/ipc/contract';
import type { Result } from '../../src/shared/ipc/result';
import { Settings } from '../../src/shared/model/settings';
import type { z } from 'zod';
import { createFakeApi } from './fake-api';
import { createFakeLibrary, type Handlers } from './fake-library';
import { createFakeRemote } from './fake-remote';
import { inventProblem, summaryOf } from './invented-jobs';
import { providers } from './invented-providers';
import type { Scene } from './scenes';

export type FakeBridge = Bridge & {
  /** Sends an event to the page as main would, with the next revision. */
  readonly emit: <K extends EventName>(name: K, event: Omit<z.output<Events[K]>, 'rev'>) => void;
  /** Every call so far, for looking at. */
  readonly asked: readonly { readonly name: CallName; readonly input: unknown }[];
};

const withoutOwn = (changed: Partial<WindowSettings>): WindowSettings => {
  const { accounts: _accounts, window: _window, ...settings } = Settings.parse({});
  return { ...settings, ...changed };
};

/** A main process in small, over an invented scene: enough to look at and to click through every screen. */
export const createFakeBridge = (scene: Scene, chosen: Partial<WindowSettings>): FakeBridge => {
  let settings = withoutOwn({ ...chosen, queuePaused: scene.paused });
  let { accounts, notices } = scene;
  const revs = new Map<EventName, number>();
  const listeners = new Map<EventName, Set<(event: never) => void>>();
  const asked: { readonly name: CallName; readonly input: unknown }[] = [];

  const emit: FakeBridge['emit'] = (name, event) => {
    const rev = (revs.get(name) ?? 0) + 1;
    revs.set(name, rev);
    for (const listener of listeners.get(name) ?? []) (listener as (event: unknown) => void)({ ...event, rev });
  };
  const rev = (name: EventName): number => revs.get(name) ?? 0;

  const handlers: Handlers = {
    'app:info': () => ({
      version: '0.1.0',
      platform: 'linux',
      electron: '25.1.1',
      chrome: '114.0.5735.45',
      node: '18.15.0',
      runtimeNote: null,
      systemLanguage: 'en',
      dataFolder: '/home/mei/.config/Picferry',
      commandLine: '/opt/picferry/out/main/cli.js',
      vault: 'keychain',
    }),
    'notices:snapshot': () => ({ rev: rev('notices:changed'), notices: [...notices] }),
    'notices:dismiss': ({ id }) => {
      notices = notices.filter((notice) => notice.id !== id);
      emit('notices:changed', { notices: [...notices] });
    },
    'settings:snapshot': () => ({ rev: rev('settings:changed'), settings }),
    'settings:set': ({ proxy, ...patch }) => {
      settings = { ...settings, ...(patch as Partial<WindowSettings>), ...(proxy === undefined ? {} : { proxy: { mode: proxy.mode, url: proxy.url, username: proxy.username, passwordSet: settings.proxy.passwordSet || (proxy.password ?? '') !== '' } }) };
      emit('settings:changed', { settings });
    },
    'accounts:snapshot': () => ({ rev: rev('accounts:changed'), accounts: [...accounts] }),
    'accounts:providers': () => [...providers],
    'accounts:check-url': ({ url }) => {
      try {
        const parsed = new URL(url.includes('://') ? url : `https://${url}`);
        const isPrivate = /^(localhost|127\.|10\.|192\.168\.)/.test(parsed.hostname);
        const problem = parsed.protocol === 'https:' ? 'none' : isPrivate ? 'http-private' : 'http-public';
        return { url: parsed.origin, problem };
      } catch {
        return { url, problem: 'malformed' };
      }
    },
    'accounts:set-default': ({ id }) => {
      accounts = accounts.map((account) => ({ ...account, isDefault: account.id === id }));
      emit('accounts:changed', { accounts: [...accounts] });
    },
    'accounts:resume': ({ id }) => {
      accounts = accounts.map((account) => (account.id === id ? { ...account, paused: null } : account));
      emit('accounts:changed', { accounts: [...accounts] });
    },
    'accounts:remove': ({ id }) => {
      accounts = accounts.filter((account) => account.id !== id);
      emit('accounts:changed', { accounts: [...accounts] });
    },
    'accounts:save': (draft) => {
      const provider = providers.find((one) => one.id === draft.provider);
      if (provider === undefined) throw new Error('no such provider');
      const before = accounts.find((one) => one.id === draft.id);
      const saved = {
        id: draft.id ?? `acc-${accounts.length + 10}`,
        name: draft.name,
        provider: draft.provider,
        url: draft.url,
        settings: draft.settings,
        secretsSet: [...new Set([...(before?.secretsSet ?? []), ...Object.keys(draft.secrets)])],
        capabilities: provider.capabilities,
        isDefault: before?.isDefault ?? false,
        onlyThisComputer: false,
        paused: null,
      };
      accounts = before === undefined ? [...accounts, saved] : accounts.map((one) => (one.id === saved.id ? saved : one));
      emit('accounts:changed', { accounts: [...accounts] });
      return saved;
    },
    'accounts:test': () => ({
      canUpload: false,
      steps: [
        { what: 'address', result: 'works', problem: null },
        { what: 'reach', result: 'works', problem: null },
        {
          what: 'key',
          result: 'fails',
          problem: { kind: 'auth', sub: null, message: 'authBad', params: { host: 'Blog pictures' }, retryable: false, retryAfterMs: null, detail: 'HTTP 401', at: 0 },
        },
        { what: 'upload', result: 'unknown', problem: null },
      ],
    }),
    'accounts:albums': () =>
      ['Travel', 'Screenshots', '二零二六'].map((name, index) => ({ id: `${index + 1}`, name, description: null, isPrivate: null, coverUrl: null, createdAt: null, updatedAt: null })),
    'queue:snapshot': () => ({ rev: rev('queue:changed'), jobs: [...scene.jobs], summary: summaryOf(scene.jobs, { paused: scene.paused, offline: scene.offline }) }),
    'queue:add-paths': () => ({ jobIds: [] }),
    'queue:add-bytes': () => ({ jobIds: [] }),
    'queue:add-url': () => ({ jobIds: [] }),
    'queue:choose-files': () => ({ jobIds: [] }),
    'queue:paste': () => ({ jobIds: [] }),
    'queue:settle': () => ({ result: 'cannot_tell' }),
    ...createFakeApi(),
    ...createFakeLibrary(scene.uploads, (name, event) => emit(name, event)),
    ...createFakeRemote(scene.more ?? {}, (name, event) => emit(name, event)),
  };

  return {
    asked,
    emit,
    pathOf: () => '',
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (event: never) => void);
      return () => {
        set.delete(listener as (event: never) => void);
      };
    },
    invoke: async <K extends CallName>(name: K, input: z.input<Calls[K]['input']>) => {
      asked.push({ name, input });
      if (scene.silent?.includes(name) === true) return new Promise<never>(() => undefined);
      if (scene.failing?.includes(name) === true) return { ok: false, error: { code: 'failed', id: 'e1', problem: inventProblem({ message: 'databaseBusy' }) } } as Result<z.output<Calls[K]['output']>>;
      const handler = handlers[name] as ((input: unknown) => unknown) | undefined;
      return Promise.resolve({ ok: true, value: handler?.(input) } as Result<z.output<Calls[K]['output']>>);
    },
  };
};
