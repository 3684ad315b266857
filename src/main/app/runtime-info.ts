import { join } from 'node:path';
import { app } from 'electron';
import type { AppInfo } from '../ipc';

/** What About says of the programs underneath. */
export const runtimeInfo = (): Omit<AppInfo, 'systemLanguage' | 'dataFolder'> => ({
  version: app.getVersion(),
  platform: process.platform,
  electron: process.versions.electron ?? '',
  chrome: process.versions['chrome'] ?? '',
  node: process.versions.node,
  commandLine: join(app.getAppPath(), 'out', 'main', 'cli.js'),
  // Set by the launcher when it had to take a runtime that is only for trying out.
  runtimeNote: process.env['PICFERRY_RUNTIME_NOTE'] || null,
});
