// lint: @typescript-eslint/no-restricted-imports: ipcMain
// lint: @typescript-eslint/no-restricted-imports: ipcRenderer
// lint: @typescript-eslint/no-restricted-imports: clipboard
// lint: @typescript-eslint/no-restricted-imports: keyring
// lint: @typescript-eslint/no-restricted-imports: default
import { Entry } from '@napi-rs/keyring';
import electron, { clipboard, ipcMain, ipcRenderer } from 'electron';

export const all = [Entry, electron, clipboard, ipcMain, ipcRenderer];
