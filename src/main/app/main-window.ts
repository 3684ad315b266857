import { BrowserWindow, nativeTheme, screen } from 'electron';
import { lockedDown } from '../locked-down';
import type { EarlySettings } from './early-settings';
import { PAGE_ORIGIN } from './declare-schemes';
import { MIN_SIZE, placeWindow, type WindowPlace } from './window-place';

/** The page's own background in each theme, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f5f8f8', dark: '#131819', contrast: '#000000' } as const;

const PAGE = `${PAGE_ORIGIN}/index.html`;

export const applyTheme = (theme: EarlySettings['theme']): void => {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
};

/** What a window shows before its page is drawn. */
export const pageBackground = (theme: EarlySettings['theme']): string => {
  if (theme === 'contrast') return BACKGROUND.contrast;
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
};

export type MainWindowDeps = {
  readonly early: EarlySettings;
  /** The built preload. */
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  readonly title: string;
  /** Left closed: Picferry was started silently. */
  readonly hidden: boolean;
};

/** Opens the window; it is shown when its first frame is ready. */
export const openMainWindow = (deps: MainWindowDeps): BrowserWindow => {
  const displays = screen.getAllDisplays().map(({ id, workArea }) => ({ id: String(id), workArea }));
  const window = new BrowserWindow({
    ...placeWindow(deps.early.window, displays),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: deps.title,
    icon: deps.icon,
    backgroundColor: pageBackground(deps.early.theme),
    webPreferences: lockedDown(deps),
  });
  if (!deps.hidden) window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE);
  return window;
};

/** Where the window is now, or null while it is full screen or minimised: such a place is not worth remembering. */
export const currentPlace = (window: BrowserWindow): WindowPlace | null => {
  if (window.isMinimized() || window.isFullScreen()) return null;
  const bounds = window.getNormalBounds();
  return { ...bounds, display: String(screen.getDisplayMatching(bounds).id) };
};

/** Takes the window from sight; its work goes on. */
export const hideWindow = (window: BrowserWindow): void => {
  if (process.platform !== 'darwin' || !window.isFullScreen()) return window.hide();
  // macOS leaves a black space behind where a full screen window is hidden.
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
};

/** Brings the window before the person, wherever it is. */
export const showWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
