import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..');

/** The folder of the built app: the one with package.json and out/. */
export const appFolder = (): string => process.env['PICFERRY_E2E_APP'] ?? root;

let found: string | null = null;

/** The Electron that the launcher would take; found once. */
export const runtimePath = (): string =>
  (found ??= process.env['PICFERRY_ELECTRON'] ?? execFileSync(process.execPath, [join(root, 'scripts', 'runtime.mjs')], { encoding: 'utf8' }).trim());

/** Chromium's sandbox does not work for root on Linux. */
export const sandboxed = (): boolean => process.platform !== 'linux' || process.getuid?.() !== 0;
