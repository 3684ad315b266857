import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { HostReport } from '../../src/host/messages';

/** The embedded host in a process of its own, as it ships, in test mode. */
export type BenchHost = {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  /** How long every answer takes after the work is done. */
  readonly answerAfter: (ms: number) => Promise<void>;
  readonly reset: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const listening = (child: ChildProcess): Promise<Extract<HostReport, { type: 'listening' }>> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the host ended with ${String(code)}`)));
    child.once('message', (message) => {
      const report = HostReport.parse(message);
      if (report.type === 'listening') resolve(report);
      else reject(new Error(report.message));
    });
  });

export const startBenchHost = async (root: string, folder: string): Promise<BenchHost> => {
  const child = fork(join(root, 'out', 'main', 'host.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const ready = listening(child);
  child.send({ type: 'start', folder, port: 0, mode: 'test', limits: { wizs: null }, durable: false });
  const { baseUrl, keys } = await ready;
  const control = async (call: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${baseUrl}/__control/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`control ${call} answered ${String(answer.status)}`);
  };
  return {
    url: `${baseUrl}/wizs`,
    key: keys.wizs,
    pid: child.pid ?? 0,
    answerAfter: (ms) => control('switches', { wizs: { answerAfterMs: ms } }),
    reset: () => control('reset', {}),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.send({ type: 'stop' });
      }),
  };
};
