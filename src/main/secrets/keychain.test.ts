import { execFile, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';

/** The built programs, and the script that each test runs beside them. */
let programs: string;
let script: string;
let folder: string;

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'picferry-keychain-programs-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(programs, 'node_modules'));
  const input = { secrets: join(__dirname, 'index.ts'), keychain: join(__dirname, 'child.ts'), children: join(__dirname, '../cli/children.ts') };
  await build({
    logLevel: 'silent',
    configFile: false,
    build: { ssr: true, outDir: programs, emptyOutDir: false, rollupOptions: { input, output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } } },
  });
  script = join(programs, 'script.cjs');
  writeFileSync(
    script,
    `const { openVault, systemKeychain } = require('./secrets.js');
    const { nodeChildren } = require('./children.js');
    const [, , store, text] = process.argv;
    const children = nodeChildren(__dirname);
    const open = () => openVault({ folder: store, keychain: systemKeychain({ env: process.env, platform: 'linux', children }), now: Date.now, keychainLimitMs: Number(text) });
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => { longest = Math.max(longest, performance.now() - last); last = performance.now(); }, 5);
    (async () => {
      const { vault, notices } = await open();
      const before = vault.get('a') ?? null;
      if (vault.state !== 'locked') vault.set('a', 'invented');
      const after = vault.state === 'locked' ? null : ((await open()).vault.get('a') ?? null);
      clearInterval(beat);
      process.stdout.write(JSON.stringify({ state: vault.state, before, after, notices: notices.map(({ message }) => message), blocked: longest > 1000 }), () => process.exit(0));
    })();`,
  );
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-keychain-'));
  for (const name of ['home', 'run', 'store']) mkdirSync(join(folder, name), { mode: 0o700 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), XDG_RUNTIME_DIR: join(folder, 'run'), ...more });
const PATIENT = '8000';
const HASTY = '700';

/** A session of its own: bus, home, runtime folder and an unlocked gnome-keyring, gone when the script ends. */
const inSession = async (keyring: 'answers' | 'absent' | 'silent', limitMs: string): Promise<unknown> => {
  const unlock = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
  // The daemon's number is in the bus's books; a stopped process owns its name and says nothing.
  const stop = `gdbus wait --session --timeout 5 org.freedesktop.secrets && pid=$(gdbus call --session -d org.freedesktop.DBus -o / -m org.freedesktop.DBus.GetConnectionUnixProcessID org.freedesktop.secrets | tr -dc '0-9 ' | awk '{print $NF}') && kill -STOP $pid`;
  const before = keyring === 'absent' ? ':' : keyring === 'answers' ? unlock : `${unlock} && ${stop}`;
  const after = keyring === 'silent' ? 'kill -KILL $pid' : ':';
  const { stdout } = await promisify(execFile)(
    'dbus-run-session',
    ['--', 'sh', '-c', `${before} || exit 9; "$0" "$1" "$2" "$3"; code=$?; ${after}; exit $code`, process.execPath, script, join(folder, 'store'), limitMs],
    { env: env(), timeout: 18_000 },
  );
  return JSON.parse(stdout);
};

describe.runIf(process.platform === 'linux')('the vault and the Secret Service of a session', () => {
  it('shares its key between processes through a real one, and is locked without it', async () => {
    expect(await inSession('answers', PATIENT)).toMatchObject({ state: 'keychain', before: null, after: 'invented', notices: [] });
    // The keyring's file outlives its session, so a new process in a new session finds the key.
    expect(await inSession('answers', PATIENT)).toMatchObject({ state: 'keychain', before: 'invented', after: 'invented' });
    expect(await inSession('absent', PATIENT)).toMatchObject({ state: 'locked', before: null, after: null, notices: ['vaultLocked'] });
  });

  it('is locked, says so in time and makes no other key when the service that has the key stays silent', async () => {
    await inSession('answers', PATIENT);
    expect(await inSession('silent', HASTY)).toEqual({ state: 'locked', before: null, after: null, notices: ['vaultLocked'], blocked: false });
    expect(await inSession('answers', PATIENT)).toMatchObject({ state: 'keychain', before: 'invented' });
  });

  it('uses its key file and says so when the service stays silent from the first start on', async () => {
    expect(await inSession('silent', HASTY)).toEqual({ state: 'key-file', before: null, after: 'invented', notices: ['vaultKeyFile'], blocked: false });
    expect(await inSession('answers', PATIENT)).toMatchObject({ state: 'key-file', before: 'invented', notices: ['vaultKeyFile'] });
  });
});

describe.runIf(process.platform === 'linux')('a session bus that takes connections and says nothing', () => {
  let bus: Server;
  const clients = new Set<Socket>();
  beforeEach(async () => {
    bus = createServer((client) => {
      clients.add(client);
      client.on('error', () => client.destroy());
      client.on('data', () => undefined);
    });
    await new Promise<void>((resolve) => bus.listen(join(folder, 'mute'), resolve));
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await new Promise((resolve) => bus.close(resolve));
  });

  it('costs the vault its time limit and nothing else, and the process ends', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, 'store'), HASTY], { env: env({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'mute')}` }), timeout: 15_000 });
    expect(JSON.parse(stdout)).toEqual({ state: 'key-file', before: null, after: 'invented', notices: ['vaultKeyFile'], blocked: false });
  });

  it('keeps no process behind', async () => {
    const gone = (): Promise<void> => new Promise((resolve) => bus.once('connection', (client: Socket) => client.once('close', () => resolve())));
    const closed = gone();
    const child = fork(script, [join(folder, 'store'), '60000'], { env: env({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'mute')}` }), stdio: 'ignore' });
    await new Promise((resolve) => bus.once('connection', resolve));
    child.kill('SIGTERM');
    await closed;
  });
});
