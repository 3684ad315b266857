import { afterEach, expect, test } from 'vitest';
import { startBus, startNoBus, type BusPlace } from '../../../test/desktop/session-bus';
import { BUS, connectSessionBus, type SessionBus } from '../../lib/session-bus';
import { WATCHER, watchStatusNotifier } from './status-notifier';

const LONG_MS = 60_000;
const uid = process.getuid?.() ?? 0;
const endings: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const ended = async (place: Promise<BusPlace>): Promise<string> => {
  const { path, stop } = await place;
  endings.push(stop);
  return path;
};
const watched = async (address: string | undefined, limitMs = LONG_MS) => {
  const place = await watchStatusNotifier(address, uid, limitMs);
  endings.push(place.close);
  return place;
};
/** A panel of a desktop: it owns the name until its connection ends. */
const startPanel = async (path: string): Promise<SessionBus> => {
  const panel = await connectSessionBus(path, uid);
  endings.push(panel.close);
  await panel.call({ ...BUS, member: 'RequestName', signature: 'su', body: [WATCHER, 0] });
  return panel;
};

test('knows a tray where the bus says that its name is owned, and none where it is not', async () => {
  const path = await ended(startBus());
  expect((await watched(`unix:path=${path},guid=00`)).exists()).toBe(false);
  await startPanel(path);
  expect((await watched(`unix:path=${path},guid=00`)).exists()).toBe(true);
});

test('tells when a panel comes, goes and comes back', async () => {
  const path = await ended(startBus());
  const place = await watched(`unix:path=${path}`);
  const told: boolean[] = [];
  place.onChange((exists) => void told.push(exists));
  const panel = await startPanel(path);
  await expect.poll(() => told).toEqual([true]);
  panel.close();
  await expect.poll(() => told).toEqual([true, false]);
  await startPanel(path);
  await expect.poll(() => told).toEqual([true, false, true]);
  expect(place.exists()).toBe(true);
});

test('takes a bus that hangs up, speaks nonsense or is not there for none, and one that says nothing after its time', async () => {
  const hangsUp = await ended(startNoBus((socket) => socket.end()));
  const nonsense = await ended(startNoBus((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n and more of it')));
  for (const address of [`unix:path=${hangsUp}`, `unix:path=${nonsense}`, 'unix:path=/nowhere/at/all', 'unix:abstract=/tmp/dbus-x', undefined]) {
    expect((await watched(address)).exists()).toBe(false);
  }
  const silent = await ended(startNoBus(() => undefined));
  expect((await watched(`unix:path=${silent}`, 50)).exists()).toBe(false);
});

test('a bus that goes away takes the tray with it', async () => {
  const bus = await startBus();
  await startPanel(bus.path);
  const place = await watched(`unix:path=${bus.path}`);
  const told = new Promise<boolean>((resolve) => place.onChange(resolve));
  await bus.stop();
  expect(await told).toBe(false);
});
