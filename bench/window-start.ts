import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { treeMebibytes } from './measure/memory';
import { median, type Bench, type BenchPlace, type Row } from './row';

const STARTS = 7;
const STARTS_WITH_LINKS = 3;
const SETTLE_MS = 5_000;

type Start = { readonly milliseconds: number; readonly mebibytes: number };

const launch = async (place: BenchPlace, app: string, home: string): Promise<{ app: ElectronApplication; page: Page; milliseconds: number }> => {
  const start = process.hrtime.bigint();
  const electron = await _electron.launch({
    executablePath: place.electron,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), app],
    env: { ...process.env, PICFERRY_HOME: home, PICFERRY_KEYCHAIN: 'off' } as Record<string, string>,
  });
  const page = await electron.firstWindow();
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return { app: electron, page, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
};

const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One start: time to a usable window, and the memory of all its processes once it stands idle. */
const start = async (place: BenchPlace, app: string, name: string): Promise<Start> => {
  const home = join(place.folder, name);
  mkdirSync(home, { recursive: true });
  const running = await launch(place, app, home);
  await settle(SETTLE_MS);
  const mebibytes = treeMebibytes(running.app.process().pid ?? 0);
  await running.app.close();
  return { milliseconds: running.milliseconds, mebibytes };
};

/** A data folder with one upload to this computer: from then on its host runs with the window, so that the link opens. */
const uploadHere = (place: BenchPlace, name: string): void => {
  const home = join(place.folder, name);
  mkdirSync(home, { recursive: true });
  const upload = spawnSync(process.execPath, [join(place.root, 'out', 'main', 'cli.js'), 'upload', join(place.root, 'resources', 'icon.png')], {
    env: { ...process.env, PICFERRY_HOME: home, PICFERRY_KEYCHAIN: 'off' },
    encoding: 'utf8',
  });
  if (upload.status !== 0) throw new Error(upload.stderr);
};

export const windowStart: Bench = {
  name: 'window-start',
  run: async (place) => {
    const ours: Start[] = [];
    const empty: Start[] = [];
    for (let round = 0; round < STARTS; round++) {
      place.say(`starting both windows, round ${String(round + 1)} of ${String(STARTS)}`);
      empty.push(await start(place, join(place.root, 'bench', 'empty-window'), 'home-empty'));
      ours.push(await start(place, place.root, 'home-ours'));
    }
    place.say('starting with the links to this computer open');
    uploadHere(place, 'home-links');
    const linked: Start[] = [];
    for (let round = 0; round < STARTS_WITH_LINKS; round++) linked.push(await start(place, place.root, 'home-links'));
    const pick = (starts: readonly Start[], key: keyof Start): number => median(starts.map((each) => each[key]));
    const time = pick(ours, 'milliseconds') / pick(empty, 'milliseconds');
    const against = (starts: readonly Start[]): Row => {
      const memory = pick(starts, 'mebibytes') / pick(empty, 'mebibytes');
      return {
        promise: 'idle memory of all processes, against an empty Electron window',
        figure: `${memory.toFixed(2)} × (${pick(starts, 'mebibytes').toFixed(0)} MiB, empty ${pick(empty, 'mebibytes').toFixed(0)} MiB)`,
        bound: '≤ 1.3 ×',
        ok: memory <= 1.3,
      };
    };
    return [
      {
        promise: 'cold start to a usable window, against an empty Electron window',
        figure: `${time.toFixed(2)} × (${pick(ours, 'milliseconds').toFixed(0)} ms, empty ${pick(empty, 'milliseconds').toFixed(0)} ms)`,
        bound: '≤ 1.5 ×',
        ok: time <= 1.5,
      },
      against(ours),
      { ...against(linked), promise: 'the same with links to this computer open (its host runs, too)' },
    ];
  },
};
