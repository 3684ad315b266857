import { createServer } from 'node:http';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { png } from '../../../test/host/pictures';
import { rawRequest } from '../../../test/host/raw-http';
import { headOf, heartbeat, openBarePort } from '../../../test/server/bare-port';
import { bearer, openServerWorld, sendBytes, type Answer, type ServerWorld } from '../../../test/server/server-world';
import type { OpenPort } from './open-port';
import { askerOf, isOwnHost } from './who-asks';

let world: ServerWorld;
let token: string;
beforeAll(async () => {
  world = await openServerWorld({ withoutTokenFor: ['notes'] });
  token = world.token();
});
afterAll(() => world.close());

const uploads = async (): Promise<number> => (await world.host.control.files('wizs')).length;
const raw = async (headers: Readonly<Record<string, string>>, body: unknown = { list: [world.file('notes/inside.png')] }, path = '/upload', method = 'POST') => {
  const answer = await rawRequest(world.port, { method, path, headers, ...(method === 'POST' ? { body: Buffer.from(JSON.stringify(body)) } : {}) });
  return { ...answer, json: answer.body.length === 0 ? null : (JSON.parse(answer.body.toString()) as Answer) };
};
const intake = (): readonly string[] => {
  const folder = join(world.folder, 'home', 'store', 'intake');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const own = (): Readonly<Record<string, string>> => ({ host: `127.0.0.1:${world.port}` });

describe('web pages', () => {
  it('get nothing by a rebound name, whatever they send with it', async () => {
    const before = await uploads();
    const hosts = ['evil.example', `evil.example:${world.port}`, `127.0.0.1.evil.example:${world.port}`, '127.0.0.1', `127.0.0.1:${world.port + 1}`, `[::2]:${world.port}`, `0.0.0.0:${world.port}`, `127.0.0.1:${world.port}@evil.example`];
    for (const host of hosts) {
      const { status } = await raw({ host, ...bearer(token) });
      expect([host, status === 403 || status === 400]).toEqual([host, true]);
    }
    expect((await sendBytes(world.port, 'POST /upload HTTP/1.0\r\nContent-Length: 0\r\n\r\n')).status).toBe(400);
    expect((await raw({ host: 'evil.example' }, {}, '/heartbeat')).status).toBe(403);
    expect(await uploads()).toBe(before);
  });

  it('of other sites are refused before anything is read, with a token too, and see no CORS header', async () => {
    const before = await uploads();
    const pages = [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'file://' }, { origin: 'http://127.0.0.1.evil.example' }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, { 'sec-fetch-site': 'same-site' }];
    for (const headers of pages as Readonly<Record<string, string>>[]) {
      for (const more of [{}, bearer(token)]) {
        const answer = await raw({ ...own(), 'content-type': 'text/plain', ...headers, ...more });
        expect([headers, answer.status]).toEqual([headers, 403]);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    const preflight = await raw({ ...own(), origin: 'https://evil.example', 'access-control-request-method': 'POST' }, '', '/upload', 'OPTIONS');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    const options = await raw(own(), '', '/upload', 'OPTIONS');
    expect([options.status, options.headers['access-control-allow-origin']]).toEqual([204, undefined]);
    expect(await uploads()).toBe(before);
    expect(world.services.localApi.state().requests.some(({ note }) => note === 'web-page')).toBe(true);
  });

  it('of this computer (SiYuan, Obsidian) need a token even where programs need none', async () => {
    for (const origin of ['http://127.0.0.1:6806', 'http://localhost:3000', 'app://obsidian.md']) {
      expect((await raw({ ...own(), origin })).status).toBe(401);
      const answer = await raw({ ...own(), origin, ...bearer(token) });
      expect([origin, answer.status, answer.json?.success, answer.headers['access-control-allow-origin']]).toEqual([origin, 200, true, undefined]);
    }
  });

  it('are told from programs by what browsers cannot leave out', () => {
    expect(askerOf({})).toBe('program');
    // Electron's net, which Obsidian uses, and Node's fetch.
    expect(askerOf({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' })).toBe('program');
    expect(askerOf({ 'sec-fetch-mode': 'cors' })).toBe('program');
    expect(askerOf({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe('web-page');
    expect(askerOf({ 'sec-fetch-site': 'same-origin' })).toBe('web-page');
    expect(askerOf({ origin: '' })).toBe('web-page');
    expect(isOwnHost('LocalHost:80', 80)).toBe(true);
    expect(isOwnHost('localhost', 80)).toBe(true);
    expect(isOwnHost('localhost:080', 36_677)).toBe(false);
  });
});

describe('tokens', () => {
  it('are asked from everybody where the switch is off, whatever is asked', async () => {
    const closed = await openServerWorld();
    const before = (await closed.host.control.files('wizs')).length;
    for (const [path, body] of [['/upload', { list: [closed.file('a.png')] }], ['/upload', undefined], ['/delete', { list: [{ id: 'x' }] }], ['/upload', '{']] as const) {
      const { status, headers, body: answer } = await closed.post(path, body);
      expect([path, status, answer.success, headers.get('www-authenticate')]).toEqual([path, 401, false, 'Bearer']);
      expect(answer.message).toContain('token');
    }
    expect((await closed.post('/heartbeat')).body).toEqual({ success: true, result: 'alive' });
    expect((await closed.host.control.files('wizs')).length).toBe(before);
    await closed.close();
  });

  it('are taken from where PicGo and PicList take them, and a wrong one is refused even where none is needed', async () => {
    const list = [world.file('notes/token.png')];
    for (const [path, headers] of [['/upload', bearer(token)], ['/upload', { 'x-picgo-secret': token }], [`/upload?secret=${token}`, {}], [`/upload?key=${token}`, {}], ['/upload', { authorization: token }]] as const) {
      expect((await world.post(path, { list }, headers)).status).toBe(200);
    }
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const [path, headers] of [['/upload', bearer(wrong)], ['/upload', { 'x-picgo-secret': 'x' }], [`/upload?key=${wrong}`, {}], ['/upload', { authorization: 'Basic eDp5' }]] as const) {
      expect((await world.post(path, { list }, headers)).status).toBe(401);
    }
  });

  it('do no more than their scopes, and nothing once removed', async () => {
    const narrow = world.token('clipboard');
    expect((await world.post('/upload', { list: [world.file('s.png')] }, bearer(narrow))).status).toBe(403);
    const { token: gone, info } = world.services.localApi.addToken('gone', ['upload']);
    expect(world.services.localApi.removeToken(info.id)).toBe(true);
    expect((await world.post('/upload', { list: [world.file('g.png')] }, bearer(gone))).status).toBe(401);
    expect(() => world.services.localApi.addToken('program 1', ['upload'])).toThrow('tokenNameTaken');
  });
});

describe('programs without a token, where the switch allows a folder', () => {
  const one = async (path: string): Promise<{ ok: boolean; message: string }> => {
    const { body } = await world.post('/upload', { list: [path] });
    return { ok: body.success, message: body.message ?? '' };
  };
  const OUTSIDE = 'not inside them';

  it('upload pictures inside it, and nothing outside: no traversal, no file address, no folder of a like name', async () => {
    expect((await one(world.file('notes/deep/in/it.png'))).ok).toBe(true);
    const outside = world.file('outside.png');
    const tries = [outside, join(world.folder, 'notes', '..', 'outside.png'), `${world.folder}/notes/../outside.png`, world.file('notes-2/x.png'), '/etc/passwd', `${world.folder}/notes/../../../../etc/hostname`];
    for (const path of tries) expect([path, (await one(path)).message.includes(OUTSIDE)]).toEqual([path, true]);
    for (const path of [`file://${outside}`, 'notes/inside.png', `${world.folder}/notes/a.png\0.txt`]) expect([path, (await one(path)).ok]).toEqual([path, false]);
    // Whether something is there outside is not told.
    expect((await one(join(world.folder, 'not-there.png'))).message).toContain(OUTSIDE);
    expect((await one(join(world.folder, 'notes', 'not-there.png'))).message).toContain('no such file');
  });

  it('upload nothing through a link that leads out, of file or folder, and nothing but pictures and videos by their bytes', async () => {
    const secret = world.file('private/key.png');
    const before = await uploads();
    symlinkSync(secret, join(world.folder, 'notes', 'link.png'));
    symlinkSync(join(world.folder, 'private'), join(world.folder, 'notes', 'folder'));
    for (const path of ['notes/link.png', 'notes/folder/key.png']) expect([path, (await one(join(world.folder, path))).message.includes(OUTSIDE)]).toEqual([path, true]);
    const words = world.file('notes/id_rsa.png', Buffer.from('-----BEGIN OPENSSH PRIVATE KEY-----\n'));
    expect((await one(words)).message).toContain('neither a picture nor a video');
    mkdirSync(join(world.folder, 'notes', 'pictures.png'));
    expect((await one(join(world.folder, 'notes', 'pictures.png'))).ok).toBe(false);
    expect(await uploads()).toBe(before);
    // A link inside that stays inside is an ordinary file.
    symlinkSync(world.file('notes/real.png'), join(world.folder, 'notes', 'inner.png'));
    linkSync(join(world.folder, 'notes', 'real.png'), join(world.folder, 'notes', 'hard.png'));
    expect((await one(join(world.folder, 'notes', 'inner.png'))).ok).toBe(true);
    expect((await one(join(world.folder, 'notes', 'hard.png'))).ok).toBe(true);
  });

  it('reach neither the clipboard, nor web addresses, nor forms, nor deletion', async () => {
    world.services.localApi.useClipboard(() => Promise.reject(new Error('asked')));
    expect((await world.post('/upload')).status).toBe(401);
    expect((await world.post('/upload', { list: [] })).status).toBe(401);
    expect((await world.post('/delete', { list: [{ id: 'x' }] })).status).toBe(401);
    expect((await one('https://pictures.example/a.png')).message).toContain('only for programs with a token');
    const data = new FormData();
    data.append('files', new Blob([new Uint8Array(png())]), 'a.png');
    expect((await fetch(`${world.url}/upload`, { method: 'POST', body: data })).status).toBe(401);
  });

  it('are let in by the setting as well, as long as it is on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'picferry-more-'));
    const path = join(folder, 'x.png');
    writeFileSync(path, png());
    expect((await one(path)).ok).toBe(false);
    world.set({ withoutToken: { on: true, folders: [folder] } });
    expect((await one(path)).ok).toBe(true);
    world.set({ withoutToken: { on: false, folders: [folder] } });
    expect((await one(path)).ok).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('bad requests', () => {
  it('of every kind get a sentence: 200 for clients that show nothing else, true statuses where the setting wants them', async () => {
    const bodies = ['{', 'null', '[]', '"x"', '{"list":"x"}', '{"list":[1]}', '{"list":[""]}', '{"list":{}}', '\u0000', `${'['.repeat(5000)}`];
    for (const body of bodies) {
      const { status, body: answer } = await world.post('/upload', body, bearer(token));
      expect([body.slice(0, 20), status, answer.success]).toEqual([body.slice(0, 20), 200, false]);
      expect(answer.message).toContain('JSON');
    }
    world.set({ strictStatus: true });
    for (const body of bodies.slice(0, 4)) expect((await world.post('/upload', body, bearer(token))).status).toBe(400);
    expect((await world.post('/upload', undefined, { ...bearer(token), 'content-type': 'multipart/form-data' })).status).toBe(400);
    world.set({ strictStatus: false });
    const cut = await sendBytes(world.port, `POST /upload HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60\r\n\r\n${'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n'.slice(0, 60)}`);
    expect(cut.body).toContain('cut off');
  });

  it('to other paths and methods are told so', async () => {
    expect((await world.post('/nothing', {}, bearer(token))).status).toBe(404);
    const { status, headers } = await fetch(`${world.url}/upload`);
    expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    expect((await sendBytes(world.port, 'nonsense\r\n\r\n')).status).toBe(400);
  });

  it('that say 2 GB are refused at once, and those that do not say it are cut off at the limit with nothing left on disk', { timeout: 30_000 }, async () => {
    const head = (type: string) => `POST /upload HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\n`;
    for (const type of ['application/json', 'multipart/form-data; boundary=b']) {
      expect((await sendBytes(world.port, `${head(type)}Content-Length: 2147483648\r\n\r\n`)).status).toBe(413);
    }
    const chunk = Buffer.from(`10000\r\n${' '.repeat(65_536)}\r\n`);
    expect((await sendBytes(world.port, Buffer.concat([Buffer.from(`${head('application/json')}Transfer-Encoding: chunked\r\n\r\n`), ...Array.from({ length: 80 }, () => chunk)]))).status).toBe(413);
    expect(intake()).toEqual([]);
  });
});

describe('a port with small limits', () => {
  let port: OpenPort;
  const kept: string[] = [];
  beforeAll(async () => {
    port = await openBarePort(world, { formBytes: 100_000, headMs: 300, paceMs: 200, paceBytes: 1000, inputs: 3 }, (path) => void kept.push(path));
  });
  afterAll(() => port.close());
  const head = (type: string): string => headOf(port, type);

  it('cuts off a body that only drips, of either kind, and keeps nothing of it', async () => {
    const drip = async (type: string, first: string): Promise<string> => {
      const socket = connect(port.port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
      socket.on('error', () => undefined);
      socket.write(`${head(type)}Content-Length: 90000\r\n\r\n${first}`);
      const timer = setInterval(() => socket.write('x'), 20);
      await once(socket, 'close');
      clearInterval(timer);
      return answer;
    };
    const form = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n';
    for (const answer of await Promise.all([drip('application/json', '{'), drip('multipart/form-data; boundary=b', form)])) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await vi.waitUntil(() => intake().length === 0);
  });

  it('cuts off a head that never ends', async () => {
    const socket = connect(port.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /upload HTTP/1.1\r\nX-Slow: ');
    socket.resume();
    await once(socket, 'close');
  });

  it('refuses a form over the limit that did not say so, and one with too many files, and keeps none of their bytes', async () => {
    const part = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n'), bytes, Buffer.from('\r\n')]);
    const body = Buffer.concat([part(png()), part(Buffer.alloc(150_000)), Buffer.from('--b--\r\n')]);
    const chunked = Buffer.concat([Buffer.from(`${head('multipart/form-data; boundary=b')}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
    expect((await sendBytes(port.port, chunked)).status).toBe(413);
    const many = Buffer.concat([...Array.from({ length: 4 }, () => part(png())), Buffer.from('--b--\r\n')]);
    expect((await sendBytes(port.port, Buffer.concat([Buffer.from(`${head('multipart/form-data; boundary=b')}Content-Length: ${many.length}\r\n\r\n`), many]))).status).toBe(413);
    const list = JSON.stringify({ list: ['/a', '/b', '/c', '/d'] });
    expect((await sendBytes(port.port, `${head('application/json')}Content-Length: ${list.length}\r\n\r\n${list}`)).status).toBe(413);
    await vi.waitUntil(() => intake().length === 0);
    expect(kept.length).toBeGreaterThan(0);
  });

  it('a client that goes away in the middle leaves nothing behind', async () => {
    const socket = connect(port.port, '127.0.0.1');
    socket.write(`${head('multipart/form-data; boundary=b')}Content-Length: 90000\r\n\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\n${'x'.repeat(20_000)}`);
    await vi.waitUntil(() => intake().length === 1);
    socket.destroy();
    await vi.waitUntil(() => intake().length === 0);
    expect(await heartbeat(port)).toBe(200);
  });
});

describe('the port', () => {
  it('is on 127.0.0.1 alone, and says by what it is taken', async () => {
    const taken = createServer((_, answer) => answer.end()).listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port: number } = taken.address() as AddressInfo;
    const refused = world.services.localApi.open({ port: number, withoutTokenFor: [] });
    await expect(refused).rejects.toMatchObject({ problem: { message: 'apiPortTakenBy', params: { port: number, pid: process.pid } } });
    const socket = connect(world.port, '127.0.0.2');
    const outcome = await new Promise((resolve) => socket.once('error', resolve).once('connect', () => resolve('connected')));
    expect(outcome).toMatchObject({ code: 'ECONNREFUSED' });
    taken.close();
  });

  it('follows the settings: on, moved, taken, off; what two want stays until both are done with it', async () => {
    const { localApi } = world.services;
    const free = async (): Promise<number> => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      server.close();
      await once(server, 'close');
      return port;
    };
    const [first, second] = [await free(), await free()];
    const becomes = (state: string): Promise<true> => vi.waitUntil(() => localApi.state().state === state, { timeout: 5000 });
    const answers = async (port: number): Promise<boolean> => {
      try {
        return (await fetch(`http://127.0.0.1:${port}/heartbeat`, { method: 'POST' })).ok;
      } catch {
        return false;
      }
    };
    localApi.followSettings();
    expect(localApi.state().state).toBe('off');
    world.set({ on: true, port: first });
    await becomes('on');
    expect([localApi.state().url, await answers(first)]).toEqual([`http://127.0.0.1:${first}`, true]);
    const lease = await localApi.open({ port: first, withoutTokenFor: [] });
    world.set({ port: second });
    await vi.waitUntil(() => localApi.state().url === `http://127.0.0.1:${second}`);
    expect([await answers(first), await answers(second)]).toEqual([true, true]);
    await lease.release();
    expect(await answers(first)).toBe(false);
    const intruder = createServer((_, answer) => answer.end()).listen(first, '127.0.0.1');
    await once(intruder, 'listening');
    world.set({ port: first });
    await becomes('failed');
    expect(localApi.state().problem).toMatchObject({ message: 'apiPortTakenBy' });
    intruder.close();
    await once(intruder, 'close');
    localApi.retry();
    await becomes('on');
    world.set({ on: false });
    await vi.waitUntil(async () => !(await answers(first)));
    expect(localApi.state()).toMatchObject({ state: 'off', url: null });
  });
});
