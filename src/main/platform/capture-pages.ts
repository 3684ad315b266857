import { BrowserWindow } from 'electron';
import type { CapturePage, PagePlace, PagesPort, Place } from '../capture';
import { lockedDown } from '../locked-down';
import type { SideWindows } from './side-windows';

export type CapturePagesDeps = {
  /** The origin of our pages. */
  readonly origin: string;
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  readonly title: () => string;
  readonly background: () => string;
  readonly sideWindows: SideWindows;
};

const isMac = process.platform === 'darwin';
const isLinux = process.platform === 'linux';

/**
 * Under X11 Chromium makes a window that is as large as its display a pixel smaller, lest a window manager takes it for a
 * full-screen one (X11Window::AdjustSizeForDisplay); where no window manager then makes it so, the display's last row and
 * column would not be reached. A window that is larger is left as it is.
 */
const coverOf = (bounds: Place): Place => (isLinux ? { ...bounds, height: bounds.height + 1 } : bounds);

const shapeOf = (place: PagePlace): Electron.BrowserWindowConstructorOptions => {
  switch (place.kind) {
    case 'cover':
      return {
        ...coverOf(place.bounds),
        frame: false,
        resizable: false,
        movable: false,
        minimizable: false,
        maximizable: false,
        skipTaskbar: true,
        hasShadow: false,
        roundedCorners: false,
        enableLargerThanScreen: true,
        alwaysOnTop: true,
        backgroundColor: '#000000',
        ...(isMac ? { type: 'panel' } : {}),
      };
    case 'note':
      return { ...place.bounds, frame: false, resizable: false, minimizable: false, maximizable: false, skipTaskbar: true, alwaysOnTop: true, focusable: false };
    case 'window':
      return { ...place.bounds, minWidth: place.min.width, minHeight: place.min.height, fullscreenable: false };
    case 'hidden':
      return { width: 100, height: 100, skipTaskbar: true, paintWhenInitiallyHidden: false };
  }
};

/** Puts a window above panels, menus and full-screen programs. */
const raise = (window: BrowserWindow, place: PagePlace): void => {
  if (place.kind !== 'cover' && place.kind !== 'note') return;
  window.setAlwaysOnTop(true, 'screen-saver');
  if (isMac) window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
};

const show = (window: BrowserWindow, place: PagePlace): void => {
  raise(window, place);
  if (place.kind === 'note') return window.showInactive();
  // Windows gives a window on another display that display's scale only after its creation.
  if (place.kind === 'cover') window.setBounds(coverOf(place.bounds));
  window.show();
  // Linux's window managers keep other windows off their panels.
  if (place.kind === 'cover' && isLinux) window.setFullScreen(true);
  window.focus();
};

/** The capture's windows, as locked down as the main one. */
export const capturePages = (deps: CapturePagesDeps): PagesPort => ({
  open({ page, token, place }): CapturePage {
    const window = new BrowserWindow({
      ...shapeOf(place),
      show: false,
      title: deps.title(),
      icon: deps.icon,
      ...(place.kind === 'cover' ? {} : { backgroundColor: deps.background() }),
      autoHideMenuBar: true,
      webPreferences: { ...lockedDown(deps), backgroundThrottling: false },
    });
    deps.sideWindows.add(window, 'capture');
    window.removeMenu();
    let gone: (crashed: boolean) => void = () => undefined;
    let open = true;
    const leave = (crashed: boolean): void => {
      if (open) gone(crashed);
      open = false;
    };
    window.webContents.on('render-process-gone', () => leave(true));
    window.webContents.on('did-fail-load', (_event, _code, _text, _url, isMainFrame) => (isMainFrame ? leave(true) : undefined));
    window.on('closed', () => leave(false));
    void window.loadURL(`${deps.origin}/capture/${page}.html#${token}`).catch(() => leave(true));
    return {
      show: () => (open ? show(window, place) : undefined),
      hide: () => (open ? window.hide() : undefined),
      focus: () => (open && window.isVisible() ? window.focus() : undefined),
      close: () => {
        open = false;
        if (!window.isDestroyed()) window.destroy();
      },
      onGone: (listener) => (gone = listener),
    };
  },
});
