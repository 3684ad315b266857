import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { canMakeScreens } from './own-screen';

/** Drives the built app in real Electron. Windows that are open at the same time have a display and a clipboard each. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: canMakeScreens() ? Math.min(availableParallelism(), 3) : 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
