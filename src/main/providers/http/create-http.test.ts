import { createServer as createTls } from 'node:https';
import { createServer, type Server } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFaultProxy } from '../../../../test/fault-proxy/fault-proxy';
import { testHttp, until } from '../../../../test/providers/fixture';
import { startHttpProxy, startSocksProxy, type FakeProxy } from '../../../../test/providers/proxies';
import type { FilePart } from './contract';
import { HttpFailure } from './failure';

const listen = async (server: Server | ReturnType<typeof createTcp>): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
const signal = (): AbortSignal => new AbortController().signal;
const failureOf = async (call: Promise<unknown>): Promise<HttpFailure> => {
  const error = await call.then(
    () => 'resolved',
    (reason: unknown) => reason,
  );
  if (error instanceof HttpFailure) return error;
  throw new Error(`expected an HttpFailure, got ${String(error)}`);
};

const STEP = 1024 * 1024;
/** So many bytes, made while they are read. */
const part = (size: number): Omit<FilePart, 'open'> & { readonly open: () => Readable } => ({
  field: 'file',
  name: 'big.bin',
  mime: 'application/octet-stream',
  size,
  open: () => {
    let left = size;
    return new Readable({
      highWaterMark: STEP,
      read() {
        const now = Math.min(left, STEP);
        left -= now;
        this.push(now === 0 ? null : Buffer.alloc(now, 7));
      },
    });
  },
});

let received = 0;
const seen: { method: string; url: string; bytes: number }[] = [];
const app = (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse): void => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    received += chunk.length;
  });
  request.on('end', () => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', bytes });
    response.end('{"ok":true}');
  });
};
const plain = createServer(app);
let secure: ReturnType<typeof createTls>;
let certificate: string;
let plainPort = 0;
let securePort = 0;

beforeAll(async () => {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  certificate = made.cert;
  secure = createTls({ key: made.private, cert: made.cert }, app);
  plainPort = await listen(plain);
  securePort = await listen(secure);
});
afterAll(async () => {
  plain.closeAllConnections();
  secure.closeAllConnections();
  await Promise.all([new Promise((resolve) => plain.close(resolve)), new Promise((resolve) => secure.close(resolve))]);
});
beforeEach(() => {
  received = 0;
  seen.length = 0;
});

describe('https', () => {
  test('refuses a certificate that nobody vouches for, and sends nothing', async () => {
    const http = testHttp();
    const failure = await failureOf(http.postFile({ url: `https://localhost:${securePort}/`, fields: [], file: part(1000), signal: signal(), onProgress: () => undefined }));
    expect(failure).toMatchObject({ reason: 'tls', bodySent: false });
    expect(seen).toEqual([]);
    http.close();
  });
  test('trusts a certificate that the system holds', async () => {
    const http = testHttp({ certificates: () => Promise.resolve([certificate]) });
    const sent: number[] = [];
    const answer = await http.postFile({ url: `https://localhost:${securePort}/x`, fields: [], file: part(3_000_000), signal: signal(), onProgress: (bytes) => void sent.push(bytes) });
    expect(answer.text).toBe('{"ok":true}');
    expect(sent.at(-1)).toBe(3_000_000);
    http.close();
  });
  test('calls a plain server behind an https address a TLS fault', async () => {
    const http = testHttp();
    expect(await failureOf(http.get({ url: `https://localhost:${plainPort}/`, signal: signal() }))).toMatchObject({ reason: 'tls', bodySent: false });
    http.close();
  });
});

describe('proxies', () => {
  let web: FakeProxy;
  let socks: FakeProxy;
  let target = 0;
  beforeAll(async () => {
    web = await startHttpProxy('me:p@ss', () => target);
    socks = await startSocksProxy('me', 'p@ss', () => target);
  });
  afterAll(async () => {
    await web.stop();
    await socks.stop();
  });
  const through = (url: string, password = 'p@ss') => testHttp({ proxy: () => ({ mode: 'manual', url, username: 'me', password }), certificates: () => Promise.resolve([certificate]) });

  test('sends plain requests through an HTTP proxy with a login', async () => {
    target = plainPort;
    const http = through(`http://127.0.0.1:${web.port}`);
    const answer = await http.postFile({ url: 'http://pictures.example/up', fields: [['a', 'b']], file: part(100_000), signal: signal(), onProgress: () => undefined });
    expect(answer.status).toBe(200);
    expect(web.asked.at(-1)).toBe('pictures.example');
    http.close();
  });
  test('tunnels https through an HTTP proxy with a login', async () => {
    target = securePort;
    const http = testHttp({ proxy: () => ({ mode: 'manual', url: `127.0.0.1:${web.port}`, username: 'me', password: 'p@ss' }), certificates: () => Promise.resolve([certificate]) });
    // The certificate is for another name: the tunnel stands, and TLS inside it is checked all the same.
    expect(await failureOf(http.get({ url: 'https://pictures.example/', signal: signal() }))).toMatchObject({ reason: 'tls' });
    expect(web.asked.at(-1)).toBe('pictures.example:443');
    http.close();
  });
  test('sends through a SOCKS5 proxy with a login, and lets it look the name up', async () => {
    target = plainPort;
    const http = through(`socks5://127.0.0.1:${socks.port}`);
    expect((await http.get({ url: 'http://pictures.example/', signal: signal() })).status).toBe(200);
    expect(socks.asked).toEqual(['pictures.example:80']);
    http.close();
  });
  test('blames the proxy for a refused login, a refused tunnel and its absence', async () => {
    target = plainPort;
    const wrong = through(`http://127.0.0.1:${web.port}`, 'wrong');
    expect((await failureOf(wrong.get({ url: 'http://pictures.example/', signal: signal() }))).reason).toBe('proxy');
    expect((await failureOf(wrong.get({ url: 'https://pictures.example/', signal: signal() }))).reason).toBe('proxy');
    const wrongSocks = through(`socks5://127.0.0.1:${socks.port}`, 'wrong');
    expect((await failureOf(wrongSocks.get({ url: 'http://pictures.example/', signal: signal() }))).reason).toBe('proxy');
    const right = through(`http://127.0.0.1:${web.port}`);
    expect((await failureOf(right.get({ url: 'https://pictures.example:9/', signal: signal() }))).reason).toBe('proxy');
    const dead = await startFaultProxy(1);
    await dead.stop();
    const absent = through(`http://127.0.0.1:${dead.port}`);
    expect((await failureOf(absent.get({ url: 'http://pictures.example/', signal: signal() }))).reason).toBe('proxy');
    for (const http of [wrong, wrongSocks, right, absent]) http.close();
  });
  test('goes to this machine directly, whatever is set', async () => {
    const http = testHttp({ proxy: () => ({ mode: 'manual', url: 'http://127.0.0.1:1', username: '', password: '' }) });
    expect((await http.get({ url: `http://localhost:${plainPort}/`, signal: signal() })).status).toBe(200);
    http.close();
  });
  test('asks the system for its proxy', async () => {
    target = plainPort;
    const asked: string[] = [];
    const http = testHttp({
      proxy: () => ({ mode: 'system' }),
      systemProxy: (url) => {
        asked.push(url);
        return Promise.resolve(`PROXY 127.0.0.1:${web.port}; DIRECT`);
      },
    });
    expect((await failureOf(http.get({ url: 'http://pictures.example/', signal: signal() }))).reason).toBe('proxy');
    expect(asked).toEqual(['http://pictures.example/']);
    http.close();
  });
});

