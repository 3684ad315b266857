import { z } from 'zod';
import { Account, AccountDraft, AccountTest, Album } from '../model/account';
import { Job, QueueSummary } from '../model/job';
import { Notice } from '../model/notice';
import { Problem } from '../model/problem';
import { ProviderDescriptor } from '../model/provider';
import { Operation } from '../model/operation';
import { LibraryAlbum } from '../model/library-album';
import { ApiState } from '../model/local-api';
import { Settings, SettingsPatch } from '../model/settings';
import { ShortcutState } from '../model/shortcut-state';
import { SyncView } from '../model/sync';
import { Upload } from '../model/upload';
import { WatchersView } from '../model/watchers';
import { call, Id, Ids, Nothing, Rev, Target } from './call';
import { albumsCalls } from './calls/albums-calls';
import { apiCalls } from './calls/api-calls';
import { captureCalls } from './calls/capture-calls';
import { desktopCalls } from './calls/desktop-calls';
import { libraryCalls } from './calls/library-calls';
import { operationsCalls } from './calls/operations-calls';
import { preparationCalls } from './calls/preparation-calls';
import { previewsCalls } from './calls/previews-calls';
import { remoteCalls } from './calls/remote-calls';
import { resolverCalls, resolverEvents } from './calls/resolver-calls';
import { shortcutsCalls } from './calls/shortcuts-calls';
import { syncCalls } from './calls/sync-calls';
import { transferCalls } from './calls/transfer-calls';
import { watchersCalls } from './calls/watchers-calls';

/** Settings as the window sees them: without the accounts, which have their own slice. */
export const WindowSettings = z.strictObject(Settings.unwrap().omit({ accounts: true, window: true }).shape).readonly();
export type WindowSettings = z.infer<typeof WindowSettings>;

/** Everything the window can ask of main: one line a call, input checked in main before it runs. */
export const calls = {
  'app:info': call(
    Nothing,
    z.strictObject({
      version: z.string(),
      platform: z.string(),
      electron: z.string(),
      chrome: z.string(),
      node: z.string(),
      /** Said in About when the runtime is one for trying out; null otherwise. */
      runtimeNote: z.string().nullable(),
      /** The system's language, already narrowed to ours. */
      systemLanguage: z.enum(['en', 'zh-CN']),
      dataFolder: z.string(),
      /** The program of the command line, run by Node. */
      commandLine: z.string(),
      /** Where the vault's key lies. */
      vault: z.enum(['keychain', 'key-file', 'locked']),
    }),
  ),
  'app:open-data-folder': call(Nothing, Nothing),
  /** The window's answer to `window:leaving`: what was half done in it is kept. */
  'app:kept': call(Nothing, Nothing),
  'notices:snapshot': call(Nothing, z.strictObject({ rev: Rev, notices: z.array(Notice) })),
  'notices:dismiss': call(z.strictObject({ id: Id }), Nothing),

  'settings:snapshot': call(Nothing, z.strictObject({ rev: Rev, settings: WindowSettings })),
  'settings:set': call(SettingsPatch, Nothing),

  'accounts:snapshot': call(Nothing, z.strictObject({ rev: Rev, accounts: z.array(Account) })),
  'accounts:providers': call(Nothing, z.array(ProviderDescriptor)),
  /** Cuts a pasted address back to the site's root and says what is wrong with it, without contacting anybody. */
  'accounts:check-url': call(
    z.strictObject({ provider: AccountDraft.unwrap().shape.provider, url: z.string().max(2000) }),
    z.strictObject({ url: z.string(), problem: z.enum(['none', 'malformed', 'no-dot', 'http-public', 'http-private']) }),
  ),
  /** Says whether a folder can be another Picferry's, without contacting anybody, and how it is kept. */
  'accounts:check-folder': call(
    z.strictObject({ folder: z.string().max(2000) }),
    z.strictObject({ folder: z.string(), problem: z.enum(['none', 'relative', 'own', 'no-data']) }),
  ),
  'accounts:choose-folder': call(Nothing, z.strictObject({ path: z.string().nullable() })),
  /** The data folders of this person's other Picferrys that run now. */
  'accounts:neighbours': call(Nothing, z.strictObject({ folders: z.array(z.string()) })),
  'accounts:save': call(AccountDraft, Account),
  'accounts:test': call(z.union([z.strictObject({ id: Id }), z.strictObject({ draft: AccountDraft })]), AccountTest),
  'accounts:remove': call(z.strictObject({ id: Id }), Nothing),
  'accounts:set-default': call(z.strictObject({ id: Id }), Nothing),
  /** Lets a paused account's jobs go on. */
  'accounts:resume': call(z.strictObject({ id: Id }), Nothing),
  'accounts:albums': call(z.strictObject({ id: Id }), z.array(Album)),

  'queue:snapshot': call(Nothing, z.strictObject({ rev: Rev, jobs: z.array(Job), summary: QueueSummary })),
  /** Files and folders; folders are walked for pictures and videos. */
  'queue:add-paths': call(
    z.strictObject({ paths: z.array(z.string().min(1).max(32_768)).min(1).max(10_000), target: Target }),
    z.strictObject({ jobIds: z.array(z.string()) }),
  ),
  /** Pictures without a file behind them (pasted bitmap, dragged from a page); those of one call are one batch. */
  'queue:add-bytes': call(
    z.strictObject({
      files: z
        .array(z.strictObject({ name: z.string().max(1000), bytes: z.instanceof(Uint8Array).refine((b) => b.byteLength <= 256 * 1024 * 1024) }))
        .min(1)
        .max(1000),
      target: Target,
    }),
    z.strictObject({ jobIds: z.array(z.string()) }),
  ),
  /** Fetches a picture by its address, then uploads it. Private addresses are refused. */
  'queue:add-url': call(
    z.strictObject({ url: z.string().max(4000), target: Target }),
    z.strictObject({ jobIds: z.array(z.string()) }),
  ),
  /** Opens the system's file dialog; an empty list means the person closed it. */
  'queue:choose-files': call(z.strictObject({ target: Target }), z.strictObject({ jobIds: z.array(z.string()) })),
  /** Uploads what the clipboard holds: files first, then a picture, then the address of one. */
  'queue:paste': call(z.strictObject({ target: Target }), z.strictObject({ jobIds: z.array(z.string()) })),
  'queue:pause': call(z.strictObject({ paused: z.boolean() }), Nothing),
  'queue:cancel': call(z.union([z.strictObject({ ids: Ids }), z.strictObject({ all: z.literal(true) })]), Nothing),
  'queue:retry': call(z.union([z.strictObject({ ids: Ids }), z.strictObject({ allFailed: z.literal(true) })]), Nothing),
  /** Sends although the same bytes are in the library, or although the outcome of the last try is unknown. */
  'queue:send-anyway': call(z.strictObject({ id: Id }), Nothing),
  /** Asks the host whether an `unknown` job arrived. */
  'queue:settle': call(z.strictObject({ id: Id }), z.strictObject({ result: z.enum(['found', 'not_found', 'cannot_tell']) })),
  'queue:dismiss': call(z.union([z.strictObject({ ids: Ids }), z.strictObject({ finished: z.literal(true) })]), Nothing),
  /** Puts a report on these jobs' failures on the clipboard; it holds no secret. */
  'queue:copy-report': call(z.strictObject({ ids: Ids }), Nothing),

  /** Changes the album of jobs that are not sent yet; null for none. */
  'queue:set-album': call(z.strictObject({ ids: Ids, albumId: z.string().max(200).nullable() }), Nothing),

  ...libraryCalls,
  ...albumsCalls,
  ...operationsCalls,
  ...remoteCalls,
  ...previewsCalls,
  ...preparationCalls,
  ...transferCalls,
  ...shortcutsCalls,
  ...watchersCalls,
  ...captureCalls,
  ...apiCalls,
  ...desktopCalls,
  ...syncCalls,
  ...resolverCalls,
  'clipboard:copy-text': call(z.strictObject({ text: z.string().max(1_000_000) }), Nothing),
} as const;
export type Calls = typeof calls;
export type CallName = keyof Calls;

