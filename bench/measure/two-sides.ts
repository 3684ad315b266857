import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchPlace } from '../row';
import { startBenchHost, type BenchHost } from './bench-host';

const run = promisify(execFile);

/** A device with a data folder of its own, driven by its command line. */
export type Side = {
  readonly env: Record<string, string>;
  readonly file: string;
  readonly cli: (...args: readonly string[]) => Promise<string>;
  /** Keeps the file as a document of the host. */
  readonly add: () => Promise<void>;
};

/** Two devices that keep one document at a host of their own. */
export const startSides = async (place: BenchPlace, key: string): Promise<{ readonly sides: readonly [Side, Side]; readonly host: BenchHost }> => {
  const folder = (name: string): string => {
    const path = join(place.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const host = await startBenchHost(place.root, folder('host'));
  const side = (name: string): Side => {
    const env = { ...process.env, LANGUAGE: 'en', LC_ALL: 'C.UTF-8', PICFERRY_HOME: folder(`${name}-home`), PICFERRY_KEYCHAIN: 'off' } as Record<string, string>;
    const cli: Side['cli'] = async (...args) => (await run(process.execPath, [join(place.root, 'out', 'main', 'cli.js'), ...args], { env, maxBuffer: 2 ** 26 })).stdout;
    const file = join(folder(`${name}-files`), 'document.json');
    return {
      env,
      file,
      cli,
      add: async () => {
        writeFileSync(join(place.folder, 'key'), host.key);
        await cli('accounts', 'add', 'bench', '--provider', 'wizs', '--url', host.url, '--secret', `key=@${join(place.folder, 'key')}`);
        await cli('sync', 'add', key, file);
      },
    };
  };
  return { sides: [side('app'), side('other')], host };
};
