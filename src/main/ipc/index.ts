import { randomUUID } from 'node:crypto';
import { ipcMain, type BrowserWindow } from 'electron';
import { calls } from '../../shared/ipc/contract';
import type { SideWindows } from '../platform';
import { createSend, type Send } from './events';
import { register, type Handlers, type RegisterDeps } from './register';
import type { TrustedWindows } from './trusted-sender';

export { createHandlers, type AppInfo, type HandlerDeps } from './handlers';
export { forwardChanges } from './forward-changes';
export type { Handlers } from './register';
export type { Send } from './events';

export type IpcDeps = Pick<RegisterDeps, 'checkOutput' | 'logFault'> & {
  /** The main window while it lives: it is told what changes. */
  readonly windows: () => readonly BrowserWindow[];
  readonly sideWindows: Pick<SideWindows, 'roleOf'>;
};

/** Closes channels that a package has opened beside the contract: they check no sender. */
export const closeForeignChannels = (): void => {
  for (const channel of ipcMain.eventNames()) if (channel !== 'error') ipcMain.removeAllListeners(String(channel));
};

/** Opens main's side of the contract for our windows, and gives the way to tell them things. */
export const openIpc = (handlers: Handlers, deps: IpcDeps): Send => {
  const windows: TrustedWindows = {
    roleOf: (id) => (deps.windows().some((window) => window.webContents.id === id) ? 'main' : deps.sideWindows.roleOf(id)),
  };
  register(calls, handlers, {
    ...deps,
    handle: (channel, listener) => ipcMain.handle(channel, listener),
    windows,
    newId: randomUUID,
    now: Date.now,
  });
  return createSend(
    () => deps.windows().map((window) => ({ send: (channel, payload) => window.webContents.send(channel, payload) })),
    deps.checkOutput,
  );
};
