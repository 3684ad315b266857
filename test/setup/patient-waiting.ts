/**
 * Vitest setup: what a test waits for may take long on a busy machine. `vi.waitFor` gives up after a second unless told
 * otherwise, which says more about the machine than about the code; here it waits as long as half a test may last.
 * (`expect.poll` has a setting of its own in vitest.config.mts.)
 */
import { vi } from 'vitest';

const PATIENCE_MS = 10_000;
const waitFor = vi.waitFor.bind(vi);

vi.waitFor = (look, options) => waitFor(look, typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options });
