import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import type { Handlers, Owner } from './contract';
import type { Request } from './messages';
import { tryOwnerLock } from './owner-lock';
import { PROTOCOL } from './protocol';
import { newSocketAddress, noteAddress } from './socket-address';
import { send, sendText } from './wire';

/**
 * Makes this process the owner of the data folder, or gives null while another process is.
 * It listens at once; those who connect wait until `serve` is called.
 * Throws the system's error when the folder cannot be written.
 */
export async function becomeOwner(folder: string): Promise<Owner | null> {
  const store = join(folder, 'store');
  const lock = tryOwnerLock(store);
  if (lock === null) return null;
  try {
    const address = newSocketAddress(folder);
    const desk = createDesk(resolve(folder));
    const server = createServer((socket) => desk.welcome(socket));
    await listen(server, address);
    noteAddress(store, address);
    return {
      ...desk.owner,
      release: () => {
        server.close();
        desk.dismiss();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The lock is ours, so a socket file that lies there belongs to a process that died. */
async function listen(server: Server, address: string): Promise<void> {
  if (process.platform !== 'win32') rmSync(address, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  if (process.platform !== 'win32') chmodSync(address, 0o600);
}

/** Passes on what another process asks. What reads it is loaded for the first who comes: most starts meet nobody, and the first frame waits for none of it. */
async function listenTo(socket: Socket, take: (request: Request) => void): Promise<void> {
  const { receive, Request } = await import('./messages');
  receive(socket, Request, (received) => {
    if (received.ok) return take(received.message);
    // Any message tells a stranger our version; the line itself is not answered.
    send(socket, { v: PROTOCOL, type: 'busy' });
    socket.destroySoon();
  });
}

type Desk = {
  readonly owner: Omit<Owner, 'release'>;
  welcome(socket: Socket): void;
  dismiss(): void;
};

/** Takes requests of other processes, one per connection, and counts the commands that run. */
function createDesk(folder: string): Desk {
  const sockets = new Set<Socket>();
  const yielded = new AbortController();
  let handlers: Handlers | null = null;
  let early: (() => void)[] = [];
  let draining = false;
  let running = 0;
  const idle: (() => void)[] = [];

  const runCommand = async (with_: Handlers, socket: Socket, command: unknown, cancel: AbortSignal, gone: AbortSignal): Promise<void> => {
    running += 1;
    send(socket, { v: PROTOCOL, type: 'taken' });
    const io = {
      stdout: (text: string) => sendText(socket, 'stdout', text),
      stderr: (text: string) => sendText(socket, 'stderr', text),
    };
    try {
      const code = await with_.command(command, io, cancel, gone);
      send(socket, { v: PROTOCOL, type: 'exit', code });
      socket.end();
    } catch {
      // The handler reports its own failures; whatever else happens, the other process must not wait for ever.
      socket.destroy();
    } finally {
      running -= 1;
      if (running === 0) for (const tell of idle.splice(0)) tell();
    }
  };
  const tellHost = async (with_: Handlers, socket: Socket): Promise<void> => {
    try {
      const host = draining ? null : ((await with_.host?.()) ?? null);
      send(socket, host === null ? { v: PROTOCOL, type: 'no-host', failed: false } : { v: PROTOCOL, type: 'host', ...host });
    } catch {
      // Why is told where that Picferry runs.
      send(socket, { v: PROTOCOL, type: 'no-host', failed: true });
    }
    socket.end();
  };
  const answer = (with_: Handlers, socket: Socket, request: Request, cancel: AbortController, gone: AbortSignal): void => {
    if (request.type === 'cancel') {
      cancel.abort();
    } else if (request.type === 'window') {
      const verdict = with_.window(request.wish);
      if (verdict === 'yields') {
        draining = true;
        yielded.abort();
      }
      send(socket, { v: PROTOCOL, type: verdict });
    } else if (request.type === 'host') {
      void tellHost(with_, socket);
    } else if (request.type === 'who') {
      send(socket, { v: PROTOCOL, type: 'owner', folder });
      socket.end();
    } else if (draining) {
      send(socket, { v: PROTOCOL, type: 'busy' });
    } else {
      void runCommand(with_, socket, request.command, cancel.signal, gone);
    }
  };

  return {
    owner: {
      yielded: yielded.signal,
      serve: (given) => {
        handlers = given;
        const waiting = early;
        early = [];
        for (const go of waiting) go();
      },
      drain: () => {
        draining = true;
        return running === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve));
      },
    },
    welcome: (socket) => {
      const [cancel, gone] = [new AbortController(), new AbortController()];
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        gone.abort();
      });
      // A process that was killed resets the connection: its work goes on.
      socket.on('error', () => socket.destroy());
      void listenTo(socket, (message) => {
        if (handlers === null) early.push(() => handlers && answer(handlers, socket, message, cancel, gone.signal));
        else answer(handlers, socket, message, cancel, gone.signal);
      });
    },
    dismiss: () => {
      for (const socket of sockets) socket.destroySoon();
    },
  };
}
