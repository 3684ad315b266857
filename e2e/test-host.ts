import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { HostReport, type HostStartCommand } from '../src/host/messages';
import { appFolder } from './runtime';

export type TestHost = Extract<HostReport, { type: 'listening' }> & { readonly stop: () => Promise<void> };

const firstReport = async (child: ChildProcess): Promise<HostReport> => {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The host ended with ${String(code)} before it listened`);
    }),
  ])) as [unknown];
  return HostReport.parse(message);
};

/** Starts the embedded host in test mode (all four dialects, control calls) on free ports, storing in `folder`. */
export const startTestHost = async (folder: string, options: Partial<Pick<HostStartCommand, 'limits'>> = {}): Promise<TestHost> => {
  const child = fork(join(appFolder(), 'out', 'main', 'host.js'), [], { serialization: 'advanced' });
  const command: HostStartCommand = { type: 'start', folder, port: 0, mode: 'test', ...options };
  child.send(command);
  const report = await firstReport(child);
  if (report.type !== 'listening') throw new Error(`The host did not start: ${report.message}`);
  return {
    ...report,
    stop: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.send({ type: 'stop' });
      await exited;
    },
  };
};
