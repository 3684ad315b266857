import { once } from 'node:events';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { appFolder, runtimePath, sandboxed } from './runtime';

export type LaunchOptions = {
  /** The data folder. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
};

/** A running Picferry with its window. */
export type Picferry = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Errors that the page logged or threw so far. */
  readonly errors: readonly string[];
  /** False once the process has ended. */
  readonly running: () => boolean;
  /** Quits as a person would, and by force when that is not done within its time. */
  readonly close: () => Promise<void>;
  /** Ends the process as a crash would. */
  readonly kill: () => Promise<void>;
};

const CLOSE_MS = 10_000;

/** Starts the built app in real Electron and resolves once its page shows the first snapshots. */
export const launchPicferry = async ({ home, env = {}, args = [] }: LaunchOptions): Promise<Picferry> => {
  const app = await _electron.launch({
    executablePath: runtimePath(),
    args: [appFolder(), ...args],
    chromiumSandbox: sandboxed(),
    env: { ...(process.env as Record<string, string>), LANGUAGE: 'en', LC_ALL: 'C.UTF-8', PICFERRY_HOME: home, PICFERRY_CHECK_OUTPUT: '1', ...env },
  });
  const child = app.process();
  const exited = child.exitCode !== null ? Promise.resolve() : once(child, 'exit').then(() => undefined);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  const errors: string[] = [];
  try {
    const page = await app.firstWindow();
    page.on('console', (message) => {
      // With its address: 'Failed to load resource' alone says nothing.
      if (message.type() === 'error') errors.push([message.text(), message.location().url].join(' ').trim());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: 30_000 });
    // A window that is not shown yet takes no drops and no keys.
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().every((window) => window.isVisible()))).toBe(true);
    return {
      app,
      page,
      errors,
      kill,
      running: () => child.exitCode === null && child.signalCode === null,
      close: async () => {
        const forced = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
        await app.close();
        await exited;
        clearTimeout(forced);
      },
    };
  } catch (error) {
    await kill();
    throw error;
  }
};
