import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-keychain-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A session of its own: bus, home, runtime folder and an unlocked gnome-keyring, gone when the script ends. */
const inSession = async (script: string, withKeyring: boolean): Promise<unknown> => {
  const unlock = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 &&';
  const { stdout } = await promisify(execFile)(
    'dbus-run-session',
    ['--', 'sh', '-c', `${withKeyring ? unlock : ''} exec "$0" "$1"`, process.execPath, script],
    { env: { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), XDG_RUNTIME_DIR: join(folder, 'run') }, timeout: 15_000 },
  );
  return JSON.parse(stdout);
};

it.runIf(process.platform === 'linux')('the vault shares its key between processes through a real Secret Service, and is locked without it', async () => {
  for (const name of ['home', 'run', 'store']) mkdirSync(join(folder, name), { mode: 0o700 });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  await build({
    logLevel: 'silent',
    configFile: false,
    build: { ssr: join(__dirname, 'index.ts'), outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: 'secrets.mjs' } } },
  });
  const script = join(folder, 'script.mjs');
  writeFileSync(
    script,
    `import { openVault, systemKeychain } from './secrets.mjs';
    const open = (folder) => openVault({ folder: ${JSON.stringify(join(folder, 'store'))}, keychain: systemKeychain({ env: process.env, platform: 'linux' }), now: Date.now });
    const { vault } = await open();
    const before = vault.get('a') ?? null;
    if (vault.state !== 'locked') vault.set('a', 'invented');
    const again = (await open()).vault;
    process.stdout.write(JSON.stringify({ state: vault.state, before, after: again.get('a') ?? null }));`,
  );
  expect(await inSession(script, true)).toEqual({ state: 'keychain', before: null, after: 'invented' });
  // The keyring's file outlives its session, so a new process in a new session finds the key.
  expect(await inSession(script, true)).toEqual({ state: 'keychain', before: 'invented', after: 'invented' });
  expect(await inSession(script, false)).toEqual({ state: 'locked', before: null, after: null });
});
