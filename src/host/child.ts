import { parentProcess, type ParentProcess } from '../lib/parent-process';
import { HostCommand, startHost, type HostReport, type HostStart, type RunningHost } from './index';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reportOf(start: HostStart): HostReport {
  if (start.ok) {
    const { port, baseUrl, deletePort, folderId, keys } = start.host;
    return { type: 'listening', port, baseUrl, deletePort, folderId, keys };
  }
  const { error } = start;
  return {
    type: 'failed',
    code: error.code,
    message: error.message,
    port: 'port' in error ? error.port : null,
    by: 'by' in error ? error.by : null,
  };
}

/** The host's own process: Electron's utilityProcess and Node's child_process.fork alike. */
function serve(parent: ParentProcess): void {
  let running: Promise<RunningHost | null> | null = null;
  const report = (said: HostReport): void => parent.send(said);

  const stop = async (): Promise<void> => {
    await (await running)?.stop();
    process.exit(0);
  };
  const start = async (command: Extract<HostCommand, { type: 'start' }>): Promise<RunningHost | null> => {
    const { folder, port, mode, key, limits, durable } = command;
    const outcome = await startHost({
      folder,
      port,
      mode,
      now: () => Date.now(),
      report: (error) => report({ type: 'problem', message: messageOf(error) }),
      ...(key === undefined ? {} : { key }),
      ...(limits === undefined ? {} : { limits: definedOnly(limits) }),
      ...(durable === undefined ? {} : { durable }),
    });
    report(reportOf(outcome));
    if (outcome.ok) return outcome.host;
    // The parent may try again with another port.
    running = null;
    return null;
  };

  parent.onMessage((message) => {
    const command = HostCommand.safeParse(message);
    if (!command.success) {
      report({ type: 'failed', code: 'bad-command', message: 'The host got a message it does not know.', port: null, by: null });
      return;
    }
    if (command.data.type === 'stop') void stop();
    else running ??= start(command.data);
  });
  parent.onGone(() => void stop());
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function definedOnly<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

process.on('unhandledRejection', () => process.exit(1));
const parent = parentProcess();
if (parent === null) {
  process.stderr.write('The Picferry host is started by Picferry, not by hand: use "picferry host".\n');
  process.exitCode = 2;
} else {
  serve(parent);
}
