import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { INVENTED_ALBUMS, inventedUploads } from '../../test/fixtures/invented-uploads';
import { test as base } from './world';

export { addressesIn } from './x-clipboard';
export { clipboardText, expect } from './world';

const root = resolve(__dirname, '../..');
export const SEEDED = 100_000;

type Invented = ReturnType<typeof inventedUploads> extends Generator<infer One, void, undefined> ? One : never;

type Seed = {
  /** A data folder's `store` with the invented uploads. */
  readonly store: string;
  /** What is in it, the newest first. */
  readonly uploads: readonly Invented[];
};

type Seeded = {
  /** What the library held before the test, the newest first. */
  readonly uploads: readonly Invented[];
};

/** Tests whose data folder holds a library of 100,000 invented uploads from the start; it is made once per run. */
export const test = base.extend<Seeded, { readonly seed: Seed }>({
  seed: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'picferry-seed-'));
      const until = Date.now() - 60_000;
      const child = spawn(process.execPath, [join(root, 'scripts', 'run-ts.mjs'), 'test/fixtures/seed.ts', folder, String(SEEDED), String(until)], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
      const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
      if (code !== 0) throw new Error(`seeding failed: ${said}`);
      await use({ store: join(folder, 'store'), uploads: [...inventedUploads({ count: SEEDED, until, localAlbums: INVENTED_ALBUMS.map(({ id }) => id) })].reverse() });
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  uploads: [
    async ({ home, seed }, use) => {
      await mkdir(home, { recursive: true, mode: 0o700 });
      await cp(seed.store, join(home, 'store'), { recursive: true });
      await use(seed.uploads);
    },
    { auto: true },
  ],
});
