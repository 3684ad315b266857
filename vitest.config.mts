import { defineConfig } from 'vitest/config';

/** Everything `vitest run` finds: tests beside the source, and those of the tools and fakes. */
export default defineConfig({
  test: {
    pool: 'forks',
    setupFiles: ['test/setup/loopback-only.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
          exclude: ['test/canaries/planted/**'],
        },
      },
    ],
  },
});
