import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appFolder, expect, runtimePath, test } from '../fixtures';

/** Packages that the built programs load from node_modules; all else is bundled. */
const LOADED = ['@photostructure/sqlite', '@napi-rs/keyring', 'sharp', '@img/sharp-wasm32'];

/** These packages with all that they need and that is installed. */
const withNeeds = async (modules: string, names: readonly string[], known = new Set<string>()): Promise<ReadonlySet<string>> => {
  for (const name of names) {
    const description = join(modules, name, 'package.json');
    if (known.has(name) || !existsSync(description)) continue;
    known.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(await readFile(description, 'utf8')) as Readonly<Record<string, Record<string, string> | undefined>>;
    await withNeeds(modules, [...Object.keys(dependencies), ...Object.keys(optionalDependencies)], known);
  }
  return known;
};

/** A copy of app and runtime that any user may read: those of root may lie where only root looks. */
const copyFor = async (folder: string): Promise<{ readonly app: string; readonly electron: string }> => {
  const [app, runtime] = [join(folder, 'app'), join(folder, 'runtime')];
  await cp(dirname(runtimePath()), runtime, { recursive: true, verbatimSymlinks: true });
  await cp(join(appFolder(), 'out'), join(app, 'out'), { recursive: true });
  await cp(join(appFolder(), 'package.json'), join(app, 'package.json'));
  const modules = join(appFolder(), 'node_modules');
  for (const name of await withNeeds(modules, LOADED)) await cp(join(modules, name), join(app, 'node_modules', name), { recursive: true, dereference: true });
  return { app, electron: join(runtime, runtimePath().slice(dirname(runtimePath()).length + 1)) };
};

/** The prefix that gives root's rights up; nothing for who has none. */
const asOrdinaryUser = (folder: string): readonly string[] => {
  if (process.getuid?.() !== 0) return [];
  execFileSync('chown', ['-R', 'nobody', folder]);
  return ['runuser', '-u', 'nobody', '--'];
};

const devToolsAddress = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += String(text);
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`Picferry ended with ${String(code)}:\n${said}`)));
  });

const pagesOf = async (electron: string): Promise<readonly { readonly arguments: string; readonly seccomp: string }[]> => {
  const found: { readonly arguments: string; readonly seccomp: string }[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!line.startsWith(electron) || !line.includes('--type=renderer')) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    found.push({ arguments: line, seccomp: /^Seccomp:\s*(\d)/m.exec(status)?.[1] ?? '' });
  }
  return found;
};

test('an ordinary user gets the page inside Chromium\'s sandbox', async ({ folder }) => {
  const { app, electron } = await copyFor(folder);
  const [home, authority] = [join(folder, 'home'), join(folder, 'xauthority')];
  await mkdir(home);
  if (process.env['XAUTHORITY'] !== undefined) await cp(process.env['XAUTHORITY'], authority);
  await chmod(folder, 0o755);
  const command = [...asOrdinaryUser(folder), electron, '--remote-debugging-port=0', app];
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_RUNTIME_DIR: home, PICFERRY_HOME: join(home, 'data'), XAUTHORITY: authority };
  const child = spawn(command[0] ?? '', command.slice(1), { env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const ended = once(child, 'exit');
  try {
    const { host } = new URL(await devToolsAddress(child));
    const targets = async (): Promise<unknown> => (await fetch(`http://${host}/json/list`)).json();
    await expect.poll(targets, { timeout: 30_000 }).toMatchObject([{ type: 'page', title: 'Picferry', url: expect.stringContaining('app://picferry/index.html') as unknown }]);
    const pages = await pagesOf(electron);
    expect(pages.length).toBeGreaterThan(0);
    for (const { arguments: line, seccomp } of pages) {
      expect(line).not.toContain('--no-sandbox');
      // 2: a filter decides which system calls the process may make.
      expect(seccomp).toBe('2');
    }
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
});
