import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mp4, png } from '../../test/host/pictures';
import { postForm, rawRequest } from '../../test/host/raw-http';
import { openDatabase } from '../lib/sqlite';
import { startHost, type HostOptions, type HostStart, type RunningHost } from './index';

let folder: string;
let running: RunningHost[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picferry-host-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((host) => host.stop()));
  await rm(folder, { recursive: true, force: true });
});

const tryStart = async (options: Partial<HostOptions> = {}): Promise<HostStart> => {
  const start = await startHost({ folder, port: 0, mode: 'product', now: () => Date.now(), durable: false, key: 'invented-key', ...options });
  if (start.ok) running.push(start.host);
  return start;
};
const start = async (options: Partial<HostOptions> = {}): Promise<RunningHost> => {
  const outcome = await tryStart(options);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.host;
};
type Uploaded = { readonly url: string; readonly del: string };
const upload = async (host: RunningHost, bytes: Buffer, name = 'a.png'): Promise<Uploaded> => {
  const answer = await postForm(`${host.baseUrl}/api/v1/upload.php`, [['image', bytes, name]], { 'x-api-key': 'invented-key' });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Uploaded;
};

describe('the host in the product', () => {
  it('speaks WiZs at its root, without a size limit, and keeps files over a restart', async () => {
    const first = await start({ port: 'kept' });
    const large = Buffer.concat([png(), Buffer.alloc(60 * 1024 * 1024)]);
    const { url } = await upload(first, large);
    await first.stop();
    const second = await start({ port: 'kept' });
    expect(second.port).toBe(first.port);
    expect(second.folderId).toBe(first.folderId);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(large)).toBe(true);
  });

  it('keeps no key in its folder', async () => {
    const host = await start();
    await upload(host, png());
    for (const name of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())) {
      expect((await readFile(join(folder, name.name))).includes('invented-key')).toBe(false);
    }
  });

  it('knows nothing of other dialects, switches or a second port', async () => {
    const host = await start();
    expect(host.control).toBeNull();
    expect(host.deletePort).toBeNull();
    for (const path of [
      ...['/wizs/api/v1/list.php', '/imgurl/api/v2/albums', '/chevereto/api/1/upload', '/smms/api/list', '/easyimages/api/index.php'],
      ...['/__control/files', '/__control/requests', '/__control/reset'],
    ]) {
      expect((await fetch(host.baseUrl + path)).status, path).toBe(404);
      expect((await fetch(host.baseUrl + path, { method: 'POST' })).status, path).toBe(404);
    }
  });

  it('says whose folder it serves', async () => {
    const host = await start();
    expect(await (await fetch(`${host.baseUrl}/heartbeat`)).json()).toEqual({ picferryHost: host.folderId });
  });
});

