import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The built command line; `npm run build` makes it. */
const CLI = resolve(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

export type Started = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard output or error holds this text. */
  readonly says: (text: string) => Promise<void>;
};

/** One data folder and the command lines that run on it. */
export type CliWorld = {
  readonly home: string;
  /** Where the commands are called from. */
  readonly cwd: string;
  readonly start: (...args: string[]) => Started;
  readonly run: (...args: string[]) => Promise<Ended>;
  /** Runs with these bytes on standard input. */
  readonly feed: (input: string | Uint8Array, ...args: string[]) => Promise<Ended>;
  /** Runs with `--json`, expects the exit code and gives the one JSON value. */
  readonly json: (code: number, ...args: string[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

export function openCliWorld(env: Readonly<Record<string, string>> = {}): CliWorld {
  const root = mkdtempSync(join(tmpdir(), 'picferry-cli-'));
  const [home, cwd] = [join(root, 'home'), mkdtempSync(join(root, 'cwd '))];
  const running = new Set<Started>();
  const start = (...args: string[]): Started => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd,
      // No npm around it, and a keychain that tests cannot fill.
      env: { PATH: process.env['PATH'], HOME: root, LANG: 'en_US.UTF-8', PICFERRY_HOME: home, XDG_RUNTIME_DIR: root, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    const checks = new Set<() => void>();
    const grow = (add: (text: string) => void) => (chunk: string) => {
      add(chunk);
      for (const check of [...checks]) check();
    };
    child.stdout.setEncoding('utf8').on('data', grow((text) => (out += text)));
    child.stderr.setEncoding('utf8').on('data', grow((text) => (err += text)));
    const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, out, err }));
    const says = (text: string): Promise<void> =>
      new Promise((done, fail) => {
        const check = (): void => {
          if (!out.includes(text) && !err.includes(text)) return;
          checks.delete(check);
          done();
        };
        checks.add(check);
        void ended.then(() => fail(new Error(`ended without saying ${text}: ${out}${err}`)));
        check();
      });
    const started: Started = { child, ended, says };
    running.add(started);
    void ended.then(() => running.delete(started));
    return started;
  };
  const feed = (input: string | Uint8Array, ...args: string[]): Promise<Ended> => {
    const { child, ended } = start(...args);
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    return ended;
  };
  const run = (...args: string[]): Promise<Ended> => feed('', ...args);
  return {
    home,
    cwd,
    start,
    run,
    feed,
    json: async (code, ...args) => {
      const ended = await run(...args, '--json');
      if (ended.code !== code) throw new Error(`exit ${ended.code}: ${ended.out}${ended.err}`);
      return JSON.parse(ended.out);
    },
    close: async () => {
      for (const { child } of running) child.kill('SIGKILL');
      await Promise.all([...running].map(({ ended }) => ended));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
