import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isLoopback } from '../setup/is-loopback';

describe('the guard of hermetic tests', () => {
  it('knows this machine by all its names', () => {
    expect(['localhost', 'LOCALHOST', 'a.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', '::ffff:127.0.0.1'].filter((host) => !isLoopback(host))).toEqual([]);
  });

  it('takes nothing else for it', () => {
    expect(['example.com', '10.0.0.1', '127.0.0.1.example.com', 'localhost.example.com', '::2', '0.0.0.0', '1127.0.0.1'].filter(isLoopback)).toEqual([]);
  });

  it('lets requests to this machine through', async () => {
    const server = createServer((_request, response) => response.end('here'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(await answer.text()).toBe('here');
    const status = await new Promise((done, fail) => get(`http://localhost:${port}/`, { family: 4 }, (response) => done(response.resume().statusCode)).on('error', fail));
    expect(status).toBe(200);
    await new Promise((done) => server.close(done));
  });
});
