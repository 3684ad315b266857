import type { GlobalKeysPort } from '../shortcuts';

/** Electron's globalShortcut, as far as it is used. */
export type ElectronKeys = {
  readonly register: (accelerator: string, act: () => void) => boolean;
  readonly unregister: (accelerator: string) => void;
};

/** The first Electron that asks a Wayland desktop's portal by itself. */
const PORTAL_SINCE = 44;

/** Whether and how this desktop gives global keys. Under Wayland an older Electron hears keys only while a window of its own has the focus. */
export const keySupport = (platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>, electron: string): GlobalKeysPort['support'] => {
  if (platform !== 'linux') return 'grabs';
  const wayland = env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (!wayland) return (env['DISPLAY'] ?? '') === '' ? 'none' : 'grabs';
  return Number.parseInt(electron, 10) >= PORTAL_SINCE ? 'portal' : 'none';
};

/**
 * On Linux a key is heard in an event of X11, outside of any task of Chromium's, after which alone Electron goes on with
 * promises: what awaits anything there would stand still until something else happens, for half a second at times.
 * Electron's own setImmediate wakes its loop, and what follows is a task. See DidProcessTask in its microtasks_runner.cc.
 */
export const createGlobalKeys = (keys: ElectronKeys, support: GlobalKeysPort['support']): GlobalKeysPort => ({
  support,
  register: (accelerator, act) => {
    try {
      return keys.register(accelerator, () => void setImmediate(act));
    } catch {
      // Electron throws for what it cannot read as a combination.
      return 'bad';
    }
  },
  unregister: (accelerator) => keys.unregister(accelerator),
});
