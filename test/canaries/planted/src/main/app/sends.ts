// lint: no-restricted-syntax: Send events
import type { BrowserWindow } from 'electron';

export const tell = (window: BrowserWindow): void => window.webContents.send('anything');
