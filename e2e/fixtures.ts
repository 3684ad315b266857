import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { canMakeScreens, startScreen } from './own-screen';
import { launchPicferry, type LaunchOptions, type Picferry } from './picferry-app';
import { startTestHost, type TestHost } from './test-host';

export { clipboardText, setXClipboard } from './clipboard';
export { dropFiles } from './drop-files';
export type { Picferry } from './picferry-app';
export { appFolder, runtimePath } from './runtime';
export type { TestHost } from './test-host';
export { expect };

type Fixtures = {
  /** A folder of this test's own, removed afterwards. */
  readonly folder: string;
  /** The embedded host in test mode, with all four dialects. */
  readonly host: TestHost;
  /** Starts Picferry on this test's data folder; may be called again after `close` or `kill`. */
  readonly launch: (options?: Omit<LaunchOptions, 'home'>) => Promise<Picferry>;
  /** A fresh Picferry, closed afterwards. Its page must have logged no error. */
  readonly picferry: Picferry;
};

type WorkerFixtures = {
  /** The display, clipboard and message bus of everything that this worker starts. */
  readonly ownScreen: void;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  ownScreen: [
    async ({}, use) => {
      if (!canMakeScreens()) return use();
      const screen = await startScreen();
      Object.assign(process.env, screen.env);
      await use();
      await screen.close();
    },
    { scope: 'worker', auto: true },
  ],
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'picferry-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },
  host: async ({ folder }, use) => {
    const host = await startTestHost(join(folder, 'host'));
    await use(host);
    await host.stop();
  },
  launch: async ({ folder }, use) => {
    const started: Picferry[] = [];
    await use(async (options = {}) => {
      const picferry = await launchPicferry({ home: join(folder, 'home'), ...options });
      started.push(picferry);
      return picferry;
    });
    for (const picferry of started) if (picferry.running()) await picferry.close();
  },
  picferry: async ({ launch }, use) => {
    const picferry = await launch();
    await use(picferry);
    expect(picferry.errors).toEqual([]);
  },
});
