import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { spawnSync } from 'node:child_process';
import { startBenchHost } from './measure/bench-host';
import { longestTurn, watchTurns } from './measure/event-loop-turns';
import { makeFiles } from './measure/sample-files';
import type { Bench } from './row';

const COUNT = 200;

/** The longest time the main process's event loop did not turn while 200 files were uploaded in the real app. */
export const mainProcessStalls: Bench = {
  name: 'main-process-stalls',
  run: async (place) => {
    const folder = (name: string): string => {
      const path = join(place.folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    const host = await startBenchHost(place.root, folder('host'));
    const files = makeFiles(folder('files'), COUNT, 1_000_000);
    const env = { ...process.env, PICFERRY_HOME: folder('home'), PICFERRY_KEYCHAIN: 'off' } as Record<string, string>;
    const cli = join(place.root, 'out', 'main', 'cli.js');
    const added = spawnSync(
      process.execPath,
      [cli, 'accounts', 'add', 'bench', '--provider', 'wizs', '--url', host.url, '--secret', 'key=-'],
      { env, input: host.key, encoding: 'utf8' },
    );
    if (added.status !== 0) throw new Error(added.stderr);
    const electron = await _electron.launch({
      executablePath: place.electron,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), place.root],
      env,
    });
    const page = await electron.firstWindow();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await electron.evaluate(watchTurns);
    await page.evaluate(async (paths) => {
      const bridge = (globalThis as unknown as { picferry: { invoke: (name: string, input: unknown) => Promise<unknown>; on: (name: string, listener: (event: { summary: { done: number } }) => void) => void } }).picferry;
      const done = new Promise<void>((resolve) => {
        bridge.on('queue:changed', (event) => {
          if (event.summary.done >= paths.length) resolve();
        });
      });
      await bridge.invoke('queue:add-paths', { paths, target: {} });
      await done;
    }, files);
    const longest = await electron.evaluate(longestTurn);
    await electron.close();
    await host.stop();
    return [
      {
        promise: 'longest synchronous stretch of the main process during 200 uploads',
        figure: `${longest.toFixed(0)} ms`,
        bound: '≤ 50 ms',
        ok: longest <= 50,
      },
    ];
  },
};
