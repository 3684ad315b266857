import { createConnection, type Socket } from 'node:net';
import { decodeMessage, encodeMessage, MESSAGE, type BusMessage, type BusValue } from './wire';

export type BusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature: string;
  readonly body: readonly BusValue[];
};

/** A connection to the session bus. */
export interface SessionBus {
  /** Resolves with the answer's values. Rejects with `BusError` when the bus or the other program refuses, or the connection ends. */
  call(call: BusCall): Promise<readonly BusValue[]>;
  /** Hears signals; `call` `AddMatch` of the bus first, or none comes. */
  onSignal(listener: (signal: BusMessage) => void): () => void;
  /** Called once when the connection has ended. */
  onClose(listener: () => void): void;
  close(): void;
}

/** `name` is the error's name on the bus, such as `org.freedesktop.DBus.Error.ServiceUnknown`. */
export class BusError extends Error {
  constructor(override readonly name: string, message = name) {
    super(message);
  }
}

export const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' } as const;

const ENDED = 'picferry.ConnectionEnded';

/**
 * Where the session bus listens, from its address (`unix:path=/run/user/1000/bus,guid=…;…`). Null when it has no place
 * that Node can reach: names outside the file system only since Node 20.4, so they are left out.
 */
export const busSocketPath = (address: string | undefined): string | null => {
  for (const one of (address ?? '').split(';')) {
    const path = /^unix:(?:[^;]*,)?path=([^,;]+)/.exec(one)?.[1];
    if (path !== undefined) return decodeURIComponent(path);
  }
  return null;
};

/** Says who we are (SASL EXTERNAL) and resolves once the bus has agreed. */
const authenticate = async (socket: Socket, uid: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0);
    const settled = (): void => {
      socket.off('data', listen);
      socket.off('close', gone);
    };
    const gone = (): void => {
      settled();
      reject(new BusError(ENDED));
    };
    const listen = (chunk: Buffer): void => {
      heard = Buffer.concat([heard, chunk]);
      const end = heard.indexOf('\r\n');
      if (end < 0) return;
      settled();
      if (!heard.subarray(0, end).toString('latin1').startsWith('OK ')) return reject(new BusError('picferry.Refused'));
      resolve(heard.subarray(end + 2));
    };
    socket.on('data', listen);
    socket.on('close', gone);
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`));
  });

type Waiting = { readonly resolve: (values: readonly BusValue[]) => void; readonly reject: (error: BusError) => void };

/** Connects and says hello. Rejects with `BusError` when nobody answers there. The connection keeps no process alive. */
export const connectSessionBus = async (path: string, uid: number): Promise<SessionBus> => {
  const socket = createConnection(path);
  socket.unref();
  socket.on('error', () => socket.destroy());
  let bytes = await authenticate(socket, uid).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  socket.write('BEGIN\r\n');
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(signal: BusMessage) => void>();
  const closers = new Set<() => void>();
  let serial = 0;
  let ended = false;
  const take = (message: BusMessage): void => {
    if (message.type === MESSAGE.signal) return [...listeners].forEach((listener) => listener(message));
    const asked = waiting.get(message.replySerial ?? 0);
    if (asked === undefined) return;
    waiting.delete(message.replySerial ?? 0);
    if (message.type === MESSAGE.answer) asked.resolve(message.body);
    else asked.reject(new BusError(message.errorName ?? 'picferry.Unknown', String(message.body[0] ?? '')));
  };
  const read = (): void => {
    try {
      for (let found = decodeMessage(bytes); found !== null; found = decodeMessage(bytes)) {
        bytes = Buffer.from(found.rest);
        take(found.message);
      }
    } catch {
      // Whatever answers there is no bus that can be understood.
      socket.destroy();
    }
  };
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    read();
  });
  socket.on('close', () => {
    ended = true;
    for (const { reject } of waiting.values()) reject(new BusError(ENDED));
    waiting.clear();
    closers.forEach((listener) => listener());
  });
  const bus: SessionBus = {
    call: (call) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new BusError(ENDED));
        serial += 1;
        waiting.set(serial, { resolve, reject });
        socket.write(encodeMessage({ type: MESSAGE.call, serial, ...call }));
      }),
    onSignal: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onClose: (listener) => void closers.add(listener),
    // What was said before still goes out.
    close: () => void socket.end(),
  };
  read();
  await bus.call({ ...BUS, member: 'Hello', signature: '', body: [] });
  return bus;
};
