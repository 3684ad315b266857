import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { callNames, eventNames } from '../shared/ipc/call-names';
import type { Bridge } from '../shared/ipc/contract';

const calls: ReadonlySet<string> = new Set(callNames);
const events: ReadonlySet<string> = new Set(eventNames);

const known = (names: ReadonlySet<string>, name: string): string => {
  if (!names.has(name)) throw new Error(`Not in the contract: ${name}`);
  return name;
};

/** Electron 32 took `File.path` away; before 29 there was no `webUtils`. */
const pathOf = (file: unknown): string => {
  const utils = webUtils as typeof webUtils | undefined;
  if (utils !== undefined) return utils.getPathForFile(file as File);
  const { path } = file as { readonly path?: unknown };
  return typeof path === 'string' ? path : '';
};

const bridge: Bridge = {
  invoke: (name, input) => ipcRenderer.invoke(known(calls, name), input),
  on: (name, listener) => {
    const channel = known(events, name);
    const forward = (_: unknown, event: Parameters<typeof listener>[0]): void => listener(event);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  },
  pathOf,
};

contextBridge.exposeInMainWorld('picferry', bridge);
