import { z } from 'zod';
import { StoredAccount } from './account';
import { LANGUAGES, THEMES } from './appearance';
import { LibrarySort } from './library-query';
import { PreparationSettings, ProfileId } from './preparation';
import { ResolverLook } from './resolver';

/** A named link format, or `custom` for the template in the settings. */
export const LinkFormat = z.enum(['url', 'markdown', 'html', 'bbcode', 'custom']);
export type LinkFormat = z.infer<typeof LinkFormat>;

export const ProxySettings = z
  .strictObject({
    mode: z.enum(['system', 'manual', 'none']),
    /** `http://host:port` or `socks5://host:port`; used when mode is manual. */
    url: z.string().max(500),
    username: z.string().max(200),
    /** Whether a password lies in the vault. */
    passwordSet: z.boolean(),
  })
  .readonly();
export type ProxySettings = z.infer<typeof ProxySettings>;

/** How the library is shown; kept over a restart. */
export const LibraryView = z
  .strictObject({
    layout: z.enum(['grid', 'list']).default('grid'),
    /** Width of a tile in the grid, in CSS pixels. */
    tile: z.number().int().min(96).max(320).default(176),
    sort: LibrarySort.default({ by: 'time', direction: 'desc' }),
    details: z.boolean().default(false),
  })
  .readonly();
export type LibraryView = z.infer<typeof LibraryView>;

/** A key combination as Electron writes it (`CommandOrControl+Alt+Shift+U`). */
const Accelerator = z.string().min(1).max(100);

/**
 * A global key: null is off. What it uploads goes to `accountId` (null: the default account), its links come in `format` and its
 * pictures are made ready by `profile` (null: the account's).
 */
export const Shortcut = z
  .strictObject({ accelerator: Accelerator.nullable(), accountId: z.string().max(200).nullable(), format: LinkFormat.nullable(), profile: ProfileId.nullable().default(null) })
  .readonly();
export type Shortcut = z.infer<typeof Shortcut>;
const shortcut = (accelerator: string | null) => Shortcut.default({ accelerator, accountId: null, format: null, profile: null });

export const ShortcutName = z.enum(['uploadClipboard', 'captureRegion', 'captureWindow', 'captureScreen', 'openWindow']);
export type ShortcutName = z.infer<typeof ShortcutName>;

/** Chosen so that no editor in wide use has them. */
export const Shortcuts = z
  .strictObject({
    uploadClipboard: shortcut('CommandOrControl+Alt+Shift+U'),
    captureRegion: shortcut('CommandOrControl+Alt+Shift+A'),
    captureWindow: shortcut(null),
    captureScreen: shortcut(null),
    openWindow: shortcut(null),
  })
  .readonly();
export type Shortcuts = z.infer<typeof Shortcuts>;

/** What a watcher does with a new picture: ask by a notification, or upload at once. */
const WatcherAct = z.enum(['ask', 'upload']);

export const ClipboardWatcher = z.strictObject({ on: z.boolean().default(false), act: WatcherAct.default('ask') }).readonly();
export type ClipboardWatcher = z.infer<typeof ClipboardWatcher>;

export const ScreenshotWatcher = z
  .strictObject({
    on: z.boolean().default(false),
    act: WatcherAct.default('ask'),
    /** Watches the folder in which the system puts screenshots, wherever that is. */
    systemFolder: z.boolean().default(true),
    /** Folders of one's choice; `pattern` is a file name with `*` and `?`, '' takes every picture. */
    folders: z
      .array(z.strictObject({ path: z.string().min(1).max(4000), pattern: z.string().max(200) }).readonly())
      .max(50)
      .readonly()
      .default([]),
    /** What happens to a file once its link is there. */
    after: z.enum(['keep', 'trash', 'move']).default('keep'),
    moveTo: z.string().max(4000).default(''),
  })
  .readonly();
export type ScreenshotWatcher = z.infer<typeof ScreenshotWatcher>;

/** In pixels of the display, from its own corner. */
export const CaptureRegion = z
  .strictObject({ display: z.string().max(100), x: z.number().int(), y: z.number().int(), width: z.number().int().min(1), height: z.number().int().min(1) })
  .readonly();
export type CaptureRegion = z.infer<typeof CaptureRegion>;

export const CaptureSettings = z
  .strictObject({
    delaySeconds: z.number().int().min(0).max(60).default(0),
    /** Shows the picture for cropping and marking before it is uploaded. */
    edit: z.boolean().default(false),
    lastRegion: CaptureRegion.nullable().default(null),
  })
  .readonly();
export type CaptureSettings = z.infer<typeof CaptureSettings>;

export const LocalApiSettings = z
  .strictObject({
    on: z.boolean().default(false),
    port: z.number().int().min(1).max(65_535).default(36_677),
    /** HTTP status codes that tell failures apart; without it a failure is 200 with `success: false`, as most clients expect. */
    strictStatus: z.boolean().default(false),
    /** The switch for programs that cannot send a token: not for browsers, and only for pictures and videos inside `folders`. */
    withoutToken: z
      .strictObject({ on: z.boolean().default(false), folders: z.array(z.string().min(1).max(4000)).max(50).readonly().default([]) })
      .readonly()
      .prefault({}),
  })
  .readonly();
export type LocalApiSettings = z.infer<typeof LocalApiSettings>;

/** An account's own link formats, in place of those for all. */
export const AccountLinks = z
  .strictObject({ linkFormat: LinkFormat, customTemplate: z.string().max(2000), videoFormat: LinkFormat, customVideoTemplate: z.string().max(2000) })
  .readonly();
