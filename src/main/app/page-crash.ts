import type { BrowserWindow } from 'electron';
import type { Logger } from '../../lib/logger';

/** A page that dies twice within this time is not loaded again: it would go on for ever. */
const AGAIN_MS = 60_000;

/** Loads the page again when its process dies, once a minute at most; work in main is not touched by it. */
export const keepPageAlive = (window: BrowserWindow, logger: Logger, onReload: () => void): void => {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    logger.log('error', 'the page died', { reason, exitCode });
    if (reason === 'clean-exit' || window.isDestroyed() || Date.now() - last < AGAIN_MS) return;
    last = Date.now();
    window.webContents.reload();
    onReload();
  });
};
