import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, type Bench } from './row';

const RUNS = 11;

const milliseconds = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): number => {
  const start = process.hrtime.bigint();
  const result = spawnSync(command, args, { env, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${args.join(' ')} exited with ${String(result.status)}: ${result.stderr.slice(0, 300)}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
};

/** No promise names a figure for it; the bound keeps it from growing unseen. */
export const commandLineStart: Bench = {
  name: 'command-line-start',
  run: async (place) => {
    const env = { ...process.env, PICFERRY_HOME: join(place.folder, 'home'), PICFERRY_KEYCHAIN: 'off' };
    const cli = join(place.root, 'out', 'main', 'cli.js');
    milliseconds(process.execPath, [cli, 'library', '--json'], env);
    const ours = median(Array.from({ length: RUNS }, () => milliseconds(process.execPath, [cli, 'library', '--json'], env)));
    const floor = median(Array.from({ length: RUNS }, () => milliseconds(process.execPath, ['-e', '0'], env)));
    return Promise.resolve([
      {
        promise: 'command line: `library` on an empty library, over an empty Node',
        figure: `${ours.toFixed(0)} ms (empty Node ${floor.toFixed(0)} ms)`,
        bound: '≤ +250 ms',
        ok: ours - floor <= 250,
      },
    ]);
  },
};
