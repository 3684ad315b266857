import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** What programs must be told so that they meet on one display, one clipboard and one message bus. */
export type Screen = {
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

const SIZE = '1600x1000x24';

const onPath = (name: string): boolean => (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));

/** Whether displays can be made here; where not, all tests share the person's and run one after the other. */
export const canMakeScreens = (): boolean => process.platform === 'linux' && ['Xvfb', 'dbus-daemon'].every(onPath);

/**
 * Starts a virtual display with a clipboard and a message bus that nobody else has.
 * Rejects when one of them cannot be started.
 */
export const startScreen = async (): Promise<Screen> => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-screen-'));
  const authority = join(folder, 'xauthority');
  await writeFile(authority, anyDisplay(randomBytes(16)), { mode: 0o600 });
  const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SIZE, '-nolisten', 'tcp', '-auth', authority], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=3'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const close = async (): Promise<void> => {
    await Promise.all([display, bus].map(ended));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [number, address] = await Promise.all([firstLine(display), firstLine(bus)]);
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority, DBUS_SESSION_BUS_ADDRESS: address }, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** What a program says first on its third pipe. */
const firstLine = async (child: ChildProcess): Promise<string> => {
  const pipe = child.stdio[3];
  if (pipe === null || pipe === undefined || !('read' in pipe)) throw new Error(`${child.spawnfile} has no pipe to speak on`);
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnfile} ended with ${String(code)} before it was ready`);
  });
  const [line] = (await Promise.race([once(createInterface(pipe), 'line'), gone])) as [string];
  return line.trim();
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
};

/** An X authority file with one cookie for whatever number the display gets (family "wild", see Xau(3)). */
const anyDisplay = (cookie: Uint8Array): Buffer => {
  const wild = Buffer.from([0xff, 0xff]);
  const counted = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
  return Buffer.concat([wild, counted(Buffer.alloc(0)), counted(Buffer.alloc(0)), counted(Buffer.from('MIT-MAGIC-COOKIE-1')), counted(cookie)]);
};
