import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const { makeFolder } = (await import(resolve('scripts/place.mjs'))) as { readonly makeFolder: (path: string) => void };

it('makes the cache folder level by level, and gives up at once where nobody may', () => {
  const folder = mkdtempSync(join(tmpdir(), 'picferry-cache-'));
  try {
    makeFolder(join(folder, 'a', 'b'));
    expect(statSync(join(folder, 'a', 'b')).isDirectory()).toBe(true);
    if (process.platform === 'linux') expect(() => makeFolder('/proc/nope/picferry')).toThrow(/^E/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
