import { defineConfig } from 'vitest/config';

/** Everything `vitest run` finds: tests beside the source, and those of the tools and fakes. */
export default defineConfig({
  test: {
    pool: 'forks',
    // All processors: Vitest itself leaves one free, which is half of a small machine.
    maxWorkers: '100%',
    setupFiles: ['test/setup/loopback-only.ts', 'test/setup/patient-waiting.ts', 'test/setup/repeatable-cases.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
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