export type AccountLinks = z.infer<typeof AccountLinks>;

/** What stands between several links. */
export const LinkSeparator = z.enum(['line', 'blank-line', 'space', 'comma']);
export type LinkSeparator = z.infer<typeof LinkSeparator>;

/** Version 3 of the settings file. Every field has a default, so that an empty file is a fresh install. */
export const Settings = z
  .strictObject({
    version: z.literal(4).default(4),
    language: z.enum(LANGUAGES).default('system'),
    theme: z.enum(THEMES).default('system'),
    linkFormat: LinkFormat.default('markdown'),
    customTemplate: z.string().max(2000).default('![{alt}]({url})'),
    /** Video has a format of its own: a Markdown picture of a video shows nothing in most places. */
    videoFormat: LinkFormat.default('markdown'),
    customVideoTemplate: z.string().max(2000).default('[{alt}]({url})'),
    /** By account id; an account that is not in it uses the formats above. */
    accountLinks: z.record(z.string().max(200), AccountLinks).readonly().default({}),
    linkSeparator: LinkSeparator.default('line'),
    /** Percent-encodes what would break a link; off leaves addresses as the host gave them, where the format survives that. */
    encodeLinks: z.boolean().default(true),
    copyWhenDone: z.boolean().default(true),
    /** New jobs of the window wait for a person to name them. */
    askNames: z.boolean().default(false),
    shortcuts: Shortcuts.prefault({}),
    clipboardWatcher: ClipboardWatcher.prefault({}),
    screenshotWatcher: ScreenshotWatcher.prefault({}),
    capture: CaptureSettings.prefault({}),
    /** How pictures are made ready before they are uploaded. */
    preparation: PreparationSettings.prefault({}),
    /** Closing the window leaves Picferry in the tray, where there is one. */
    stayInTray: z.boolean().default(true),
    /** A small window above all others that takes dropped files. */
    dropWindow: z.boolean().default(false),
    notifications: z.enum(['all', 'problems', 'none']).default('all'),
    localApi: LocalApiSettings.prefault({}),
    /** Jobs at once to one account, unless the account says otherwise. */
    concurrency: z.number().int().min(1).max(16).default(4),
    limits: z
      .strictObject({
        connectMs: z.number().int().min(100).max(600_000).default(15_000),
        /** No byte accepted for this long ends the try. */
        stallMs: z.number().int().min(100).max(600_000).default(30_000),
        /** No answer this long after the last byte makes the outcome unknown. */
        answerMs: z.number().int().min(100).max(3_600_000).default(120_000),
      })
      .readonly()
      .prefault({}),
    proxy: ProxySettings.default({ mode: 'system', url: '', username: '', passwordSet: false }),
    accounts: z.array(StoredAccount).readonly().default([]),
    /** Null means the embedded host, or the first real account that has its keys once there is one. */
    defaultAccountId: z.string().nullable().default(null),
    /** A default chosen by hand is never changed by adding an account. */
    defaultChosenByHand: z.boolean().default(false),
    queuePaused: z.boolean().default(false),
    /** The embedded host's port, chosen once and kept so that its links stay valid. */
    hostPort: z.number().int().min(1).max(65_535).nullable().default(null),
    window: z
      .strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), display: z.string() })
      .nullable()
      .default(null),
    railOpen: z.boolean().default(true),
    /** How the resolver of documents is shown. */
    resolverLook: ResolverLook.prefault({}),
    /** How the library was last shown. */
    libraryView: LibraryView.prefault({}),
    /** The album chosen last at upload, per account. */
    chosenAlbums: z.record(z.string(), z.string()).readonly().default({}),
    /** Notices that a person has put away, by key. */
    dismissed: z.array(z.string()).readonly().default([]),
  })
  .readonly();
export type Settings = z.infer<typeof Settings>;

/** What the window may change by itself; accounts and the default go through the accounts calls. */
export const SettingsPatch = z
  .strictObject({
    language: z.enum(LANGUAGES),
    theme: z.enum(THEMES),
    linkFormat: LinkFormat,
    customTemplate: z.string().max(2000),
    videoFormat: LinkFormat,
    customVideoTemplate: z.string().max(2000),
    accountLinks: z.record(z.string().max(200), AccountLinks).readonly(),
    linkSeparator: LinkSeparator,
    encodeLinks: z.boolean(),
    copyWhenDone: z.boolean(),
    askNames: z.boolean(),
    shortcuts: Shortcuts,
    clipboardWatcher: ClipboardWatcher,
    screenshotWatcher: ScreenshotWatcher,
    capture: CaptureSettings,
    preparation: PreparationSettings,
    stayInTray: z.boolean(),
    dropWindow: z.boolean(),
    notifications: z.enum(['all', 'problems', 'none']),
    localApi: LocalApiSettings,
    concurrency: z.number().int().min(1).max(16),
    limits: z.strictObject({
      connectMs: z.number().int().min(100).max(600_000),
      stallMs: z.number().int().min(100).max(600_000),
      answerMs: z.number().int().min(100).max(3_600_000),
    }),
    proxy: z.strictObject({
      mode: z.enum(['system', 'manual', 'none']),
      url: z.string().max(500),
      username: z.string().max(200),
      /** A new password; '' removes it; absent leaves it as it is. */
      password: z.string().max(500).optional(),
    }),
    railOpen: z.boolean(),
    libraryView: LibraryView,
    resolverLook: ResolverLook,
    chosenAlbums: z.record(z.string().max(200), z.string().max(200)).readonly(),
    dismissed: z.array(z.string()).readonly(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
