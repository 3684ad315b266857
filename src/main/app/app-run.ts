import { app, shell, type BrowserWindow } from 'electron';
import { END_SIGNALS } from '../../lib/keep-signals';
import type { Logger } from '../../lib/logger';
import { THIS_COMPUTER } from '../../shared/model/account';
import { EVERYTHING, NO_FILTER } from '../../shared/model/library-defaults';
import type { Desktop } from '../desktop';
import type { Owner } from '../handover';
import { closeForeignChannels, createHandlers, forwardChanges, openIpc, type Send } from '../ipc';
import { createOutput, type Output } from '../output';
import { electronSettingsStore, systemOnline, systemProxy, utilityChildren } from '../platform';
import type { FinishedBatch } from '../queue';
import type { Services } from '../services';
import { createAppParts, type AppParts, type Started } from './app-parts';
import { createClosing } from './closing';
import type { Loaded } from './load-services';
import { applyTheme, currentPlace, hideWindow, showWindow } from './main-window';
import { setMenu, type MenuActs } from './menu';
import type { MenuCommand } from './menu-template';
import { createQuitGuard } from './quit-guard';
import { keepPageAlive } from './page-crash';
import { runtimeInfo } from './runtime-info';

/** Services that do not close within this time are left to the system: the next start finds their work on disk. */
const CLOSE_LIMIT_MS = 8000;

/** What is half done in the window is kept within this time, or lost: a page that hangs must not keep Picferry from quitting. */
const KEEP_LIMIT_MS = 1000;

/** Long enough for the answer to reach the window. */
const RESTART_AFTER_MS = 100;
/** Loading for the first upload waits until the first screen is there. */
const WARM_UP_AFTER_MS = 1000;

/** A page that draws nothing must not keep the rest from starting. */
const FRAME_LIMIT_MS = 5000;

/** Backups and sweeping wait until the start is over. */
const TIDY_AFTER_MS = 30_000;

/** Links to this computer open while Picferry runs; where there are none, the host's process waits for the first upload. */
const openLinks = async ({ settings, library, thisComputer, notices }: Services): Promise<void> => {
  if (settings.current().hostPort === null) return;
  if (library.rows({ ...EVERYTHING, filter: { ...NO_FILTER, accountId: THIS_COMPUTER } }, 0, 1).length === 0) return;
  try {
    await thisComputer.start();
  } catch (error) {
    notices.add({ id: 'linksClosed', level: 'warning', message: 'linksClosed', params: {} });
    throw error;
  }
};

/** Notices name files and reasons, never what is in them. */
const logNotices = ({ notices }: Services, logger: Logger): void => {
  const told = new Set<string>();
  const tell = (): void => {
    for (const { id, level, message, params } of notices.list()) {
      if (told.has(id)) continue;
      told.add(id);
      logger.log(level === 'warning' ? 'warn' : level, 'notice', { notice: message, params });
    }
  };
  tell();
  notices.onChange(tell);
};

/** Puts the links of batches on the clipboard, and tells the window. */
const createLinkOutput = ({ clipboard }: AppParts, { settings, library, albums }: Services, send: Send): Output => {
  let rev = 0;
  return createOutput({
    settings: settings.current,
    upload: (id) => library.byId(id),
    albums: () => albums.list(),
    writeText: clipboard.writeText,
    onCopied: (copied) => send('output:copied', { rev: (rev += 1), ...copied }),
    now: Date.now,
  });
};

/** Connects services, windows and the system once the services are there. */
const connect = (parts: AppParts, { services, tidy, warmUp }: Loaded, send: Send, menuActs: MenuActs, desktop: Promise<Desktop>, drawn: Promise<void>): void => {
  const { settings, queue } = services;
  forwardChanges(services, send);
  parts.pictures.connect(services.previews);
  logNotices(services, parts.logger);

  let shown = { theme: parts.early.theme, language: parts.early.language };
  settings.onChange(({ theme, language }) => {
    if (theme !== shown.theme) applyTheme(theme);
    if (language !== shown.language) {
      parts.setLanguage(language);
      setMenu(parts, menuActs);
    }
    shown = { theme, language };
  });

  const output = createLinkOutput(parts, services, send);
  const finish = async (batch: FinishedBatch): Promise<void> => {
    const copied = await output(batch).catch((error: unknown) => {
      parts.logger.log('error', 'links were not copied', { error });
      return null;
    });
    (await desktop).tellFinished(batch, copied !== null);
  };
  queue.onBatchFinished((batch) => {
    finish(batch).catch((error: unknown) => parts.logger.log('error', 'the end of a batch was not told', { error }));
  });

  const online = systemOnline();
  queue.setOnline(online.current());
  online.onChange((now) => queue.setOnline(now));
  queue.start();
  drawn.then(() => services.sync.start(online)).catch((error: unknown) => parts.logger.log('error', 'documents do not sync', { error }));
  drawn.then(() => openLinks(services)).catch((error: unknown) => parts.logger.log('error', 'links to this computer do not open', { error }));
  setTimeout(() => {
    warmUp()
      .then(parts.compiled.save)
      .catch((error: unknown) => parts.logger.log('error', 'loading for uploads failed', { error }));
  }, WARM_UP_AFTER_MS).unref();
  setTimeout(() => {
    tidy().catch((error: unknown) => parts.logger.log('error', 'tidying up failed', { error }));
  }, TIDY_AFTER_MS).unref();
};

/** Resolves when the window's first frame is drawn, or does not come. */
const firstFrame = (window: BrowserWindow): Promise<void> =>
  waited(new Promise<void>((resolve) => window.once('ready-to-show', () => resolve())), FRAME_LIMIT_MS);

const waited = async (work: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
};

