import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import { app } from 'electron';
import { createIntegration, type Integration, type StartCommand } from '../../integration';
import { bundleLinks, runProgram, writeShortcut } from '../../platform';
import type { AppParts } from '../app-parts';
import { startCommand } from './start-command';

/** Rewriting what is installed waits until the start is over. */
const REFRESH_AFTER_MS = 20_000;

/** How this Picferry is started once more. */
export const ownStartCommand = (parts: Pick<AppParts, 'programs'>): StartCommand =>
  startCommand({
    packaged: app.isPackaged,
    program: process.execPath,
    appFolder: dirname(dirname(parts.programs)),
    withoutSandbox: app.commandLine.hasSwitch('no-sandbox'),
    env: process.env,
  });

/** What Picferry can be in the system. What is installed is brought up to date a while after the start. */
export const startIntegration = (parts: AppParts, lifetime: AbortSignal): Integration => {
  const root = dirname(dirname(parts.programs));
  const integration = createIntegration(
    () => ({
      platform: process.platform,
      home: homedir(),
      env: process.env,
      command: ownStartCommand(parts),
      icon: join(root, 'resources', 'icon.png'),
      sendLabel: parts.texts().t('desktop:sendTo'),
      run: runProgram,
      writeShortcut,
      bundleLinks,
    }),
    Date.now,
  );
  const timer = setTimeout(() => {
    integration.refresh().catch((error: unknown) => parts.logger.log('warn', 'what is installed in the system was not brought up to date', { error }));
  }, REFRESH_AFTER_MS).unref();
  lifetime.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return integration;
};