describe('who may talk to the host', () => {
  const list = '/api/v1/list.php';

  it.each(['127.0.0.1:PORT', 'localhost:PORT', '[::1]:PORT'])('answers the name %s', async (name) => {
    const { port } = await start();
    expect((await rawRequest(port, { path: list, headers: { host: name.replace('PORT', String(port)) } })).status).toBe(200);
  });

  it.each(['evil.example:PORT', 'evil.example', '127.0.0.1.evil.example:PORT', '127.0.0.1', '127.0.0.1:1', '0.0.0.0:PORT'])(
    'refuses the name "%s"',
    async (name) => {
      const { port } = await start();
      const answer = await rawRequest(port, { path: list, headers: { host: name.replace('PORT', String(port)) } });
      expect([400, 403]).toContain(answer.status);
    },
  );

  it.each(['http://evil.example', 'https://127.0.0.1:PORT', 'http://127.0.0.1:1', 'null', 'file://'])(
    'refuses pages of the origin %s, even with the key',
    async (origin) => {
      const host = await start();
      const headers = { origin: origin.replace('PORT', String(host.port)), 'x-api-key': 'invented-key' };
      const { del, url } = await upload(host, png());
      expect((await rawRequest(host.port, { path: list, headers })).status).toBe(403);
      expect((await rawRequest(host.port, { path: new URL(del).pathname + new URL(del).search, headers })).status).toBe(403);
      expect((await postForm(`${host.baseUrl}/api/v1/upload.php`, [['image', png(), 'a.png']], headers)).status).toBe(403);
      expect((await fetch(url)).status).toBe(200);
    },
  );

  it('answers no page of another origin with CORS headers', async () => {
    const host = await start();
    const { url } = await upload(host, png());
    expect((await fetch(url)).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('served files', () => {
  it('keep their type, are not sniffed and may be cached for ever', async () => {
    const host = await start();
    const { url } = await upload(host, png());
    const { headers } = await fetch(url);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toContain('immutable');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox/);
    const again = await fetch(url, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('never run: an SVG with a script is a sandboxed download', async () => {
    const host = await start();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const { url } = await upload(host, svg, 'a.svg');
    const { headers } = await fetch(url);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9]+\.svg"$/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('answer HEAD and byte ranges', async () => {
    const host = await start();
    const video = mp4(10, 5000);
    const { url } = await upload(host, video, 'a.mp4');
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(video.length));
    const range = async (value: string): Promise<readonly [number, string | null, Buffer]> => {
      const answer = await fetch(url, { headers: { range: value } });
      return [answer.status, answer.headers.get('content-range'), Buffer.from(await answer.arrayBuffer())];
    };
    const n = video.length;
    expect(await range('bytes=10-19')).toEqual([206, `bytes 10-19/${n}`, video.subarray(10, 20)]);
    expect(await range('bytes=100-')).toEqual([206, `bytes 100-${n - 1}/${n}`, video.subarray(100)]);
    expect(await range('bytes=-5')).toEqual([206, `bytes ${n - 5}-${n - 1}/${n}`, video.subarray(n - 5)]);
    expect((await range(`bytes=${n}-`)).slice(0, 2)).toEqual([416, `bytes */${n}`]);
    expect((await range('bytes=5-1'))[0]).toBe(200);
    expect((await range('apples=1-2'))[0]).toBe(200);
  });

  it.each([
    ...['/uploads/../host.db', '/uploads/..%2fhost.db', '/uploads/%2e%2e/host.db', '/uploads/%2e%2e%2fhost.db'],
    ...['/uploads/..%5chost.db', '/uploads/..\\host.db', '/uploads/%00', '/uploads/a%00.png', '/uploads/%252e%252e/host.db'],
    ...['/uploads//etc/passwd', '/uploads/', '/uploads', '/uploads/%', '/uploads/%ff', '//uploads/host.json', '/host.json'],
    ...['/application/thumb.php?img=/uploads/../host.db', '/application/thumb.php?img=/etc/passwd', '/application/thumb.php'],
  ])('do not include %s', async (path) => {
    const host = await start();
    await upload(host, png());
    const answer = await rawRequest(host.port, { path });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body.includes('SQLite')).toBe(false);
  });

  it('are not reachable by their name on disk', async () => {
    const host = await start();
    await upload(host, png());
    const [id = ''] = await readdir(join(folder, 'files'));
    for (const path of [`/uploads/${id}`, `/uploads/../files/${id}`, `/files/${id}`]) {
      expect((await rawRequest(host.port, { path })).status).toBe(404);
    }
  });
});

describe('starting the host', () => {
  let blocker: Server | null = null;
  afterEach(async () => {
    await new Promise<void>((done) => (blocker ? blocker.close(() => done()) : done()));
    blocker = null;
  });

  it('says that another Picferry host has the port', async () => {
    const first = await start();
    const other = await mkdtemp(join(tmpdir(), 'picferry-host-'));
    const outcome = await tryStart({ port: first.port, folder: other });
    await rm(other, { recursive: true });
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'port-taken', port: first.port, by: { kind: 'picferry-host', folderId: first.folderId, sameFolder: false } },
    });
    expect(await tryStart({ port: first.port })).toMatchObject({ error: { by: { sameFolder: true } } });
  });

  it('names the program that has the port, where the system tells', async () => {
    const other = createServer((_request, answer) => answer.end('{}'));
    blocker = other;
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const outcome = await tryStart({ port });
    const kinds = process.platform === 'linux' ? ['process'] : ['process', 'unknown'];
    expect(outcome.ok ? null : outcome.error).toMatchObject({ code: 'port-taken', port, by: { kind: expect.stringMatching(kinds.join('|')) as string } });
  });

  it('gives a folder that cannot be used back as a value', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await tryStart({ folder: join(file, 'below') })).toMatchObject({ ok: false, error: { code: 'folder-unusable' } });
  });

  it('leaves data of a newer version alone', async () => {
    const db = openDatabase(join(folder, 'host.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(await tryStart()).toMatchObject({ ok: false, error: { code: 'newer-data' } });
  });

  it('keeps a damaged identity file aside and starts with a new one', async () => {
    await writeFile(join(folder, 'host.json'), '{"version":');
    await start({ now: () => 77 });
    expect(await readFile(join(folder, 'host.json.damaged-77'), 'utf8')).toBe('{"version":');
  });

  it('removes what a crash left, but nothing young and nothing stored', async () => {
    await mkdir(join(folder, 'files'));
    const [old, young] = [join(folder, 'files', 'a'.repeat(32)), join(folder, 'files', 'b'.repeat(32))];
    await writeFile(old, 'x');
    await writeFile(young, 'x');
    await utimes(old, 0, 0);
    const host = await start();
    const { url } = await upload(host, png());
    await host.stop();
    await expect(stat(old)).rejects.toThrow();
    expect((await stat(young)).size).toBe(1);
    const again = await start({ port: host.port, now: () => Date.now() + 2 * 60 * 60 * 1000 });
    await again.stop();
    await expect(stat(young)).rejects.toThrow();
    await start({ port: host.port });
    expect((await fetch(url)).status).toBe(200);
  });
});
