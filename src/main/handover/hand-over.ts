import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { CommandIo, HandOverResult, HostAnswer } from './contract';
import type { Reply, Request } from './messages';
import { PROTOCOL } from './protocol';
import { listeningAddresses, readAddress } from './socket-address';
import { send } from './wire';

/**
 * Gives a command to the owner of the folder and passes on what it writes. Aborting `signal` cancels the
 * command there and still waits for its answer. Throws `PicferryError` when the owner is another version of Picferry.
 */
export async function handOver(folder: string, command: unknown, io: CommandIo, signal: AbortSignal): Promise<HandOverResult> {
  const socket = await connect(folder);
  if (socket === null) return { type: 'absent' };
  const cancel = (): void => send(socket, { v: PROTOCOL, type: 'cancel' });
  try {
    let taken = false;
    let spoke = false;
    let code: number | null = null;
    await converse(socket, { v: PROTOCOL, type: 'command', command }, (reply) => {
      if (reply.type === 'stdout') {
        spoke = true;
        io.stdout(reply.text);
      } else if (reply.type === 'stderr') io.stderr(reply.text);
      else if (reply.type === 'exit') code = reply.code;
      else if (reply.type === 'taken') {
        taken = true;
        if (signal.aborted) cancel();
        else signal.addEventListener('abort', cancel);
      } else if (signal.aborted) socket.destroy();
      else signal.addEventListener('abort', () => socket.destroy(), { once: true });
    });
    if (code !== null) return { type: 'exit', code };
    return taken ? { type: 'lost', spoke } : { type: 'not-taken' };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/**
 * Tells the folder's owner that a window was started, and what that start asks for. `shown`: the owner has a window and showed it.
 * `gone`: it gave the folder up. `absent`: nobody listens. `onWaiting` is called while it finishes its work.
 */
export async function askForWindow(folder: string, onWaiting: () => void, wish?: unknown): Promise<'shown' | 'gone' | 'absent'> {
  const socket = await connect(folder);
  if (socket === null) return 'absent';
  let shown = false;
  await converse(socket, { v: PROTOCOL, type: 'window', wish }, (reply) => {
    if (reply.type === 'yields') onWaiting();
    if (reply.type !== 'shown') return;
    shown = true;
    socket.end();
  });
  return shown ? 'shown' : 'gone';
}

/** How long the owner of another data folder may take to start its host, and one that is only asked who it is. */
const HOST_PATIENCE_MS = 10_000;
const WHO_PATIENCE_MS = 1000;

/** Asks the owner of another data folder for its embedded host, which it starts for us. */
export async function askForHost(folder: string, patienceMs = HOST_PATIENCE_MS): Promise<HostAnswer> {
  const socket = await connect(folder);
  if (socket === null) return { type: 'absent' };
  socket.setTimeout(patienceMs, () => socket.destroy());
  let answer: HostAnswer = { type: 'absent' };
  try {
    await converse(socket, { v: PROTOCOL, type: 'host' }, (reply) => {
      if (reply.type === 'host') answer = { type: 'host', url: reply.url, key: reply.key };
      else if (reply.type === 'no-host') answer = { type: reply.failed ? 'failed' : 'absent' };
      else answer = { type: 'other-version' };
      socket.end();
    });
  } catch (error) {
    if (!(error instanceof PicferryError)) throw error;
    answer = { type: 'other-version' };
  }
  return answer;
}

/** The data folders whose owners run now and answer, of this person alone. Empty where sockets cannot be listed. */
export async function runningFolders(): Promise<readonly string[]> {
  const found = await Promise.all(listeningAddresses().map(askWho));
  return [...new Set(found.filter((folder) => folder !== null))].sort();
}

async function askWho(address: string): Promise<string | null> {
  const socket = await open(address);
  if (socket === null) return null;
  socket.setTimeout(WHO_PATIENCE_MS, () => socket.destroy());
  let folder: string | null = null;
  try {
    await converse(socket, { v: PROTOCOL, type: 'who' }, (reply) => {
      if (reply.type === 'owner') folder = reply.folder;
      socket.end();
    });
  } catch (error) {
    if (!(error instanceof PicferryError)) throw error;
  }
  return folder;
}

/** Sends one request and passes on the replies; resolves when the connection has closed. */
async function converse(socket: Socket, request: Request, take: (reply: Reply) => void): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => socket.destroy());
  const { receive, Reply } = await import('./messages');
  await new Promise<void>((resolve, reject) => {
    receive(socket, Reply, (received) => {
      if (received.ok) return take(received.message);
      reject(new PicferryError(problemOf({ kind: 'internal', message: 'otherVersion', sub: received.why }, Date.now())));
      socket.destroy();
    });
    void closed.then(resolve);
    send(socket, request);
  });
}

/** A connection to the owner, or null when nobody listens. */
function connect(folder: string): Promise<Socket | null> {
  const address = readAddress(join(folder, 'store'));
  return address === null ? Promise.resolve(null) : open(address);
}

function open(address: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(address);
    const failed = (): void => resolve(null);
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
