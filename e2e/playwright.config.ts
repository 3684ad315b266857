import { defineConfig } from '@playwright/test';

/** Drives the built app in real Electron. One window at a time: clipboard and display are shared. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
