import type { BrowserWindow } from 'electron';
import type { i18n } from 'i18next';
import type { DataFolder } from '../../lib/data-folder';
import type { Logger } from '../../lib/logger';
import type { Settings } from '../../shared/model/settings';
import type { Owner } from '../handover';
import type { HandlerDeps } from '../ipc';
import type { ClipboardPort, DialogsPort } from '../platform';
import type { EarlySettings } from './early-settings';
import type { ServedPage } from './page-protocol';

/** What the start has found and built, for the time the window lives. */
export type AppParts = {
  readonly folder: DataFolder;
  /** The folder of the built programs. */
  readonly programs: string;
  readonly preload: string;
  /** The folder of the thumbnails. */
  readonly thumbs: string;
  readonly icon: string;
  readonly early: EarlySettings;
  readonly logger: Logger;
  readonly windows: () => readonly BrowserWindow[];
  readonly texts: () => i18n;
  readonly setLanguage: (language: Settings['language']) => void;
  readonly systemLanguage: 'en' | 'zh-CN';
  readonly clipboard: ClipboardPort;
  readonly dialogs: DialogsPort;
  readonly openLink: HandlerDeps['openLink'];
  readonly devTools: boolean;
  readonly checkOutput: boolean;
  /** What serves the window its files, and pictures once the services are there. */
  readonly page: ServedPage;
  /** Resolves when the data folder is ours. */
  readonly owner: Promise<Owner>;
};
