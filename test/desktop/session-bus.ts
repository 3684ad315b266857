import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Something that listens where a session bus would. */
export type BusPlace = { readonly path: string; readonly stop: () => Promise<void> };

/** A real session bus of its own. */
export const startBus = async (): Promise<BusPlace> => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-bus-'));
  const path = join(folder, 'bus');
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', `--address=unix:path=${path}`, '--print-address=1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(daemon, 'exit');
  await once(daemon.stdout, 'data');
  return {
    path,
    stop: async () => {
      daemon.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** What is no bus: every connection is handed to `talk` and ends with the place. */
export const startNoBus = async (talk: (socket: Socket) => void): Promise<BusPlace> => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-bus-'));
  const path = join(folder, 'bus');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.resume();
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    path,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
