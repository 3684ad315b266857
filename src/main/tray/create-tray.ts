import { EVERYTHING } from '../../shared/model/library-defaults';
import type { Upload } from '../../shared/model/upload';
import type { Services } from '../services';
import type { ProgressPort, TrayActs, TrayPlace, TrayPort } from './contract';
import type { MenuPictures } from './menu-pictures';
import { createRunProgress } from './run-progress';
import { trayIcon } from './tray-icon';
import { trayMenu, trayTooltip, type TrayMenuActs, type TrayState, type TrayText } from './tray-menu';

export type TrayDeps = {
  readonly services: Pick<Services, 'queue' | 'library' | 'accounts' | 'settings'>;
  readonly place: TrayPlace;
  readonly open: (acts: TrayActs) => TrayPort;
  readonly progress: ProgressPort;
  readonly acts: TrayMenuActs & Pick<TrayActs, 'onClick' | 'onDrop'>;
  readonly pictures: MenuPictures;
  /** The texts of the moment; the menu is drawn anew when the settings change. */
  readonly text: () => TrayText;
  /** What people call an account. */
  readonly accountName: (name: string) => string;
  readonly watchersPaused: () => boolean;
  readonly hasPreviousClipboard: () => boolean;
  /** How many places of documents wait for a person. */
  readonly undecided: () => number;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
};

export type TrayFeature = {
  /** Whether there is an icon that a person can reach Picferry by. */
  readonly exists: () => boolean;
  /** Resolves to whether there is a tray, at the latest after `ms`: at login a panel may come after Picferry. */
  readonly appears: (ms: number) => Promise<boolean>;
  /** To be called when something outside the services is different. */
  readonly refresh: () => void;
  readonly close: () => void;
};

const RECENT = 10;
/** Menus of the tray cross the session bus whole: four times a second is enough for any eye. */
const REDRAW_MS = 250;
/** Small pictures of earlier uploads wait until the start is over: making them starts a process. */
const PICTURES_AFTER_MS = 30_000;

const canBeCopied = ({ url, remoteState }: Upload): boolean => url !== null && remoteState !== 'deleted';

/** Keeps the tray's icon and menu, and the progress on the application's own icon, as the services are. */
export const createTray = (deps: TrayDeps): TrayFeature => {
  const { services, place, pictures, progress, after } = deps;
  const runProgress = createRunProgress();
  let fraction: number | null = null;
  let tray: TrayPort | null = null;
  let drawnMenu = '';
  let recent: readonly Upload[] | null = null;
  let cancelRedraw: (() => void) | null = null;
  let mayMake = false;

  const recentUploads = (): readonly Upload[] => (recent ??= services.library.rows(EVERYTHING, 0, RECENT * 2).filter(canBeCopied).slice(0, RECENT));
  const state = (): TrayState => {
    const { active, waiting, paused, offline } = services.queue.summary();
    const settings = services.settings.current();
    return {
      running: active,
      waiting,
      paused,
      offline,
      undecided: deps.undecided(),
      recent: recentUploads().map(({ id, name, thumb }) => ({ id, name, picture: thumb === null ? null : pictures.pathOf(thumb) })),
      accounts: services.accounts.list().map(({ id, name, isDefault }) => ({ id, name: deps.accountName(name), isDefault })),
      watchers: { clipboard: settings.clipboardWatcher.on, screenshots: settings.screenshotWatcher.on, paused: deps.watchersPaused() },
      hasPreviousClipboard: deps.hasPreviousClipboard(),
      hasLastRegion: settings.capture.lastRegion !== null,
      dropWindow: settings.dropWindow,
    };
  };
  const drawTray = (now: TrayState): void => {
    if (tray === null) return;
    const text = deps.text();
    tray.setLook({ icon: trayIcon(fraction, now.paused), tooltip: trayTooltip(now, fraction, text) });
    const menu = trayMenu(now, deps.acts, text);
    // What a line does is not written in it: names alone would not tell two pictures of one name apart.
    const drawn = JSON.stringify([menu, now.recent, now.accounts]);
    if (drawn === drawnMenu) return;
    drawnMenu = drawn;
    tray.setMenu(menu);
  };
  const redraw = (): void => {
    cancelRedraw = null;
    const { paused } = services.queue.summary();
    progress.show(fraction === null ? null : { fraction, paused });
    if (tray !== null) drawTray(state());
  };
  const refresh = (): void => {
    cancelRedraw ??= after(REDRAW_MS, redraw);
  };
  const wantPictures = (): void => {
    if (tray === null || !mayMake) return;
    void pictures.want(recentUploads().flatMap(({ thumb }) => thumb ?? []));
  };
  const follow = (exists: boolean): void => {
    if (!exists) {
      tray?.close();
      tray = null;
    } else if (tray === null) {
      tray = deps.open({ onClick: deps.acts.onClick, onDrop: deps.acts.onDrop });
      drawnMenu = '';
      drawTray(state());
      wantPictures();
    }
  };

  const offs = [
    services.queue.onChange((change) => {
      fraction = runProgress(change);
      refresh();
    }),
    services.library.onChange(() => {
      recent = null;
      mayMake = true;
      refresh();
      wantPictures();
    }),
    services.accounts.onChange(refresh),
    services.settings.onChange(refresh),
    after(PICTURES_AFTER_MS, () => {
      mayMake = true;
      wantPictures();
    }),
    place.onChange(follow),
  ];
  follow(place.exists());

  return {
    exists: () => tray !== null,
    appears: (ms) =>
      tray !== null
        ? Promise.resolve(true)
        : new Promise((resolve) => {
            const off = place.onChange(() => settle());
            const cancel = after(ms, () => settle());
            const settle = (): void => {
              off();
              cancel();
              resolve(tray !== null);
            };
          }),
    refresh,
    close: () => {
      offs.forEach((off) => off());
      cancelRedraw?.();
      place.close();
      progress.show(null);
      tray?.close();
      tray = null;
    },
  };
};
