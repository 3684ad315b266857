import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { _electron } from 'playwright';
import { seedStore } from '../test/fixtures/seed-library';
import { longestTurn, watchTurns } from './measure/event-loop-turns';
import type { Bench, Row } from './row';

const run = promisify(execFile);

const UPLOADS = 100_000;
const BOUND_MS = 50;

type Page = { readonly picferry: { readonly invoke: (name: string, input: unknown) => Promise<{ readonly ok: boolean; readonly value?: { readonly id: string; readonly uploads?: { readonly new: number } } }> } };

/** Runs in the window: looks at a file, or takes in what was looked at. */
const look = async (path: string): Promise<string> => (await (globalThis as unknown as Page).picferry.invoke('transfer:look', { path, passphrase: null })).value?.id ?? '';
const take = async (id: string): Promise<number> =>
  (await (globalThis as unknown as Page).picferry.invoke('transfer:import', { id, passphrase: null, accounts: true, uploads: true, settings: true })).value?.uploads?.new ?? 0;

/** The longest time the main process's event loop did not turn while the real app, its library on screen, looked at a file of 100,000 uploads and took them in. */
export const libraryImport: Bench = {
  name: 'library-import',
  run: async (place) => {
    const folder = (name: string): string => {
      const path = join(place.folder, name);
      mkdirSync(join(path, 'store'), { recursive: true, mode: 0o700 });
      return path;
    };
    const [from, to] = [folder('from'), folder('to')];
    const file = join(place.folder, 'all.picferry');
    place.say(`filling a library with ${UPLOADS} uploads and exporting it`);
    seedStore(join(from, 'store'), { count: UPLOADS, until: Date.now() });
    const env = { ...process.env, LANGUAGE: 'en', LC_ALL: 'C.UTF-8', PICFERRY_HOME: from, PICFERRY_KEYCHAIN: 'off' } as Record<string, string>;
    await run(process.execPath, [join(place.root, 'out', 'main', 'cli.js'), 'export', file], { env });
    const app = await _electron.launch({ executablePath: place.electron, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), place.root], env: { ...env, PICFERRY_HOME: to } });
    try {
      const page = await app.firstWindow();
      await page.locator('html[data-ready]').waitFor({ state: 'attached' });
      await page.keyboard.press('Control+2');
      await app.evaluate(watchTurns);
      const row = (what: string, longest: number, seconds: number, ok: boolean): Row => ({
        promise: `longest synchronous stretch of the main process while a file of 100,000 uploads is ${what}`,
        figure: `${longest.toFixed(0)} ms (${seconds.toFixed(1)} s in all)`,
        bound: `≤ ${BOUND_MS} ms`,
        ok: ok && longest <= BOUND_MS,
      });
      const timed = async <T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly longest: number; readonly seconds: number }> => {
        const start = performance.now();
        const value = await work();
        return { value, longest: await app.evaluate(longestTurn), seconds: (performance.now() - start) / 1000 };
      };
      place.say('looking at the file');
      const looked = await timed(() => page.evaluate(look, file));
      place.say('taking it in');
      const taken = await timed(() => page.evaluate(take, looked.value));
      return [row('looked at', looked.longest, looked.seconds, looked.value !== ''), row('imported, the library on screen', taken.longest, taken.seconds, taken.value === UPLOADS)];
    } finally {
      await app.close();
    }
  },
};
