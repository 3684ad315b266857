import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../../../test/fault-proxy/fault-proxy';
import { png, pngOfBytes } from '../../../test/host/pictures';
import type { Upload } from '../../shared/model/upload';
import type { Thumbnail } from '../imaging';
import { createHttp } from '../providers/http/create-http';
import { isMadeFrom } from '../preparation';
import { createPreviews, type PreviewsDeps } from '.';

const signal = new AbortController().signal;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bmp = (): Buffer => {
  const head = Buffer.alloc(58);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(58, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(1, 18);
  head.writeInt32LE(1, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return head;
};
const webm = (bytes = 64): Buffer => Buffer.concat([Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878102428581', 'hex'), Buffer.alloc(bytes, 1)]);

let folder: string;
let server: Server;
let port: number;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];
const http = createHttp({ limits: () => ({ connectMs: 5000, stallMs: 5000, answerMs: 5000 }) as never, proxy: () => ({ mode: 'none' }), systemProxy: null, userAgent: 'test' });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-previews-'));
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const give = (bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}) => (answer = (_request, response) => response.writeHead(200, headers).end(bytes));
const link = (path = 'a.png', at = port): string => `http://127.0.0.1:${at}/${path}`;
const record = (part: Partial<Upload> = {}): Upload => ({ id: 'u', accountId: 'own', onlyThisComputer: false, thumb: null, thumbUrl: null, url: link(), kind: 'image', bytes: 10, sha256: '', uploadedAt: 0, remoteState: 'online', linkState: 'unchecked', ...part }) as Upload;

const world = (uploads: readonly Upload[] = [], options: { readonly paths?: Readonly<Record<string, string>>; readonly deps?: Partial<PreviewsDeps>; readonly thumb?: (bytes: Buffer) => Thumbnail } = {}) => {
  const records = new Map(uploads.map((upload) => [upload.id, upload]));
  const pictured: Buffer[] = [];
  const faults: unknown[] = [];
  const previews = createPreviews({
    folder: join(folder, 'previews'),
    library: {
      byId: (id) => records.get(id),
      sourcePath: (id) => options.paths?.[id] ?? null,
      source: () => null,
      setDuration: (id, durationSeconds) => void records.set(id, { ...(records.get(id) ?? record()), durationSeconds }),
      setThumb: (id, thumb) => void records.set(id, { ...(records.get(id) ?? record()), thumb }),
      clearThumb: (thumb) => records.forEach((upload, id) => (upload.thumb === thumb ? records.set(id, { ...upload, thumb: null }) : undefined)),
    },
    accounts: {
      byId: (id) => (id === 'own' ? { url: `http://127.0.0.1:${port}`, onlyThisComputer: false } : id === 'far' ? { url: 'https://far.example', onlyThisComputer: false } : undefined),
      localHost: (id) => (id === 'this-computer' ? { start: () => Promise.resolve({ url: `http://127.0.0.1:${port}` }) } : null),
    },
    wayTo: (target) => http.wayTo(target),
    isMadeFrom,
    imaging: {
      thumbnail: (path, into) => {
        const bytes = readFileSync(path);
        pictured.push(bytes);
        const made = options.thumb?.(bytes) ?? { ok: true, name: `${sha256(bytes)}.webp` };
        if (into !== undefined && made.ok) {
          mkdirSync(into, { recursive: true });
          writeFileSync(join(into, made.name), 'small');
        }
        return Promise.resolve(made);
      },
    },
    making: () => undefined,
    quiet: () => Promise.resolve(),
    timers: {
      now: Date.now,
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    newId: randomUUID,
    newToken: () => randomUUID().replaceAll('-', ''),
    onFault: (error) => void faults.push(error),
    ...options.deps,
  });
  const at = (address: string) => previews.served(address.slice('picture://preview/'.length));
  return { previews, records, pictured, faults, at };
};
const put = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

describe('an original', () => {
  it('is served from its own file, without asking anybody, until it is closed', async () => {
    const bytes = png();
    const path = put('a.png', bytes);
    const { previews, at } = world([record({ bytes: bytes.length, sha256: sha256(bytes) })], { paths: { u: path } });
    const { address, from, kind } = await previews.openUpload('u', signal);
    expect([from, kind, at(address), asked]).toEqual(['file', 'image', { path, type: 'image/png', bytes: bytes.length }, []]);
    previews.close(address);
    expect([at(address), existsSync(path)]).toEqual([undefined, true]);
  });

  it('comes from its address where the file is another one of the same size by now', async () => {
    const bytes = png();
    give(bytes);
    const path = put('a.png', png(4, 3).fill(0, 40, 41));
    writeFileSync(path, Buffer.concat([bytes.subarray(0, bytes.length - 1), Buffer.from([1])]));
    const { previews, at } = world([record({ bytes: bytes.length, sha256: sha256(bytes) })], { paths: { u: path } });
    const { address, from } = await previews.openUpload('u', signal);
    const fetched = at(address)?.path ?? '';
    expect([from, sha256(readFileSync(fetched))]).toEqual(['host', sha256(bytes)]);
    previews.close(address);
    expect(existsSync(fetched)).toBe(false);
  });

  it('is fetched no further once it is stopped, and only it is', async () => {
    const { previews } = world();
    let closed: Promise<unknown> = Promise.resolve();
    answer = (request, response) => {
      closed = once(request.socket, 'close');
      response.writeHead(200, { 'content-length': '1000000' }).write(pngOfBytes(5000));
    };
    const coming = previews.openRemote('own', link('big.png'), signal);
    const ended = expect(coming).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    await expect.poll(() => readdirSync(join(folder, 'previews')).length).toBe(1);
    previews.stop({ accountId: 'own', url: link('other.png') });
    previews.stop({ uploadId: 'u' });
    expect(readdirSync(join(folder, 'previews'))).toHaveLength(1);
    previews.stop({ accountId: 'own', url: link('big.png') });
    await ended;
    await closed;
    expect(readdirSync(join(folder, 'previews'))).toEqual([]);
  });

  it('is called what its bytes are, whatever the host says, and nothing but pictures and videos is kept', async () => {
    const { previews, at } = world();
    give(webm(), { 'content-type': 'text/html' });
    const { address } = await previews.openRemote('own', link('x.png'), signal);
    expect(at(address)?.type).toBe('video/webm');
    previews.close(address);
    for (const bytes of ['<!doctype html><script>1</script>', '', '{"error":1}', '%PDF-1.7 aaaa']) {
      give(Buffer.from(bytes), { 'content-type': 'image/png' });
      await expect(previews.openRemote('own', link('x.png'), signal)).rejects.toMatchObject({ problem: { message: 'urlNotPicture' } });
    }
    expect(readdirSync(join(folder, 'previews'))).toEqual([]);
  });

  it('is not fetched beyond its bound, told or not, and never from a private address that is not the account\'s own', async () => {
    const { previews } = world([record({ url: link(), accountId: 'far' })], { deps: { bounds: { full: { image: 1000, video: 3000, totalMs: 5000 }, small: { image: 10, video: 0, totalMs: 5000 } } } });
    give(pngOfBytes(1001));
    await expect(previews.openRemote('own', link(), signal)).rejects.toMatchObject({ problem: { message: 'originalTooBig' } });
    answer = (_request, response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(pngOfBytes(200_000));
    await expect(previews.openRemote('own', link(), signal)).rejects.toMatchObject({ problem: { message: 'originalTooBig' } });
    asked.length = 0;
    await expect(previews.openUpload('u', signal)).rejects.toMatchObject({ problem: { message: 'urlPrivate' } });
    await expect(previews.openRemote('far', link(), signal)).rejects.toMatchObject({ problem: { message: 'urlPrivate' } });
    await expect(previews.openRemote('nobody', link(), signal)).rejects.toMatchObject({ problem: { message: 'noAccount' } });
    await expect(previews.openRemote('own', 'file:///etc/passwd', signal)).rejects.toMatchObject({ problem: { message: 'urlMalformed' } });
    expect(asked).toEqual([]);
  });

  it('is not followed into a private network, and this computer\'s own links lead to its host only', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://192.168.7.7/a.png' }).end();
    const { previews } = world([record({ onlyThisComputer: true, url: 'http://127.0.0.1:1/a.png' })]);
    await expect(previews.openRemote('own', link(), signal)).rejects.toMatchObject({ problem: { message: 'urlPrivate' } });
    await expect(previews.openUpload('u', signal)).rejects.toMatchObject({ problem: { message: 'urlPrivate' } });
  });

  it.each([{ resetAfterDown: 3000 }, { endAfterDown: 3000 }])('that breaks off on its way (%o) is not shown in part', async (plan) => {
    const proxy = await startFaultProxy(port);
    give(pngOfBytes(50_000));
    proxy.plan(plan);
    const { previews } = world();
    await expect(previews.openRemote('own', link('a.png', proxy.port), signal)).rejects.toMatchObject({ problem: { message: 'urlUnreachable' } });
    expect(readdirSync(join(folder, 'previews'))).toEqual([]);
    await proxy.stop();
  });

  it('stops coming when another one is opened, or when Picferry ends', async () => {
    let begun: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (begun = resolve));
    answer = (_request, response) => {
      response.writeHead(200).write(png());
      begun();
    };
    const { previews } = world();
    const first = previews.openRemote('own', link('1.png'), signal);
    const told = expect(first).rejects.toMatchObject({ problem: { kind: 'cancelled' } });
    await hanging;
    give(png());
    await previews.openRemote('own', link('2.png'), signal);
    await told;
    previews.end();
    expect(existsSync(join(folder, 'previews'))).toBe(false);
  });

  it('leaves nothing of an earlier process behind', () => {
    mkdirSync(join(folder, 'previews'));
    writeFileSync(join(folder, 'previews', 'left'), 'x');
    world();
    expect(existsSync(join(folder, 'previews'))).toBe(false);
  });
});

describe('thumbnails of rows on screen', () => {
  it('are made from the local file, else from the thumb link, else from the original within its bound', async () => {
    const bytes = png();
    answer = (request, response) => (request.url === '/broken' ? response.writeHead(404).end() : response.writeHead(200).end(pngOfBytes(500)));
    const uploads = [
      record({ id: 'local', bytes: bytes.length }),
      record({ id: 'thumb', thumbUrl: link('thumb') }),
      record({ id: 'url', thumbUrl: link('broken'), url: link('original') }),
      record({ id: 'large', url: link('large'), bytes: 9 * 1024 * 1024 }),
      record({ id: 'film', url: link('film'), kind: 'video' }),
      record({ id: 'deleted', url: link('deleted'), remoteState: 'deleted' }),
    ];
    const { previews, records } = world(uploads, { paths: { local: put('a.png', bytes) } });
    expect(await previews.wantThumbs(uploads.map(({ id }) => id))).toEqual({ page: [], later: [] });
    expect([...records.values()].filter(({ thumb }) => thumb !== null).map(({ id }) => id)).toEqual(['local', 'thumb', 'url']);
    expect(asked.sort()).toEqual(['/broken', '/original', '/thumb']);
    expect(readdirSync(join(folder, 'previews'))).toEqual([]);
  });

  it('are not asked for again where there was none to be had', async () => {
    answer = (_request, response) => response.writeHead(200).end('no picture');
    const { previews } = world([record()]);
    for (let look = 0; look < 3; look += 1) expect(await previews.wantThumbs(['u', 'unknown'])).toEqual({ page: [], later: [] });
    expect(asked).toEqual(['/a.png']);
  });

  it('are drawn by the window for BMP and video, looked at before they are kept, and taken for nothing else', async () => {
    give(bmp());
    const film = webm();
    const { previews, records, at, pictured } = world([record({ id: 'bmp' }), record({ id: 'film', kind: 'video', bytes: film.length })], { paths: { film: put('a.webm', film) }, thumb: (bytes) => (bytes.toString() === 'drawn' ? { ok: true, name: 'n' } : { ok: false, reason: 'failed' }) });
    await previews.putThumb('film', Buffer.from('drawn'), 12.5);
    expect(pictured).toEqual([]);
    const first = await previews.wantThumbs(['bmp', 'film']);
    const page = [...first.page, ...(first.later.length === 0 ? [] : (await previews.wantThumbs(first.later)).page)];
    expect(page.map(({ id, kind, address }) => [id, kind, at(address)?.type]).sort()).toEqual([
      ['bmp', 'image', 'image/bmp'],
      ['film', 'video', 'video/webm'],
    ]);
    await previews.putThumb('bmp', Buffer.from('<html>'), null);
    await previews.putThumb('film', Buffer.from('drawn'), 12.5);
    expect([records.get('bmp')?.thumb, records.get('film')?.thumb, records.get('film')?.durationSeconds]).toEqual([null, 'n', 12.5]);
    expect(page.map(({ address }) => at(address))).toEqual([undefined, undefined]);
    expect(readdirSync(join(folder, 'previews'))).toEqual([]);
  });

  it('of rows that left the screen are not begun any more, and come later', async () => {
    const open: (() => void)[] = [];
    answer = (_request, response) => void open.push(() => response.writeHead(200).end(png()));
    const uploads = Array.from({ length: 10 }, (_, number) => record({ id: `u${number}`, url: link(`${number}`) }));
    const { previews, records } = world(uploads);
    const first = previews.wantThumbs(uploads.slice(0, 8).map(({ id }) => id));
    await expect.poll(() => open.length).toBe(3);
    const second = previews.wantThumbs(['u9']);
    expect((await first).later).toHaveLength(8);
    open.splice(0).forEach((go) => go());
    await expect.poll(() => open.length).toBe(1);
    open.splice(0).forEach((go) => go());
    expect(await second).toEqual({ page: [], later: [] });
    expect([...records.values()].filter(({ thumb }) => thumb !== null).map(({ id }) => id)).toEqual(['u0', 'u1', 'u2', 'u9']);
    expect(asked).toHaveLength(4);
  });

  it('that are being made of fresh uploads are waited for, and made anew when their file went missing', async () => {
    let tried: () => void = () => undefined;
    const making = new Promise<void>((resolve) => (tried = resolve));
    const bytes = png();
    const { previews, records, pictured } = world([record({ bytes: bytes.length })], { paths: { u: put('a.png', bytes) }, deps: { making: () => making } });
    const wanted = previews.wantThumbs(['u']);
    records.set('u', record({ thumb: 'made', bytes: bytes.length }));
    tried();
    expect([await wanted, pictured]).toEqual([{ page: [], later: [] }, []]);
    previews.thumbMissing('made');
    await previews.wantThumbs(['u']);
    expect(records.get('u')?.thumb).toBe(`${sha256(bytes)}.webp`);
  });
});

describe('small pictures of remote rows', () => {
  it('are fetched once, in the order asked, null where that fails', async () => {
    answer = (request, response) => (request.url === '/none' ? response.writeHead(404).end() : response.writeHead(200).end(png()));
    const { previews, at } = world();
    const urls = [link('1'), link('none'), link('2'), 'http://10.0.0.1/x', 'javascript:1', link('1')];
    const first = await previews.remoteThumbs('own', urls, signal);
    expect(first.map((address) => address !== null)).toEqual([true, false, true, false, false, true]);
    expect([first[0], at(first[0] ?? '')?.type]).toEqual([first[5], 'image/webp']);
    expect(await previews.remoteThumbs('own', urls, signal)).toEqual(first);
    expect(asked.sort()).toEqual(['/1', '/2', '/none']);
    expect(readdirSync(join(folder, 'previews', 'rows'))).toHaveLength(2);
  });
});
