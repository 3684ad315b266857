import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
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

export const test = base.extend<Fixtures>({
  // Playwright reads the fixture's needs from this pattern; an empty one says "none".
  // eslint-disable-next-line no-empty-pattern
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