/** Everything main tells the window by itself. */
export const events = {
  'notices:changed': z.strictObject({ rev: Rev, notices: z.array(Notice) }),
  'settings:changed': z.strictObject({ rev: Rev, settings: WindowSettings }),
  'accounts:changed': z.strictObject({ rev: Rev, accounts: z.array(Account) }),
  /** Merged per job and sent at most ten times a second. */
  'queue:changed': z.strictObject({ rev: Rev, upsert: z.array(Job), removed: z.array(z.string()), summary: QueueSummary }),
  /**
   * What changed. `reordered`: places, totals or days of views read earlier may be out of date (something was added, removed
   * or now matches other filters); with more than 500 changes both lists are empty and views are to be read again.
   */
  'library:changed': z.strictObject({ rev: Rev, upsert: z.array(Upload), removed: z.array(z.string()), reordered: z.boolean() }),
  'albums:changed': z.strictObject({ rev: Rev, albums: z.array(LibraryAlbum) }),
  /** Merged and sent at most ten times a second. */
  'operations:changed': z.strictObject({ rev: Rev, operations: z.array(Operation) }),
  'shortcuts:changed': z.strictObject({ rev: Rev, shortcuts: z.array(ShortcutState) }),
  /** What was asked for outside the window, by a key or the tray, could not be done. */
  'desktop:failed': z.strictObject({ rev: Rev, problem: Problem }),
  'watchers:changed': z.strictObject({ rev: Rev, watchers: WatchersView }),
  'api:changed': z.strictObject({ rev: Rev, api: ApiState }),
  'sync:changed': z.strictObject({ rev: Rev, view: SyncView }),
  /** A batch ended: what was put on the clipboard, so that the window can say so. */
  'output:copied': z.strictObject({ rev: Rev, links: z.number(), failed: z.number(), text: z.string() }),
  ...resolverEvents,
  /** Sent when a menu item or the second start wants something of the window. */
  'window:command': z.strictObject({ rev: Rev, command: z.enum(['choose-files', 'paste', 'show-settings', 'show-keys', 'show-uploads', 'show-sync']) }),
  /** Sent once, when Picferry quits: what waits to be kept is kept now, and `app:kept` says so. Main does not wait long. */
  'window:leaving': z.strictObject({ rev: Rev }),
} as const;
export type Events = typeof events;
export type EventName = keyof Events;

/** What the preload puts on `window.picferry`: functions only, named by the contract. */
export type Bridge = {
  readonly invoke: <K extends CallName>(
    name: K,
    input: z.input<Calls[K]['input']>,
  ) => Promise<import('./result').Result<z.output<Calls[K]['output']>>>;
  /** Returns the unsubscribe. */
  readonly on: <K extends EventName>(name: K, listener: (event: z.output<Events[K]>) => void) => () => void;
  /** The path behind a dropped or pasted file; '' when there is none. */
  readonly pathOf: (file: unknown) => string;
};
