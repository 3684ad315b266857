import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { startBenchHost } from './measure/bench-host';
import { cpuBetween, treeCpu } from './measure/cpu';
import type { Bench, Row } from './row';

const PRESSES = 50;
const BOUND_MS = 150;
/** Longer than a key that is held down takes to repeat. */
const BETWEEN_MS = 900;
const IDLE_S = 60;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};

/** A picture of a screen: 1920 × 1080, mostly plain, with a part that does not compress. No two are equal. */
const screenshot = (): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1920, 0);
  header.writeUInt32BE(1080, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const noise = randomBytes(1920 * 3);
  const rows = Array.from({ length: 1080 }, (_, y) => {
    const row = Buffer.alloc(1 + 1920 * 3, y % 251);
    row[0] = 0;
    noise.copy(row, 1, (y * 7) % 3000, ((y * 7) % 3000) + 1500);
    return row;
  });
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 3 })), chunk('IEND', Buffer.alloc(0))]);
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

const setPicture = async (bytes: Buffer): Promise<void> => {
  const child = spawn('xclip', ['-selection', 'clipboard', '-t', 'image/png', '-i'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(bytes);
  await once(child, 'exit');
};

/** How long Electron takes to make a PNG of what the clipboard holds: what an upload of it could not do without. */
const encoding = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ clipboard }) => {
    const image = (clipboard as unknown as { readImage: () => { toPNG: () => unknown } }).readImage();
    const start = performance.now();
    image.toPNG();
    return performance.now() - start;
  });

type Bridge = { readonly on: (name: string, listener: () => void) => () => void; readonly invoke: (name: string, input: unknown) => Promise<unknown> };

/** The time at which the window hears that the next link lies on the clipboard; main tells it after writing. */
const linkAt = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const off = (window as unknown as { readonly picferry: Bridge }).picferry.on('output:copied', () => {
          off();
          resolve(performance.timeOrigin + performance.now());
        });
      }),
  );

const presses = async (app: ElectronApplication, page: Page, say: (line: string) => void): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let press = 0; press < PRESSES; press += 1) {
    const bytes = screenshot();
    await setPicture(bytes);
    const encoded = await encoding(app);
    await pause(BETWEEN_MS);
    const arrived = linkAt(page);
    const start = performance.timeOrigin + performance.now();
    spawnSync('xdotool', ['key', 'ctrl+alt+shift+u']);
    times.push((await arrived) - start - encoded);
    if ((press + 1) % 10 === 0) say(`pressed ${String(press + 1)} times`);
  }
  return times;
};

const idle = async (app: ElectronApplication, say: (line: string) => void): Promise<number> => {
  await setPicture(screenshot());
  await pause(5000);
  const pid = app.process().pid ?? 0;
  say(`both watchers on, ${String(IDLE_S)} s of idling with a picture on the clipboard`);
  const before = treeCpu(pid);
  await pause(IDLE_S * 1000);
  return (cpuBetween(before, treeCpu(pid)) / IDLE_S) * 100;
};

/** From the press of a global key to the link on the clipboard, and what the watchers cost while nothing happens. Linux with an X server only. */
export const hotkey: Bench = {
  name: 'hotkey',
  run: async ({ folder, root, electron, say }) => {
    if (process.platform !== 'linux') return [];
    const made = (name: string): string => {
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    const host = await startBenchHost(root, made('host'));
    const env = { ...process.env, PICFERRY_HOME: made('home'), PICFERRY_KEYCHAIN: 'off', XDG_CONFIG_HOME: made('config') } as Record<string, string>;
    const added = spawnSync(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'accounts', 'add', 'bench', '--provider', 'wizs', '--url', host.url, '--secret', 'key=-'], { env, input: host.key, encoding: 'utf8' });
    if (added.status !== 0) throw new Error(added.stderr);
    const app = await _electron.launch({ executablePath: electron, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root], env });
    const page = await app.firstWindow();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await pause(5000);
    const times = await presses(app, page, say);
    const shots = made('shots');
    await page.evaluate(async (path) => {
      const { picferry } = window as unknown as { readonly picferry: Bridge };
      await picferry.invoke('settings:set', {
        clipboardWatcher: { on: true, act: 'ask' },
        screenshotWatcher: { on: true, act: 'ask', systemFolder: true, folders: [{ path, pattern: '' }], after: 'keep', moveTo: '' },
        notifications: 'none',
      });
    }, shots);
    const cpu = await idle(app, say);
    await app.close();
    await host.stop();
    return rows(times, cpu);
  },
};

const rows = (times: readonly number[], cpu: number): readonly Row[] => [
  {
    promise: 'key to link on the clipboard, 1080p screenshot, on top of encoding the PNG',
    figure: `p95 ${percentile(times, 0.95).toFixed(0)} ms (median ${percentile(times, 0.5).toFixed(0)} ms, ${String(PRESSES)} presses)`,
    bound: `≤ ${String(BOUND_MS)} ms`,
    ok: percentile(times, 0.95) <= BOUND_MS,
  },
  { promise: `processor while idle, both watchers on, ${String(IDLE_S)} s`, figure: `${cpu.toFixed(2)} % of a core`, bound: '≤ 1 %', ok: cpu <= 1 },
];