describe('limits and progress', () => {
  test('gives up a connection that does not come about', async () => {
    const silent = createTcp((socket) => socket.resume().on('error', () => socket.destroy()));
    const port = await listen(silent);
    const http = testHttp({ limits: () => ({ connectMs: 300, stallMs: 5_000, answerMs: 5_000 }) });
    // TCP connects, TLS does not.
    expect(await failureOf(http.get({ url: `https://127.0.0.1:${port}/`, signal: signal() }))).toMatchObject({ reason: 'connect', bodySent: false });
    http.close();
    await new Promise((resolve) => silent.close(resolve));
  });
  test('has no limit on the whole while bytes move, and shows what the server received', async () => {
    const proxy = await startFaultProxy(plainPort);
    proxy.plan({ upRate: 3_000_000 });
    const http = testHttp({ limits: () => ({ connectMs: 1_000, stallMs: 1_000, answerMs: 1_000 }) });
    const size = 9_000_000;
    const wrong: string[] = [];
    await http.postFile({
      url: `http://127.0.0.1:${proxy.port}/`,
      fields: [],
      file: part(size),
      signal: signal(),
      onProgress: (shown) => {
        const apart = Math.abs(shown - received);
        if (shown < size && apart > Math.max(1_000_000, received * 0.1)) wrong.push(`${shown} shown, ${received} received`);
      },
    });
    expect(process.platform === 'linux' ? wrong : []).toEqual([]);
    http.close();
    await proxy.stop();
  });
  test('keeps a 300 MB body out of memory', async () => {
    const http = testHttp();
    const before = process.memoryUsage().rss;
    let most = before;
    await http.postFile({
      url: `http://127.0.0.1:${plainPort}/`,
      fields: [],
      file: part(300_000_000),
      signal: signal(),
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss);
      },
    });
    expect(seen[0]?.bytes).toBeGreaterThan(300_000_000);
    expect(most - before).toBeLessThan(150_000_000);
    http.close();
  });
  test('hears a refusal that comes before the body, again and again', async () => {
    const refusing = createServer((_request, response) => {
      response.writeHead(413, { 'content-length': '6', connection: 'close' });
      response.end('too big', () => response.socket?.destroy());
    });
    const port = await listen(refusing);
    const http = testHttp();
    for (let time = 0; time < 25; time += 1) {
      const answer = await http.postFile({ url: `http://127.0.0.1:${port}/`, fields: [], file: part(20_000_000), signal: signal(), onProgress: () => undefined });
      expect(answer.status).toBe(413);
    }
    http.close();
    refusing.closeAllConnections();
    await new Promise((resolve) => refusing.close(resolve));
  });
  test('refuses an answer above its limit', async () => {
    const talkative = createServer((_request, response) => response.end('x'.repeat(200_000)));
    const port = await listen(talkative);
    const http = testHttp({ maxAnswerBytes: 100_000 });
    expect((await failureOf(http.get({ url: `http://127.0.0.1:${port}/`, signal: signal() }))).reason).toBe('too_big_answer');
    http.close();
    talkative.closeAllConnections();
    await new Promise((resolve) => talkative.close(resolve));
  });
  test('closes the file when the upload is cancelled', async () => {
    const proxy = await startFaultProxy(plainPort);
    proxy.plan({ stallAfterUp: 100_000 });
    const http = testHttp();
    const abort = new AbortController();
    let source: Readable | undefined;
    const file = part(50_000_000);
    const upload = failureOf(
      http.postFile({ url: `http://127.0.0.1:${proxy.port}/`, fields: [], file: { ...file, open: () => (source = file.open()) }, signal: abort.signal, onProgress: () => undefined }),
    );
    await until(() => proxy.sentUp() >= 100_000);
    abort.abort();
    expect(await upload).toMatchObject({ reason: 'cancelled', bodySent: true, bodyComplete: false });
    await until(() => source?.destroyed === true);
    http.close();
    await proxy.stop();
  });
});
