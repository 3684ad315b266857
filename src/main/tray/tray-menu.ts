import type { TrayItem } from './contract';

/** What stands in the menu, as it is now. */
export type TrayState = {
  readonly running: number;
  readonly waiting: number;
  readonly paused: boolean;
  readonly offline: boolean;
  /** Places of documents that wait for a person. */
  readonly undecided: number;
  readonly recent: readonly { readonly id: string; readonly name: string; readonly picture: string | null }[];
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly isDefault: boolean }[];
  readonly watchers: { readonly clipboard: boolean; readonly screenshots: boolean; readonly paused: boolean };
  readonly hasPreviousClipboard: boolean;
  readonly hasLastRegion: boolean;
  readonly dropWindow: boolean;
};

export type CaptureKind = 'region' | 'window' | 'screen' | 'last-region';
export type PauseSpan = 'hour' | 'restart';

/** What the menu does. Nothing of it is reachable from the tray alone. */
export type TrayMenuActs = {
  readonly open: () => void;
  readonly openSync: () => void;
  readonly uploadClipboard: () => void;
  readonly uploadFiles: () => void;
  /** Null where there is none. */
  readonly capture: ((kind: CaptureKind) => void) | null;
  readonly copyLink: (uploadId: string) => void;
  readonly restoreClipboard: (() => void) | null;
  readonly watchers: {
    readonly set: (watcher: 'clipboard' | 'screenshots', on: boolean) => void;
    /** Null lets them go on. */
    readonly pause: (span: PauseSpan | null) => void;
  } | null;
  readonly chooseAccount: (id: string) => void;
  readonly pauseQueue: (paused: boolean) => void;
  readonly showDropWindow: (shown: boolean) => void;
  readonly quit: () => void;
};

export type TrayText = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** The menu says by its check marks who watches. */
const NONE_WATCH: TrayState['watchers'] = { clipboard: false, screenshots: false, paused: false };

const line: TrayItem = { type: 'line' };
const act = (label: string, run: () => void, { enabled = true, picture = null }: { enabled?: boolean; picture?: string | null } = {}): TrayItem => ({
  type: 'act',
  label,
  picture,
  enabled,
  act: run,
});

/** Menus shorten nothing by themselves, and a long name makes them as wide as the screen. */
const LONGEST_NAME = 40;
export const shortName = (name: string): string => {
  const letters = [...name];
  if (letters.length <= LONGEST_NAME) return name;
  return `${letters.slice(0, LONGEST_NAME - 13).join('')}…${letters.slice(-12).join('')}`;
};

/** A person can see at any time that what they copy and capture is looked at. */
const watchWords = ({ watchers: { clipboard, screenshots, paused } }: TrayState, text: TrayText): string | null => {
  if (!clipboard && !screenshots) return null;
  if (paused) return text('trayWatchingPaused');
  return text(clipboard && screenshots ? 'trayWatchesBoth' : clipboard ? 'trayWatchesClipboard' : 'trayWatchesScreenshots');
};

const stateWords = (state: TrayState, text: TrayText): string | null => {
  const { running, waiting, paused, offline } = state;
  const left = running + waiting;
  if (paused) return left === 0 ? text('trayPaused') : text('trayPausedWith', { count: left });
  if (left === 0) return watchWords(state, text);
  return offline && running === 0 ? text('trayOffline', { count: left }) : text('trayUploading', { count: left });
};

/** Says in one line what goes on: the icon's tooltip. */
export const trayTooltip = (state: TrayState, fraction: number | null, text: TrayText): string => {
  const undecided = state.undecided === 0 ? null : text('trayUndecided', { count: state.undecided });
  const words = stateWords(state, text) ?? undecided;
  if (words === null) return 'Picferry';
  const percent = fraction === null || state.paused || state.running + state.waiting === 0 ? '' : ` · ${String(Math.floor(fraction * 100))} %`;
  return `Picferry: ${words}${percent}`;
};

const watcherItems = ({ watchers }: TrayState, acts: TrayMenuActs['watchers'], text: TrayText): readonly TrayItem[] => {
  if (acts === null) return [];
  const switches: readonly TrayItem[] = [
    { type: 'check', label: text('trayClipboardWatcher'), checked: watchers.clipboard, act: () => acts.set('clipboard', !watchers.clipboard) },
    { type: 'check', label: text('trayScreenshotWatcher'), checked: watchers.screenshots, act: () => acts.set('screenshots', !watchers.screenshots) },
  ];
  if (!watchers.clipboard && !watchers.screenshots) return [...switches, line];
  if (watchers.paused) return [...switches, act(text('trayResumeWatchers'), () => acts.pause(null)), line];
  const pause: TrayItem = {
    type: 'menu',
    label: text('trayPauseWatchers'),
    items: [act(text('trayForAnHour'), () => acts.pause('hour')), act(text('trayUntilRestart'), () => acts.pause('restart'))],
  };
  return [...switches, pause, line];
};

const recentItem = ({ recent }: TrayState, acts: TrayMenuActs, text: TrayText): TrayItem => ({
  type: 'menu',
  label: text('trayRecent'),
  items:
    recent.length === 0
      ? [{ type: 'words', label: text('trayNoRecent') }]
      : [{ type: 'words', label: text('trayRecentHelp') }, ...recent.map(({ id, name, picture }) => act(shortName(name), () => acts.copyLink(id), { picture }))],
});

const captureItem = ({ hasLastRegion }: TrayState, capture: NonNullable<TrayMenuActs['capture']>, text: TrayText): TrayItem => ({
  type: 'menu',
  label: text('trayCapture'),
  items: [
    act(text('trayRegion'), () => capture('region')),
    act(text('trayWindow'), () => capture('window')),
    act(text('trayScreen'), () => capture('screen')),
    act(text('trayLastRegion'), () => capture('last-region'), { enabled: hasLastRegion }),
  ],
});

const accountItem = ({ accounts }: TrayState, acts: TrayMenuActs, text: TrayText): TrayItem => ({
  type: 'menu',
  label: text('trayAccount'),
  items: accounts.map(({ id, name, isDefault }) => ({ type: 'choice', label: shortName(name), checked: isDefault, act: () => acts.chooseAccount(id) })),
});

/** The whole menu of a state. The same state gives the same menu. */
export const trayMenu = (state: TrayState, acts: TrayMenuActs, text: TrayText): readonly TrayItem[] => {
  const words = stateWords({ ...state, watchers: NONE_WATCH }, text);
  return [
    ...(words === null ? [] : [{ type: 'words', label: words } as const, line]),
    act(text('trayOpen'), acts.open),
    ...(state.undecided === 0 ? [] : [act(text('trayDecide', { count: state.undecided }), acts.openSync)]),
    line,
    recentItem(state, acts, text),
    act(text('trayUploadClipboard'), acts.uploadClipboard),
    act(text('trayUploadFiles'), acts.uploadFiles),
    ...(acts.capture === null ? [] : [captureItem(state, acts.capture, text)]),
    ...(acts.restoreClipboard === null ? [] : [act(text('trayRestoreClipboard'), acts.restoreClipboard, { enabled: state.hasPreviousClipboard })]),
    line,
    ...watcherItems(state, acts.watchers, text),
    accountItem(state, acts, text),
    { type: 'check', label: text('trayPauseQueue'), checked: state.paused, act: () => acts.pauseQueue(!state.paused) },
    { type: 'check', label: text('trayDropWindow'), checked: state.dropWindow, act: () => acts.showDropWindow(!state.dropWindow) },
    line,
    act(text('trayQuit'), acts.quit),
  ];
};
