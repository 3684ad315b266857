import { dirname, join } from 'node:path';
import { albumNames, linkOf } from '../../../shared/links';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { undecidedIn } from '../../../shared/undecided';
import type { Acts } from '../../desktop';
import { systemTray, systemTrayPlace, windowProgress } from '../../platform';
import { createMenuPictures, createTray, type TrayFeature, type TrayMenuActs } from '../../tray';
import type { WatchersService } from '../../watchers';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';
import type { MenuCommand } from '../menu-template';
import type { Told } from './tell-failures';

export type StartTrayDeps = {
  readonly parts: AppParts;
  readonly loaded: Loaded;
  readonly acts: Acts;
  readonly told: Told;
  readonly watchers: WatchersService;
  readonly command: (name: MenuCommand) => void;
  readonly quit: () => void;
};

const after = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms).unref();
  return () => clearTimeout(timer);
};

const DEFAULTS = { accountId: null, format: null } as const;

const menuActs = ({ parts, loaded, acts, told, watchers, command, quit }: StartTrayDeps): TrayMenuActs => {
  const { services, intake } = loaded;
  const { settings, library, albums, accounts, queue } = services;

  const copyLink = async (id: string): Promise<void> => {
    const upload = library.byId(id);
    if (upload === undefined || upload.url === null) return;
    const text = linkOf({ ...upload, url: upload.url, album: albumNames(() => albums.list())(upload) }, settings.current());
    await parts.clipboard.writeText(text);
    const picture = upload.thumb === null ? null : join(parts.thumbs, upload.thumb);
    acts.tell({ id: 'tray-copied', title: parts.texts().t('desktop:trayCopiedTitle'), body: text, picture, actions: [], onClick: acts.showWindow, urgency: 'normal' });
  };
  const uploadFiles = async (): Promise<void> => {
    const paths = await parts.dialogs.chooseFiles();
    if (paths.length > 0) await acts.uploadInputs(await intake.paths(paths), DEFAULTS);
  };
  return {
    open: acts.showWindow,
    openSync: () => command('show-sync'),
    uploadClipboard: () => told(acts.uploadClipboard(DEFAULTS)),
    uploadFiles: () => told(uploadFiles()),
    capture: (kind) => told(acts.capture(kind, DEFAULTS)),
    copyLink: (id) => told(copyLink(id)),
    restoreClipboard: () => told(parts.clipboard.previous.restore()),
    watchers: {
      set: (which, on) =>
        void settings.update((current) =>
          which === 'clipboard' ? { ...current, clipboardWatcher: { ...current.clipboardWatcher, on } } : { ...current, screenshotWatcher: { ...current.screenshotWatcher, on } },
        ),
      pause: watchers.pause,
    },
    chooseAccount: (id) => accounts.setDefault(id, true),
    pauseQueue: (paused) => queue.pause(paused),
    showDropWindow: (dropWindow) => void settings.update((current) => ({ ...current, dropWindow })),
    quit,
  };
};

/** Starts the icon in the tray, where there is a tray, and the progress on the application's own icon. */
export const startTray = async (deps: StartTrayDeps): Promise<TrayFeature> => {
  const { parts, loaded, acts, told, watchers } = deps;
  const { intake } = loaded;
  const place = await systemTrayPlace(process.platform, process.env, process.getuid?.() ?? 0);
  const open = systemTray({
    icons: join(dirname(dirname(parts.programs)), 'resources', 'tray'),
    platform: process.platform,
    onFault: (error) => parts.logger.log('error', 'the menu of the tray was not drawn', { error }),
  });
  const tray: { feature: TrayFeature | null } = { feature: null };
  tray.feature = createTray({
    services: loaded.services,
    place,
    open,
    progress: windowProgress(parts.window),
    acts: {
      ...menuActs(deps),
      onClick: acts.showWindow,
      onDrop: (paths) => told(intake.paths(paths).then((inputs) => acts.uploadInputs(inputs, DEFAULTS))),
    },
    pictures: createMenuPictures({
      folder: join(parts.folder.store, 'menu-pictures'),
      thumbsFolder: parts.thumbs,
      make: loaded.menuPicture,
      onReady: () => tray.feature?.refresh(),
      onFault: (error) => parts.logger.log('warn', 'a small picture for the tray was not kept', { error }),
    }),
    text: () => {
      const texts = parts.texts();
      return (key, params) => texts.t(`desktop:${key}`, { ...params });
    },
    accountName: (name) => (name === THIS_COMPUTER ? parts.texts().t('window:accountHere') : name),
    watchersPaused: () => watchers.view().clipboard === 'paused' || watchers.view().screenshots === 'paused',
    hasPreviousClipboard: parts.clipboard.previous.available,
    undecided: () => undecidedIn(loaded.services.sync.opened()?.view().documents ?? []),
    after,
  });
  watchers.onChange(tray.feature.refresh);
  loaded.services.sync.onChange(tray.feature.refresh);
  parts.clipboard.previous.onChange(tray.feature.refresh);
  return tray.feature;
};
