import { dirname } from 'node:path';
import { app, BrowserWindow, shell } from 'electron';
import type { i18n } from 'i18next';
import type { DataFolder } from '../../lib/data-folder';
import type { KeptCompiled } from '../../lib/keep-compiled';
import type { Logger } from '../../lib/logger';
import { createTranslator, languageOf } from '../../shared/i18n/translator';
import type { Settings } from '../../shared/model/settings';
import { createOwnClipboard, type OwnClipboard } from '../clipboard';
import type { Owner } from '../handover';
import type { HandlerDeps } from '../ipc';
import { createSideWindows, systemClipboard, systemDialogs, type DialogsPort, type SideWindows } from '../platform';
import type { EarlySettings } from './early-settings';
import { createOpenLink } from './open-external';
import type { ServedPictures } from './picture-protocol';
import type { Wishes } from './start-wish';

/** What the start has found and opened. */
export type Started = {
  readonly folder: DataFolder;
  /** The folder of the built programs. */
  readonly programs: string;
  /** The folder of the thumbnails. */
  readonly thumbs: string;
  readonly early: EarlySettings;
  readonly logger: Logger;
  readonly compiled: KeptCompiled;
  readonly window: BrowserWindow;
  /** Whether this start was a silent one. */
  readonly hidden: boolean;
  /** What this start and later ones ask for. */
  readonly wishes: Wishes;
  /** What serves the window its pictures, and originals once the services are there. */
  readonly pictures: ServedPictures;
  /** Resolves when the data folder is ours. */
  readonly owner: Promise<Owner>;
};

/** What lives as long as the window does. */
export type AppParts = Started & {
  /** The main window; those beside it are in `sideWindows`. */
  readonly windows: () => readonly BrowserWindow[];
  readonly sideWindows: SideWindows;
  readonly texts: () => i18n;
  readonly setLanguage: (language: Settings['language']) => void;
  readonly systemLanguage: 'en' | 'zh-CN';
  readonly clipboard: OwnClipboard;
  readonly dialogs: DialogsPort;
  readonly openLink: HandlerDeps['openLink'];
  readonly devTools: boolean;
  readonly checkOutput: boolean;
};

const languageFor = (wanted: Settings['language']): 'en' | 'zh-CN' =>
  wanted === 'system' ? languageOf(app.getPreferredSystemLanguages()[0] ?? app.getLocale()) : wanted;

/** A dialog belongs to the window only while that can be seen: on macOS it would hang below a hidden one. */
const parentIn = (window: BrowserWindow): BrowserWindow | null => (!window.isDestroyed() && window.isVisible() ? window : null);

export const createAppParts = (started: Started): AppParts => {
  let texts = createTranslator(languageFor(started.early.language));
  const sideWindows = createSideWindows();
  const windows = (): readonly BrowserWindow[] =>
    BrowserWindow.getAllWindows().filter((window) => !window.isDestroyed() && sideWindows.roleOf(window.webContents.id) === null);
  return {
    ...started,
    windows,
    sideWindows,
    texts: () => texts,
    setLanguage: (wanted) => (texts = createTranslator(languageFor(wanted))),
    systemLanguage: languageFor('system'),
    clipboard: createOwnClipboard({ port: systemClipboard(), onFault: (error) => started.logger.log('warn', 'the clipboard as it was could not be read', { error }), now: Date.now }),
    dialogs: systemDialogs({ window: () => parentIn(started.window), texts: () => texts, startFolder: () => app.getPath('pictures'), dirname }),
    openLink: createOpenLink((url) => shell.openExternal(url), Date.now),
    devTools: process.env['PICFERRY_DEV'] === '1',
    checkOutput: process.env['PICFERRY_CHECK_OUTPUT'] === '1',
  };
};
