import { HostCommand, startHost, type HostReport, type HostStart, type RunningHost } from './index';

/** The entry of the host's own process: Electron's utilityProcess and Node's child_process.fork alike. */
type Parent = {
  readonly send: (report: HostReport) => void;
  readonly onMessage: (take: (message: unknown) => void) => void;
  readonly onGone: (act: () => void) => void;
};

/** Electron's utility processes have `process.parentPort`; its types are not needed for these few members. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', take: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', act: () => void): void;
};

function findParent(): Parent | null {
  const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
  if (parentPort) {
    return {
      send: (report) => parentPort.postMessage(report),
      onMessage: (take) => parentPort.on('message', ({ data }) => take(data)),
      onGone: (act) => parentPort.on('close', act),
    };
  }
  if (!process.send) return null;
  return {
    send: (report) => {
      if (process.connected) process.send?.(report);
    },
    onMessage: (take) => process.on('message', take),
    onGone: (act) => process.on('disconnect', act),
  };
}

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

function serve(parent: Parent): void {
  let running: Promise<RunningHost | null> | null = null;

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
      report: (error) => parent.send({ type: 'problem', message: messageOf(error) }),
      ...(key === undefined ? {} : { key }),
      ...(limits === undefined ? {} : { limits: definedOnly(limits) }),
      ...(durable === undefined ? {} : { durable }),
    });
    parent.send(reportOf(outcome));
    if (outcome.ok) return outcome.host;
    // The parent may try again with another port.
    running = null;
    return null;
  };

  parent.onMessage((message) => {
    const command = HostCommand.safeParse(message);
    if (!command.success) {
      parent.send({ type: 'failed', code: 'bad-command', message: 'The host got a message it does not know.', port: null, by: null });
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
const parent = findParent();
if (parent === null) {
  process.stderr.write('The Picferry host is started by Picferry, not by hand: use "picferry host".\n');
  process.exitCode = 2;
} else {
  serve(parent);
}
