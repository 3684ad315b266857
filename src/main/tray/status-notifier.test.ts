import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { busSocketPath, watchStatusNotifier } from './status-notifier';

/** What dbus-daemon 1.14 sends to a client that says hello and asks for the watcher, whose owner alone differs. */
const HELLO = '6c02010109000000010000003d00000006017300040000003a312e3000000000050175000100000008016700017300000701730014000000' +
  '6f72672e667265656465736b746f702e4442757300000000040000003a312e3000';
const NAME_ACQUIRED = '6c04010109000000020000008d00000001016f00150000002f6f72672f667265656465736b746f702f44427573000000020173001400' +
  '00006f72672e667265656465736b746f702e4442757300000000030173000c0000004e616d6541637175697265640000000006017300040000003a312e30' +
  '00000000080167000173000007017300140000006f72672e667265656465736b746f702e4442757300000000040000003a312e3000';
const OWNER = '6c02010104000000030000003d00000006017300040000003a312e300000000005017500030000000801670001620000070173001400' +
  '00006f72672e667265656465736b746f702e4442757300000000';
const NAME_HAS_OWNER = (has: boolean): Buffer => Buffer.from(`${HELLO}${NAME_ACQUIRED}${OWNER}${has ? '01' : '00'}000000`, 'hex');

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** A bus that greets as the specification says and answers as `talk` does once its client has begun. */
const startBus = async (talk: (socket: Socket) => void): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-bus-'));
  const path = join(folder, 'bus');
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let heard = '';
    let begun = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (begun || !heard.includes('\r\n')) return;
      if (heard.includes('BEGIN')) {
        begun = true;
        talk(socket);
      } else socket.write('OK 0123456789abcdef0123456789abcdef\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  endings.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });
  return `unix:path=${path},guid=00`;
};

test('knows a tray where the bus says that its name is owned, and none where it is not', async () => {
  for (const has of [true, false]) {
    const place = await watchStatusNotifier(await startBus((socket) => socket.write(NAME_HAS_OWNER(has))), 0, 2000);
    expect(place.exists()).toBe(has);
    place.close();
  }
});

test('understands an answer that comes a byte at a time', async () => {
  const place = await watchStatusNotifier(
    await startBus((socket) => {
      for (const byte of NAME_HAS_OWNER(true)) socket.write(Buffer.from([byte]));
    }),
    0,
    2000,
  );
  expect(place.exists()).toBe(true);
  place.close();
});

test('takes a bus that hangs up, speaks nonsense or is not there for none, and one that says nothing after its time', async () => {
  const addresses = [
    await startBus((socket) => socket.end()),
    await startBus((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n and more of it')),
    await startBus(() => undefined),
    'unix:path=/nowhere/at/all',
    'unix:abstract=/tmp/dbus-x',
    undefined,
  ];
  for (const address of addresses) {
    const place = await watchStatusNotifier(address, 0, 50);
    expect(place.exists()).toBe(false);
    place.close();
  }
});

test('a bus that goes away takes the tray with it', async () => {
  let hangUp = (): void => undefined;
  const address = await startBus((socket) => {
    socket.write(NAME_HAS_OWNER(true));
    hangUp = () => socket.destroy();
  });
  const place = await watchStatusNotifier(address, 0, 2000);
  const told = new Promise<boolean>((resolve) => place.onChange(resolve));
  hangUp();
  expect(await told).toBe(false);
  place.close();
});

test('finds the socket in an address of several', () => {
  expect(busSocketPath('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
  expect(busSocketPath('tcp:host=h,port=1;unix:guid=1,path=/tmp/a%20b')).toBe('/tmp/a b');
  expect(busSocketPath('unix:abstract=/tmp/x')).toBeNull();
});
