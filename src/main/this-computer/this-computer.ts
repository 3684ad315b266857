import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { HostReport, type HostCommand } from '../../host/messages';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';
import type { Child, ChildProcessPort, ThisComputer } from '../services';
import type { SettingsService } from '../settings';

export type ThisComputerDeps = {
  /** The data folder; the host's files lie in `host` below its `store`. */
  readonly folder: string;
  readonly settings: SettingsService;
  readonly children: ChildProcessPort;
  readonly now: () => number;
  /** Runs `work` after `ms` and returns the cancel. */
  readonly after: (ms: number, work: () => void) => () => void;
};

type Address = { readonly url: string; readonly key: string };
type Failed = Extract<HostReport, { type: 'failed' }>;

/** How long a port may stay taken by a host of ours that is just ending. */
const PATIENCE_MS = 3000;
const RETRY_MS = 150;
/** A host that dies is started again after these pauses; one that lived longer than the last of them starts over. */
const BACK_OFF_MS = [0, 1000, 5000, 30_000] as const;
/** A child that does not end by itself within this time is killed. */
const STOP_MS = 4000;

/**
 * The embedded host as a child process: started when first asked for, its port chosen once and kept in the
 * settings, its write key new with every start. A child that dies is started again, after longer pauses each time.
 */
export function createThisComputer(deps: ThisComputerDeps): ThisComputer {
  let running: { readonly child: Child; readonly ready: Promise<Address> } | null = null;
  let deaths = 0;
  let cancelRestart: (() => void) | null = null;
  let stopping: Promise<void> | null = null;

  const died = (startedAt: number): void => {
    running = null;
    if (deps.now() - startedAt > (BACK_OFF_MS.at(-1) ?? 0)) deaths = 0;
    const pause = BACK_OFF_MS[Math.min(deaths, BACK_OFF_MS.length - 1)] ?? 0;
    deaths += 1;
    cancelRestart = deps.after(pause, () => {
      cancelRestart = null;
      // Nobody waits for this start: the next who asks gets its failure.
      start().catch((error: unknown) => {
        if (!(error instanceof PicferryError)) throw error;
      });
    });
  };
  const launch = (): { readonly child: Child; readonly ready: Promise<Address> } => {
    const child = deps.children.start('host');
    const startedAt = deps.now();
    let wasReady = false;
    const ready = converse(deps, child).then((address) => {
      wasReady = true;
      return address;
    });
    const one = { child, ready };
    child.onExit(() => {
      if (running === one && wasReady) died(startedAt);
    });
    return one;
  };
  const start = async (): Promise<Address> => {
    await stopping;
    cancelRestart?.();
    cancelRestart = null;
    const mine = (running ??= launch());
    try {
      return await mine.ready;
    } catch (error) {
      if (running === mine) running = null;
      mine.child.kill();
      throw error;
    }
  };
  const stop = async (): Promise<void> => {
    cancelRestart?.();
    cancelRestart = null;
    const ending = running;
    running = null;
    if (ending === null) return;
    await new Promise<void>((resolve) => {
      const cancelKill = deps.after(STOP_MS, () => ending.child.kill());
      ending.child.onExit(() => {
        cancelKill();
        resolve();
      });
      ending.child.send({ type: 'stop' } satisfies HostCommand);
    });
  };
  return {
    start,
    stop: () => {
      stopping ??= stop().finally(() => {
        stopping = null;
      });
      return stopping;
    },
  };
}

/** Tells a new child to start and waits until it listens; a port that is about to be free is waited for. */
function converse(deps: ThisComputerDeps, child: Child): Promise<Address> {
  const { settings } = deps;
  const key = randomBytes(24).toString('base64url');
  const until = deps.now() + PATIENCE_MS;
  const ask = (): void => {
    const port = settings.current().hostPort ?? 'kept';
    child.send({ type: 'start', folder: join(deps.folder, 'store', 'host'), port, mode: 'product', key } satisfies HostCommand);
  };
  return new Promise((resolve, reject) => {
    const fail = (problem: Problem): void => reject(new PicferryError(problem));
    child.onExit(() => fail(hostProblem(deps.now(), 'the process ended')));
    child.onMessage((message) => {
      const report = HostReport.safeParse(message);
      if (!report.success) return;
      if (report.data.type === 'listening') {
        try {
          keepPort(settings, report.data.port);
          resolve({ url: report.data.baseUrl, key });
        } catch (error) {
          reject(error instanceof Error ? error : new Error('the port could not be kept'));
        }
      } else if (report.data.type === 'failed') {
        if (mayPass(report.data) && deps.now() < until) deps.after(RETRY_MS, ask);
        else fail(startProblem(report.data, deps.now()));
      }
    });
    ask();
  });
}

/** A host of the same folder on our port is a predecessor on its way out. */
const mayPass = ({ code, by }: Failed): boolean => code === 'port-taken' && (by === null || by.kind !== 'process' || /^(node|electron|picferry)/i.test(by.name));

function keepPort(settings: SettingsService, port: number): void {
  if (settings.readOnly || settings.current().hostPort === port) return;
  settings.update((current) => ({ ...current, hostPort: port }));
}

function startProblem({ code, port, by, message }: Failed, at: number): Problem {
  if (code === 'port-taken' && port !== null) {
    if (by?.kind === 'process') {
      return problemOf({ kind: 'internal', sub: 'portTaken', message: 'portTakenBy', params: { port, program: by.name, pid: by.pid }, retryable: true }, at);
    }
    const text = by?.kind === 'picferry-host' ? 'portTakenByHost' : 'portTaken';
    return problemOf({ kind: 'internal', sub: 'portTaken', message: text, params: { port }, retryable: true }, at);
  }
  if (code === 'folder-unusable') return problemOf({ kind: 'file', sub: 'folder', message: 'diskRefused', detail: message.slice(0, 300) }, at);
  return hostProblem(at, message);
}

const hostProblem = (at: number, detail: string): Problem =>
  problemOf({ kind: 'internal', sub: 'host', message: 'hostFailed', retryable: true, detail: detail.slice(0, 300) }, at);
