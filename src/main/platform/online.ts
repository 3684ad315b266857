import { net, powerMonitor } from 'electron';
import { createOnline } from './online-state';
import type { OnlinePort } from './ports';

const POLL_MS = 3000;

/** Watches network and power from now on; only after Electron is ready. */
export const systemOnline = (): OnlinePort =>
  createOnline({
    isOnline: () => net.isOnline(),
    onSuspend: (listener) => void powerMonitor.on('suspend', listener),
    onResume: (listener) => void powerMonitor.on('resume', listener),
    // Electron tells main of no network change by itself.
    every: (act) => void setInterval(act, POLL_MS).unref(),
  });
