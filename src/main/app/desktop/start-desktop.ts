import { readClipboardInputs } from '../../clipboard';
import type { Acts, Desktop } from '../../desktop';
import { startCapture } from './desktop-capture';
import { saysStay, showWithoutTray } from './life-in-tray';
import { startLocalApi } from './start-local-api';
import { startNotes } from './start-notes';
import { startShortcuts } from './start-shortcuts';
import type { DesktopDeps } from './desktop-deps';
import { startDropWindow } from './start-drop-window';
import { startIntegration } from './start-integration';
import { startTray } from './start-tray';
import { tellFailures } from './tell-failures';
import { followWishes } from './follow-wishes';
import { startWatchers } from './start-watchers';

/** Starts what works without the window. Called when the services are there and the first screen is drawn. */
export const startDesktop = async (deps: DesktopDeps): Promise<Desktop> => {
  const { parts, loaded, showWindow, quit, lifetime } = deps;
  const { intake, services } = loaded;
  const uploadInputs: Acts['uploadInputs'] = (inputs, { accountId, format, profile = null }) =>
    services.queue.addMany(inputs, { accountId, albumId: null, force: false, origin: 'anywhere', format, profile });
  const { tell, tellFinished } = startNotes(deps);
  const { capture, captureFromWindow, capturing } = startCapture(parts, loaded, uploadInputs);
  const acts: Acts = {
    capture,
    tell,
    uploadInputs,
    uploadClipboard: async (options) => {
      const inputs = await readClipboardInputs(parts.clipboard, intake, lifetime, Date.now);
      const batch = await uploadInputs(inputs, options);
      clipboardUploaded(inputs);
      return batch;
    },
    showWindow,
  };
  const told = tellFailures({ parts, acts, send: deps.send });
  startLocalApi(parts, loaded);
  const { watchers, clipboardUploaded } = startWatchers({ parts, loaded, acts, send: deps.send });
  const shortcuts = startShortcuts({ parts, loaded, acts, told, send: deps.send });
  lifetime.addEventListener('abort', shortcuts.close, { once: true });
  lifetime.addEventListener('abort', watchers.close, { once: true });
  const tray = await startTray({ parts, loaded, acts, told, watchers, command: deps.command, quit });
  lifetime.addEventListener('abort', () => tray.close(), { once: true });
  followWishes({ parts, loaded, acts, shortcuts, wishes: parts.wishes, lifetime, told });
  const integration = startIntegration(parts, lifetime);
  startDropWindow(parts, services.settings, lifetime);
  void showWithoutTray(parts.window, parts.hidden, tray);
  return { integration, tray: { exists: tray.exists, onStay: saysStay({ parts, settings: services.settings, acts }) }, acts, shortcuts, watchers, clipboardUploaded, tellFinished, captureFromWindow, capturing };
};