const pageListens = (window: BrowserWindow): boolean => !window.isDestroyed() && !window.webContents.isLoading() && !window.webContents.isCrashed();

/** Loads and connects everything behind the window; ends the process when the person quits. The window's calls wait for it. */
export const runApp = (started: Started): void => {
  const parts = createAppParts(started);
  const { folder, logger, window, windows } = parts;
  const info = runtimeInfo();
  logger.log('info', 'started', { version: info.version, platform: info.platform, electron: info.electron });
  const lifetime = new AbortController();
  let windowKept = (): void => undefined;
  const kept = new Promise<void>((resolve) => (windowKept = resolve));
  const drawn = firstFrame(window);
  let running: Loaded | null = null;
  let owner: Owner | null = null;

  const loaded = (async (): Promise<Loaded> => {
    const [{ loadServices }] = await Promise.all([import('./load-services'), parts.owner]);
    owner = await parts.owner;
    running = await loadServices({
      ports: {
        dataFolder: folder.path,
        settingsStore: await electronSettingsStore(folder.store, closeForeignChannels),
        children: utilityChildren(parts.programs),
        systemProxy,
        now: Date.now,
      },
      thumbsFolder: parts.thumbs,
      onFault: (what, error) => logger.log('error', what, { error }),
      lifetime: lifetime.signal,
      again: (wish) => parts.wishes.take(wish),
    });
    owner.serve(running.handover);
    return running;
  })();

  const openFolder = async (path: string): Promise<void> => {
    const problem = await shell.openPath(path);
    if (problem !== '') logger.log('warn', 'the data folder was not opened', { problem });
  };
  const send = openIpc(
    createHandlers({
      services: async () => (await loaded).services,
      intake: async () => (await loaded).intake,
      desktop: () => desktop,
      clipboard: parts.clipboard,
      dialogs: parts.dialogs,
      openLink: parts.openLink,
      openFolder,
      showFile: (path) => shell.showItemInFolder(path),
      restart: () => setTimeout(restart, RESTART_AFTER_MS),
      windowKept: () => windowKept(),
      info: () => ({ ...info, systemLanguage: parts.systemLanguage, dataFolder: folder.path }),
      lifetime: lifetime.signal,
      now: Date.now,
    }),
    { windows, sideWindows: parts.sideWindows, checkOutput: parts.checkOutput, logFault: ({ id, call, error }) => logger.log('error', 'a call failed', { id, call, error }) },
  );
  let commandRev = 0;
  const command = (name: MenuCommand): void => {
    windows().forEach(showWindow);
    send('window:command', { rev: (commandRev += 1), command: name });
  };
  const desktop = (async () => {
    const [result] = await Promise.all([loaded, drawn]);
    const { startDesktop } = await import('./desktop/start-desktop');
    return startDesktop({ parts, loaded: result, send, output: createLinkOutput(parts, result.services, send), command, showWindow: () => windows().forEach(showWindow), quit: () => app.quit(), lifetime: lifetime.signal });
  })();
  desktop.catch((error: unknown) => logger.log('error', 'what works without the window did not start', { error }));

  const menuActs: MenuActs = { command, openDataFolder: () => void openFolder(folder.path), quit: () => app.quit() };

  let ending = false;
  const end = async (code: number): Promise<void> => {
    lifetime.abort();
    const place = window.isDestroyed() ? null : currentPlace(window);
    windows().forEach((open) => open.hide());
    if (running !== null) {
      const { settings } = running.services;
      if (pageListens(window)) {
        send('window:leaving', { rev: 1 });
        await waited(kept, KEEP_LIMIT_MS);
      }
      if (place !== null && !settings.readOnly) settings.update((current) => ({ ...current, window: place }));
      await waited(running.close(), CLOSE_LIMIT_MS);
    }
    owner?.release();
    logger.log('info', 'stopped', { code });
    app.exit(code);
  };
  const leave = (code: number): void => {
    if (ending) return;
    ending = true;
    end(code).catch((error: unknown) => {
      logger.log('error', 'closing failed', { error });
      app.exit(code);
    });
  };
  const restart = (): void => {
    if (!ending) app.relaunch();
    leave(0);
  };
  const guard = createQuitGuard({
    running: () => ({
      uploads: running?.services.queue.summary().active ?? 0,
      operations: running?.services.operations.list().filter(({ state }) => state === 'waiting' || state === 'running').length ?? 0,
    }),
    ask: parts.dialogs.confirmQuit,
    leave: () => leave(0),
  });
  // Nobody is there to be asked: what runs is left on disk for the next start. Asked twice, that happens at once.
  for (const name of END_SIGNALS) process.on(name, () => (ending ? app.exit(1) : leave(0)));
  app.on('before-quit', (event) => {
    event.preventDefault();
    guard.request();
  });

  let tray: Desktop['tray'] | null = null;
  desktop.then((started) => (tray = started.tray), () => undefined);
  const close = createClosing({
    stays: () => !ending && tray !== null && tray.exists() && running?.services.settings.current().stayInTray === true,
    hide: () => hideWindow(window),
    onStay: () => tray?.onStay(),
    quit: guard.request,
  });
  window.on('close', (event) => {
    event.preventDefault();
    close();
  });
  app.on('activate', () => showWindow(window));
  keepPageAlive(window, logger, () => running?.services.notices.add({ id: 'windowReloaded', level: 'warning', message: 'windowReloaded', params: {} }));
  setMenu(parts, menuActs);

  loaded.then(
    (result) => connect(parts, result, send, menuActs, desktop, drawn),
    (error: unknown) => {
      logger.log('error', 'the services did not start', { error });
      parts.dialogs.startFailed(folder.logs);
      leave(1);
    },
  );
};
