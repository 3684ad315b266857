import { z } from 'zod';
import { StoredAccount } from './account';
import { LibrarySort } from './library-query';

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

/** Version 1 of the settings file. Every field has a default, so that an empty file is a fresh install. */
export const Settings = z
  .strictObject({
    version: z.literal(1).default(1),
    language: z.enum(['system', 'en', 'zh-CN']).default('system'),
    theme: z.enum(['system', 'light', 'dark', 'contrast']).default('system'),
    linkFormat: LinkFormat.default('markdown'),
    customTemplate: z.string().max(2000).default('![{alt}]({url})'),
    /** Video has a format of its own: a Markdown picture of a video shows nothing in most places. */
    videoFormat: LinkFormat.default('markdown'),
    customVideoTemplate: z.string().max(2000).default('[{alt}]({url})'),
    copyWhenDone: z.boolean().default(true),
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
    /** Null means the embedded host, or the first real account once there is one. */
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
    language: z.enum(['system', 'en', 'zh-CN']),
    theme: z.enum(['system', 'light', 'dark', 'contrast']),
    linkFormat: LinkFormat,
    customTemplate: z.string().max(2000),
    videoFormat: LinkFormat,
    customVideoTemplate: z.string().max(2000),
    copyWhenDone: z.boolean(),
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
    chosenAlbums: z.record(z.string().max(200), z.string().max(200)).readonly(),
    dismissed: z.array(z.string()).readonly(),
  })
  .partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;
