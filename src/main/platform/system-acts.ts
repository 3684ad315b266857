import { execFile } from 'node:child_process';
import { app, shell } from 'electron';
import { SCHEME, type ShortcutFile } from '../integration';

/** A tool of the system that takes longer than this hangs. */
const LIMIT_MS = 10_000;

/** Runs a program without a shell; resolves to its exit code and what it said, 127 when it cannot be run. */
export const runProgram = (program: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: LIMIT_MS, windowsHide: true, encoding: 'utf8' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
      resolve({ code, output: `${stdout}${stderr}`.trim() });
    });
  });

export const writeShortcut = (path: string, { target, args, icon, description }: ShortcutFile): void => {
  if (!shell.writeShortcutLink(path, 'create', { target, args, icon, iconIndex: 0, description })) throw new Error('the shortcut was not written');
};

/** Picferry's links as macOS keeps them: by the bundle that declares them. */
export const bundleLinks = {
  isOurs: (): boolean => app.isDefaultProtocolClient(SCHEME),
  claim: (): boolean => app.setAsDefaultProtocolClient(SCHEME),
  leave: (): void => void app.removeAsDefaultProtocolClient(SCHEME),
};
