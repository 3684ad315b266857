import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { test as base } from '../fixtures';
import { appFolder } from '../runtime';
import { png } from '../../test/host/pictures';
import { hostControl, type HostControl } from './host-control';
import { libraryPage, type LibraryPage } from './library-page';
import { uploadPage, type UploadPage } from './upload-page';
import type { Picferry } from '../fixtures';

export { expect, dropFiles, setXClipboard, clipboardText } from '../fixtures';

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** The hosts that the test host plays, by the name that their account gets. */
export const hostNames = ['imgurl', 'chevereto', 'smms', 'wizs'] as const;
export type HostName = (typeof hostNames)[number];

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Runs the built command line on a data folder. */
export const runCli = async (home: string, folder: string, args: readonly string[]): Promise<Ended> => {
  const child = spawn(process.execPath, [join(appFolder(), 'out', 'main', 'cli.js'), ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, LANG: 'en_US.UTF-8', LC_ALL: 'C.UTF-8', PICFERRY_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  return { code, out, err };
};

type World = {
  /** The data folder. */
  readonly home: string;
  /** The built command line on the same data folder. */
  readonly cli: (...args: readonly string[]) => Promise<Ended>;
  readonly control: HostControl;
  /** Base URL and options of `accounts add` for a host. */
  readonly accountArgs: (host: HostName) => readonly string[];
  /** Adds accounts named like their hosts; the first becomes the default. */
  readonly addAccounts: (...hosts: readonly HostName[]) => Promise<void>;
  /** Writes a file of this name into the test's own folder; a fresh picture unless given. */
  readonly file: (name: string, bytes?: Uint8Array) => Promise<string>;
  /** Starts Picferry and shows its Upload screen. */
  readonly open: (options?: { readonly env?: Readonly<Record<string, string>> }) => Promise<Picferry & { readonly upload: UploadPage; readonly library: LibraryPage }>;
};

export const test = base.extend<World>({
  home: async ({ folder }, use) => use(join(folder, 'home')),
  cli: async ({ home, folder }, use) => use((...args) => runCli(home, folder, args)),
  control: async ({ host }, use) => use(hostControl(host.baseUrl)),
  accountArgs: async ({ host }, use) =>
    use((name) => {
      const { keys } = host;
      const own: Readonly<Record<HostName, readonly string[]>> = {
        imgurl: ['--set', `uid=${keys.imgurl.uid}`, '--secret', `token=${keys.imgurl.token}`],
        chevereto: ['--secret', `key=${keys.chevereto}`],
        smms: [],
        wizs: ['--secret', `key=${keys.wizs}`],
      };
      return ['--provider', name, '--url', `${host.baseUrl}/${name}`, ...own[name]];
    }),
  addAccounts: async ({ cli, accountArgs }, use) =>
    use(async (...hosts) => {
      for (const name of hosts) {
        const { code, err } = await cli('accounts', 'add', name, ...accountArgs(name));
        if (code !== 0) throw new Error(err);
      }
    }),
  file: async ({ folder }, use) =>
    use(async (name, bytes = png()) => {
      const path = join(folder, 'files', name);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, bytes);
      return path;
    }),
  open: async ({ launch }, use) =>
    use(async (options = {}) => {
      const picferry = await launch(options);
      return { ...picferry, upload: uploadPage(picferry.page), library: libraryPage(picferry.page) };
    }),
});
