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
/** A press without a link after this was not heard. */
const LOST_MS = 20_000;

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

/** How long Electron takes to make a PNG of what the clipboard holds. */
const encoding = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ clipboard }) => {
    const image = (clipboard as unknown as { readImage: () => { toPNG: () => unknown } }).readImage();
    const start = performance.now();
    image.toPNG();
    return performance.now() - start;
  });

type Bridge = { readonly on: (name: string, listener: () => void) => () => void; readonly invoke: (name: string, input: unknown) => Promise<unknown> };

/** One call of main to the system's clipboard. */
type Call = { readonly name: string; readonly from: number; readonly to: number };
type Noting = { calls: Call[]; copied: number[] };

/** Has main note its calls to the clipboard from now on, and the window when it hears that a link lies there; main tells it after writing. */
const note = async (app: ElectronApplication, page: Page): Promise<void> => {
  await app.evaluate(({ clipboard }) => {
    const calls: Call[] = [];
    (globalThis as unknown as Noting).calls = calls;
    const now = (): number => performance.timeOrigin + performance.now();
    const own = clipboard as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    for (const name of ['availableFormats', 'read', 'readBuffer', 'readHTML', 'readImage', 'readText', 'write', 'writeText']) {
      const act = own[name]?.bind(clipboard);
      if (act === undefined) continue;
      own[name] = (...args) => {
        const from = now();
        const answer = act(...args);
        calls.push({ name, from, to: now() });
        return answer;
      };
    }
  });
  await page.evaluate(() => {
    const copied: number[] = [];
    (window as unknown as Noting).copied = copied;
    (window as unknown as { readonly picferry: Bridge }).picferry.on('output:copied', () => copied.push(performance.timeOrigin + performance.now()));
  });
};

/** One press in milliseconds, and where they went. */
type Press = { readonly total: number; readonly heard: number; readonly read: number; readonly upload: number; readonly kept: number; readonly written: number; readonly encoding: number };

/** What is read for the upload and what is read to be put back later lie before and after the longest rest. */
const partsOf = (calls: readonly Call[], start: number, end: number): Omit<Press, 'encoding'> => {
  const write = calls.findIndex(({ name }) => name === 'writeText');
  const reads = calls.slice(0, write);
  const rest = (index: number): number => (reads[index]?.from ?? 0) - (reads[index - 1]?.to ?? 0);
  const second = reads.map((_read, index) => index).slice(1).reduce((best, index) => (rest(index) > rest(best) ? index : best), 1);
  const [heard, read, again, wrote] = [reads[0]?.from, reads[second - 1]?.to, reads[second]?.from, calls[write]?.from].map((at) => at ?? Number.NaN);
  return { total: end - start, heard: (heard ?? 0) - start, read: (read ?? 0) - (heard ?? 0), upload: (again ?? 0) - (read ?? 0), kept: (wrote ?? 0) - (again ?? 0), written: end - (wrote ?? 0) };
};

const MODIFIERS = ['ctrl', 'alt', 'shift'];
const hold = (how: 'keydown' | 'keyup'): void => void spawnSync('xdotool', MODIFIERS.flatMap((key) => [how, key]));

const presses = async (app: ElectronApplication, page: Page, say: (line: string) => void): Promise<readonly Press[]> => {
  const made: Press[] = [];
  await note(app, page);
  for (let press = 0; press < PRESSES; press += 1) {
    await setPicture(screenshot());
    const encoded = await encoding(app);
    await pause(BETWEEN_MS);
    await app.evaluate(() => void (globalThis as unknown as Noting).calls.splice(0));
    hold('keydown');
    const start = performance.timeOrigin + performance.now();
    spawn('xdotool', ['key', '--delay', '0', 'u'], { stdio: 'ignore' });
    await page.waitForFunction((count) => (window as unknown as Noting).copied.length > count, press, { timeout: LOST_MS, polling: 50 });
    hold('keyup');
    const end = await page.evaluate((at) => (window as unknown as Noting).copied[at] ?? Number.NaN, press);
    made.push({ ...partsOf(await app.evaluate(() => (globalThis as unknown as Noting).calls), start, end), encoding: encoded });
    if ((press + 1) % 10 === 0) say(`pressed ${String(press + 1)} times`);
  }
  return made;
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
    const all = await presses(app, page, say);
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
    sayParts(all, say);
    return rows(all, cpu);
  },
};

const SLOWEST = 6;

const PARTS = { heard: 'heard', read: 'clipboard read', upload: 'uploaded', kept: 'earlier content kept', written: 'written and told' } as const;

const sayParts = (all: readonly Press[], say: (line: string) => void): void => {
  say('from the key to the link, median / p95 ms (heard: the start of the program that presses the key is in it):');
  for (const name of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    const times = all.map((press) => press[name]);
    say(`  ${PARTS[name].padEnd(20)} ${percentile(times, 0.5).toFixed(0).padStart(4)} / ${percentile(times, 0.95).toFixed(0)}`);
  }
  const slowest = [...all.entries()].sort(([, a], [, b]) => b.total - a.total).slice(0, SLOWEST);
  say(`the slowest ${String(SLOWEST)} presses, with the parts in that order:`);
  for (const [index, press] of slowest) {
    say(`  press ${String(index + 1).padStart(2)}: ${press.total.toFixed(0)} ms = ${(Object.keys(PARTS) as (keyof typeof PARTS)[]).map((name) => press[name].toFixed(0)).join(' + ')}`);
  }
};

/** Nothing is taken off the figure: on Linux a picture's own bytes are read, and nothing is encoded. */
const rows = (all: readonly Press[], cpu: number): readonly Row[] => {
  const totals = all.map(({ total }) => total);
  const encoded = percentile(all.map((press) => press.encoding), 0.5);
  return [
    {
      promise: 'key to link on the clipboard, 1080p screenshot whose PNG is read as it is',
      figure: `p95 ${percentile(totals, 0.95).toFixed(0)} ms (median ${percentile(totals, 0.5).toFixed(0)} ms, ${String(PRESSES)} presses; encoding it anew would take ${encoded.toFixed(0)} ms)`,
      bound: `≤ ${String(BOUND_MS)} ms`,
      ok: percentile(totals, 0.95) <= BOUND_MS,
    },
    { promise: `processor while idle, both watchers on, ${String(IDLE_S)} s`, figure: `${cpu.toFixed(2)} % of a core`, bound: '≤ 1 %', ok: cpu <= 1 },
  ];
};
