import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, Menu } from 'electron';
import { dataFolderPath, openDataFolder, type DataFolder } from '../../lib/data-folder';
import { keepCompiled } from '../../lib/keep-compiled';
import { createFileLogger } from '../../lib/logger';
import { claimForWindow, type Owner } from '../handover';
import { declareSchemes } from './declare-schemes';
import { readEarlySettings } from './early-settings';
import { mayHaveGraphics } from './graphics';
import { lockDown, refuseForeign } from './lock-down';
import { applyTheme, openMainWindow } from './main-window';
import { servePage } from './page-protocol';
import { servePictures } from './picture-protocol';
import { createWishes, gatherFiles, readWish, type Wishes } from './start-wish';

/** The built programs lie beside each other in out/main; the page and the preload beside that folder. */
const programs = __dirname;
const built = dirname(programs);

/** A page that never asks for its files must not keep the rest from starting. */
const PAGE_LIMIT_MS = 5000;

const atMost = async (work: Promise<void>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
};

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

/**
 * Starts Picferry's window process. Resolves when its window was opened, when another one was shown instead, or when the
 * failure was told. This file and its imports are all that the first frame waits for.
 */
export const startApp = async (): Promise<void> => {
  const folder = placeData();
  try {
    await openApp(folder);
  } catch (error) {
    const { giveUp } = await import('./start-failed');
    await giveUp(folder, error);
  }
};

/** How long after the first of several dropped files the others come at the latest. */
const TOGETHER_MS = 100;

/** macOS tells by events of files dropped on the Dock icon and of links, the first of them before Electron is ready. */
const takeSystemWishes = (wishes: Wishes): void => {
  if (process.platform !== 'darwin') return;
  // An event a file, at the same moment: their links belong together.
  const open = gatherFiles((files) => wishes.take({ files }), (act) => void setTimeout(act, TOGETHER_MS));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    wishes.take({ link });
  });
};

const openApp = async (folder: DataFolder): Promise<void> => {
  // Chromium's sandbox cannot run as root; only the launcher's own flag for that case leaves it off.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  if (!mayHaveGraphics(process.platform, existsSync)) app.disableHardwareAcceleration();
  declareSchemes();
  Menu.setApplicationMenu(null);

  const early = readEarlySettings(join(folder.store, 'settings.json'));
  if (!folder.writable) {
    const { refuse } = await import('./start-failed');
    return refuse(folder);
  }

  const wish = readWish(process.argv.slice(1), process.cwd());
  const wishes = createWishes(wish);
  takeSystemWishes(wishes);
  let waiting: () => void = () => undefined;
  const waits = new Promise<'waiting'>((resolve) => (waiting = () => resolve('waiting')));
  const claimed = claimForWindow(folder.path, waiting, wish);
  const [first] = await Promise.all([Promise.race([claimed, waits]), app.whenReady()]);
  if (first === 'shown') return app.exit(0);

  lockDown();
  applyTheme(early.theme);
  const thumbs = join(folder.path, 'thumbs');
  const pictures = servePictures(thumbs);
  const asked = new Promise<void>((resolve) =>
    servePage(join(built, 'renderer'), () => {
      refuseForeign();
      resolve();
    }),
  );
  const devTools = process.env['PICFERRY_DEV'] === '1';
  const icon = join(dirname(built), 'resources', 'icon.png');
  const window = openMainWindow({ early, preload: join(built, 'preload', 'index.js'), icon, devTools, title: 'Picferry', hidden: wish.hidden });
  // A page that came in another way than asking for all of its files.
  window.webContents.once('did-stop-loading', refuseForeign);
  const compiled = keepCompiled({ scripts: join(programs, 'chunks'), place: join(folder.path, 'chromium') });
  // What follows holds this process up, and the page comes through it. Its first calls wait until `runApp` listens, since
  // nothing is taken from the page between here and there.
  await atMost(asked, PAGE_LIMIT_MS);
  const { runApp } = await import('./app-run');
  runApp({
    folder,
    thumbs,
    pictures,
    programs,
    early,
    window,
    hidden: wish.hidden,
    wishes,
    compiled,
    logger: createFileLogger({ folder: folder.logs, now: Date.now }),
    owner: claimed.then(async (result): Promise<Owner> => {
      if (result !== 'shown') return result;
      app.exit(0);
      return new Promise(() => undefined);
    }),
  });
};
