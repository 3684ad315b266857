import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, BrowserWindow, dialog, Menu, shell } from 'electron';
import type { i18n } from 'i18next';
import { dataFolderPath, openDataFolder, type DataFolder } from '../../lib/data-folder';
import { createFileLogger } from '../../lib/logger';
import { isFull } from '../../lib/full-disk';
import { PicferryError } from '../../lib/picferry-error';
import { createTranslator, languageOf, problemText } from '../../shared/i18n/translator';
import type { Settings } from '../../shared/model/settings';
import { claimForWindow, type Owner } from '../handover';
import { systemClipboard, systemDialogs } from '../platform';
import type { AppParts } from './app-parts';
import { runApp } from './app-run';
import { createOpenLink } from './open-external';
import { readEarlySettings } from './early-settings';
import { lockDown } from './lock-down';
import { applyTheme } from './main-window';
import { declarePageScheme, servePage } from './page-protocol';

/** The built programs lie beside each other in out/main; the page and the preload beside that folder. */
const programs = __dirname;
const built = dirname(programs);

/** Where the data lies decides everything else, so this comes before Electron makes a file of its own. */
const placeData = (): DataFolder => {
  const path = dataFolderPath({ env: process.env, platform: process.platform, home: homedir(), cwd: process.cwd() });
  const folder = openDataFolder(path);
  app.setPath('userData', path);
  const chromium = join(path, 'chromium');
  try {
    if (folder.writable) mkdirSync(chromium, { recursive: true, mode: 0o700 });
  } catch {
    // Chromium tries once more itself; what the disk refuses is told where our own files are opened.
  }
  app.setPath('sessionData', chromium);
  return folder;
};

const refuse = async (texts: i18n, folder: DataFolder): Promise<never> => {
  const text = isFull(folder.why) ? texts.t('problems:diskFull') : texts.t('menu:dataFolderRefused', { folder: folder.path, why: folder.why });
  process.stderr.write(`${text}\n`);
  await app.whenReady();
  dialog.showErrorBox(texts.t('menu:startFailed'), text);
  return app.exit(1) as never;
};

/** Without a window, nobody would learn that the start failed, nor be able to end the process. */
const giveUp = async (folder: DataFolder, texts: i18n, error: unknown): Promise<never> => {
  createFileLogger({ folder: folder.logs, now: Date.now }).log('error', 'the start failed', { error });
  const text = error instanceof PicferryError ? problemText(texts, error.problem) : texts.t('menu:startFailedDetail', { folder: folder.logs });
  process.stderr.write(`${text}\n`);
  await app.whenReady();
  dialog.showErrorBox(texts.t('menu:startFailed'), text);
  return app.exit(1) as never;
};

/** Starts Picferry's window process. Resolves when its window was opened, when another one was shown instead, or when the failure was told. */
export const startApp = async (): Promise<void> => {
  const folder = placeData();
  try {
    await openApp(folder);
  } catch (error) {
    await giveUp(folder, createTranslator(languageOf(app.getLocale() || 'en')), error);
  }
};

const openApp = async (folder: DataFolder): Promise<void> => {
  // Chromium's sandbox cannot run as root; only the launcher's own flag for that case leaves it off.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  declarePageScheme();
  Menu.setApplicationMenu(null);

  const early = readEarlySettings(join(folder.store, 'settings.json'));
  const language = (wanted: Settings['language']): 'en' | 'zh-CN' =>
    wanted === 'system' ? languageOf(app.getPreferredSystemLanguages()[0] ?? app.getLocale()) : wanted;
  if (!folder.writable) await refuse(createTranslator(languageOf(app.getLocale() || 'en')), folder);

  const logger = createFileLogger({ folder: folder.logs, now: Date.now });
  let waiting: () => void = () => undefined;
  const waits = new Promise<'waiting'>((resolve) => (waiting = () => resolve('waiting')));
  const claimed = claimForWindow(folder.path, waiting);
  const [first] = await Promise.all([Promise.race([claimed, waits]), app.whenReady()]);
  if (first === 'shown') return app.exit(0);

  lockDown();
  applyTheme(early.theme);
  const thumbs = join(folder.path, 'thumbs');
  const page = servePage(join(built, 'renderer'), thumbs);

  let texts = createTranslator(language(early.language));
  const windows = (): readonly BrowserWindow[] => BrowserWindow.getAllWindows().filter((window) => !window.isDestroyed());
  const parts: AppParts = {
    folder,
    thumbs,
    page,
    programs,
    icon: join(dirname(built), 'resources', 'icon.png'),
    preload: join(built, 'preload', 'index.js'),
    early,
    logger,
    windows,
    texts: () => texts,
    setLanguage: (wanted) => (texts = createTranslator(language(wanted))),
    systemLanguage: language('system'),
    clipboard: systemClipboard(),
    dialogs: systemDialogs({ window: () => windows()[0] ?? null, texts: () => texts, startFolder: () => app.getPath('pictures'), dirname }),
    openLink: createOpenLink((url) => shell.openExternal(url), Date.now),
    devTools: process.env['PICFERRY_DEV'] === '1',
    checkOutput: process.env['PICFERRY_CHECK_OUTPUT'] === '1',
    owner: claimed.then(async (result): Promise<Owner> => {
      if (result !== 'shown') return result;
      app.exit(0);
      return new Promise(() => undefined);
    }),
  };
  runApp(parts);
};
