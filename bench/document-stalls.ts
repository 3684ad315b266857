import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { _electron } from 'playwright';
import { startBenchHost } from './measure/bench-host';
import { longestTurn, watchTurns } from './measure/event-loop-turns';
import { documentOf } from './merge/documents';
import type { Bench } from './row';

const run = promisify(execFile);
/** The host takes 50 MiB. */
const BYTES = 48_000_000;
const KEY = 'doc';

/** P7: the longest time the main process's event loop did not turn while a document of 50 MB was sent, and merged, in the real app. */
export const documentStalls: Bench = {
  name: 'document-stalls',
  run: async (place) => {
    const folder = (name: string): string => {
      const path = join(place.folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    const host = await startBenchHost(place.root, folder('host'));
    const side = (name: string) => {
      const env = { ...process.env, PICFERRY_HOME: folder(`${name}-home`), PICFERRY_KEYCHAIN: 'off' } as Record<string, string>;
      const cli = async (...args: readonly string[]): Promise<string> => (await run(process.execPath, [join(place.root, 'out', 'main', 'cli.js'), ...args], { env, maxBuffer: 2 ** 26 })).stdout;
      return { env, cli, file: join(folder(`${name}-files`), 'document.json') };
    };
    const [app, other] = [side('app'), side('other')];
    const add = async ({ cli, file }: typeof app): Promise<void> => {
      writeFileSync(join(place.folder, 'key'), host.key);
      await cli('accounts', 'add', 'bench', '--provider', 'wizs', '--url', host.url, '--secret', `key=@${join(place.folder, 'key')}`);
      await cli('sync', 'add', KEY, file);
    };
    const version = async (): Promise<number> => ((JSON.parse(await other.cli('sync', 'history', KEY, '--json')) as { readonly version: number }[])[0]?.version ?? 0);
    const until = async (wanted: number): Promise<void> => {
      while ((await version()) < wanted) await pause(500);
    };
    const document = documentOf(BYTES);
    writeFileSync(app.file, JSON.stringify(document));
    await add(app);
    await add(other);
    const electron = await _electron.launch({ executablePath: place.electron, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), place.root], env: app.env });
    const page = await electron.firstWindow();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await electron.evaluate(watchTurns);
    place.say('the document is sent');
    await until(1);
    const sent = await electron.evaluate(longestTurn);
    place.say('the other side changes it');
    await other.cli('sync', 'run');
    writeFileSync(other.file, JSON.stringify({ ...document, there: 1 }));
    await other.cli('sync', 'run');
    place.say('both sides are merged');
    await electron.evaluate(longestTurn);
    writeFileSync(app.file, JSON.stringify({ ...document, here: 1 }));
    await until(3);
    const merged = await electron.evaluate(longestTurn);
    await electron.close();
    await host.stop();
    const row = (what: string, longest: number) => ({ promise: `longest synchronous stretch of the main process while ${what}`, figure: `${longest.toFixed(0)} ms`, bound: '≤ 50 ms', ok: longest <= 50 });
    return [row('a document of 48 MB is sent', sent), row('both its sides are merged', merged)];
  },
};
