import type { BrowserWindow } from 'electron';
import type { ProgressPort } from '../../tray';

/** Progress on the window's button in the task bar, on the Dock icon, and on Linux launchers that know the Unity signal. */
export const windowProgress = (window: BrowserWindow): ProgressPort => ({
  show: (progress) => {
    if (window.isDestroyed()) return;
    if (progress === null) window.setProgressBar(-1);
    else window.setProgressBar(progress.fraction, { mode: progress.paused ? 'paused' : 'normal' });
  },
});
