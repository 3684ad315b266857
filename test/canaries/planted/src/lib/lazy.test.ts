// lint: no-restricted-syntax: Every test runs
// lint: no-restricted-syntax: Wait for a condition
import { it } from 'vitest';

it.skip('is never run', async () => {
  await new Promise((done) => setTimeout(done, 100));
});
