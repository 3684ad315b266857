import { existsSync, readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { headOf, heartbeat, openBarePort } from '../../../test/server/bare-port';
import { openServerWorld, type ServerWorld } from '../../../test/server/server-world';

/** `npm run test:long` attacks at the full size; every change at a part of it, against limits that are as much smaller. */
const LONG = process.env['PICFERRY_LONG'] === '1';
const CONNECTIONS = LONG ? 10_000 : 2000;
const MIB = 1024 ** 2;
const BODY = LONG ? 2048 * MIB : 128 * MIB;

let world: ServerWorld;
beforeAll(async () => {
  world = await openServerWorld();
});
afterAll(() => world.close());

it(`answers while ${String(CONNECTIONS)} connections are opened against it, and keeps to its number of them`, { timeout: 300_000 }, async () => {
  const port = await openBarePort(world, { connections: 50 });
  const sockets = new Set<Socket>();
  let [opened, most] = [0, 0];
  const hold = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port.port, '127.0.0.1', () => {
        opened += 1;
        resolve();
      });
      sockets.add(socket);
      socket.on('error', () => resolve());
      socket.on('close', () => sockets.delete(socket));
    });
  for (let n = 0; n < CONNECTIONS; n += 500) {
    await Promise.all(Array.from({ length: 500 }, hold));
    most = Math.max(most, port.openConnections());
    expect(await heartbeat(port)).toBe(200);
  }
  expect(opened).toBeGreaterThan(CONNECTIONS * 0.9);
  expect(most).toBeLessThanOrEqual(50);
  for (const socket of sockets) socket.destroy();
  await port.close();
});

/** Sends a form of one file that never says how long it is, a MiB at a time, until the other side has enough of it. */
const pour = (port: number, head: string): Promise<{ readonly answer: string; readonly sent: number; readonly memory: number }> =>
  new Promise((resolve) => {
    const piece = Buffer.concat([Buffer.from(`${MIB.toString(16)}\r\n`), Buffer.alloc(MIB, 7), Buffer.from('\r\n')]);
    const first = Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n');
    const before = process.memoryUsage().rss;
    let [answer, sent, memory] = ['', 0, 0];
    const socket = connect(port, '127.0.0.1');
    const more = (): void => {
      while (sent < BODY && socket.writable) {
        sent += MIB;
        memory = Math.max(memory, process.memoryUsage().rss - before);
        if (!socket.write(piece)) return;
      }
    };
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.on('drain', more).on('error', () => undefined);
    socket.on('close', () => resolve({ answer, sent, memory }));
    socket.write(Buffer.concat([Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n${first.length.toString(16)}\r\n`), first, Buffer.from('\r\n')]));
    more();
  });

it(`cuts a form of ${String(BODY / MIB)} MiB off at half of it, holds none of it in memory and leaves nothing on disk`, { timeout: 300_000 }, async () => {
  const port = await openBarePort(world, { formBytes: BODY / 2 });
  const intake = join(world.folder, 'home', 'store', 'intake');
  const { answer, sent, memory } = await pour(port.port, headOf(port, 'multipart/form-data; boundary=b'));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(BODY / 2 + 64 * MIB);
  expect(memory).toBeLessThan(128 * MIB);
  await vi.waitUntil(() => !existsSync(intake) || readdirSync(intake).length === 0);
  expect(await heartbeat(port)).toBe(200);
  await port.close();
});
