import { createConnection, type Socket } from 'node:net';
import type { TrayPlace } from './contract';
import { decodeBusMessage, encodeBusCall, type BusMessage } from './bus-wire';

/** Whoever shows tray icons on a Linux desktop owns this name on the session bus. */
export const WATCHER = 'org.kde.StatusNotifierWatcher';
const RULE = `type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${WATCHER}'`;
const SERIAL = { hello: 1, rule: 2, owner: 3 } as const;

/**
 * Where the session bus listens, from its address (`unix:path=/run/user/1000/bus,guid=…;…`). Null when it has none that
 * Node can reach: names outside the file system only since Node 20.4, so they are left out.
 */
export const busSocketPath = (address: string | undefined): string | null => {
  for (const one of (address ?? '').split(';')) {
    const path = /^unix:(?:[^;]*,)?path=([^,;]+)/.exec(one)?.[1];
    if (path !== undefined) return decodeURIComponent(path);
  }
  return null;
};

/**
 * Watches whether the desktop shows tray icons. Resolves when that is known, and at the latest after `limitMs`; without
 * a bus there is no tray. The connection is kept, so that a panel that comes or goes is noticed.
 */
export const watchStatusNotifier = async (address: string | undefined, uid: number, limitMs: number): Promise<TrayPlace> => {
  const listeners = new Set<(exists: boolean) => void>();
  let exists = false;
  let socket: Socket | null = null;
  const settle = (now: boolean): void => {
    if (now === exists) return;
    exists = now;
    listeners.forEach((listener) => listener(now));
  };
  const place: TrayPlace = {
    exists: () => exists,
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      listeners.clear();
      socket?.destroy();
    },
  };
  const path = busSocketPath(address);
  if (path === null) return place;
  const connection = (socket = createConnection(path));
  connection.unref();
  await new Promise<void>((known) => {
    const limit = setTimeout(known, limitMs);
    const done = (): void => {
      clearTimeout(limit);
      known();
    };
    const gone = (): void => {
      settle(false);
      done();
    };
    connection.on('error', () => connection.destroy());
    connection.on('close', gone);
    converse(connection, uid, (message) => {
      if (message.replySerial === SERIAL.owner) {
        settle(message.flag === true);
        done();
      } else if (message.isSignal && message.member === 'NameOwnerChanged' && message.strings[0] === WATCHER) {
        settle(message.strings[2] !== '');
      }
    });
  });
  return place;
};

/** Says who we are (SASL EXTERNAL), asks for the name's owner and hands on every message after. */
const converse = (socket: Socket, uid: number, take: (message: BusMessage) => void): void => {
  let bytes = Buffer.alloc(0);
  let speaks = false;
  const read = (): void => {
    for (let found = decodeBusMessage(bytes); found !== null; found = decodeBusMessage(bytes)) {
      bytes = Buffer.from(found.rest);
      take(found.message);
    }
  };
  const greet = (): void => {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return;
    if (!bytes.subarray(0, end).toString('latin1').startsWith('OK ')) throw new RangeError('the bus refused us');
    bytes = bytes.subarray(end + 2);
    speaks = true;
    socket.write('BEGIN\r\n');
    socket.write(encodeBusCall(SERIAL.hello, { member: 'Hello', args: [] }));
    socket.write(encodeBusCall(SERIAL.rule, { member: 'AddMatch', args: [RULE] }));
    socket.write(encodeBusCall(SERIAL.owner, { member: 'NameHasOwner', args: [WATCHER] }));
  };
  socket.on('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`));
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    try {
      if (!speaks) greet();
      if (speaks) read();
    } catch {
      // Whatever answers there is no bus that can be understood: as if there were none.
      socket.destroy();
    }
  });
};
