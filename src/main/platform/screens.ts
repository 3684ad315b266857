import { desktopCapturer, screen, systemPreferences } from 'electron';
import type { Place, ScreensPort } from '../capture';
import { createScreensPort } from './screens-bodies';
import { xMonitors } from './x-monitors';

/** Chromium runs on XWayland by itself up to 37 and natively after; both see the screen through the portal only. */
const sessionType = (env: NodeJS.ProcessEnv): string =>
  process.platform === 'linux' && (env['WAYLAND_DISPLAY'] ?? '') !== '' && env['XDG_SESSION_TYPE'] === 'wayland' ? 'wayland' : '';

export const systemScreens = (isOurs: (sourceId: string) => boolean): ScreensPort => {
  const toRect = screen as { dipToScreenRect?: (window: null, bounds: Place) => Place };
  return createScreensPort({
    getSources: (options) => desktopCapturer.getSources(options),
    displays: () => screen.getAllDisplays(),
    primary: () => screen.getPrimaryDisplay(),
    atPointer: () => screen.getDisplayNearestPoint(screen.getCursorScreenPoint()),
    toPixels: process.platform === 'win32' && toRect.dipToScreenRect !== undefined ? (bounds) => screen.dipToScreenRect(null, bounds) : null,
    monitors: () => (process.platform === 'linux' ? xMonitors() : Promise.resolve([])),
    access: () => (process.platform === 'darwin' ? systemPreferences.getMediaAccessStatus('screen') : null),
    platform: process.platform,
    sessionType: sessionType(process.env),
    isOurs,
  });
};
