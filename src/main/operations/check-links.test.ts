import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { png } from '../../../test/host/pictures';
import { startTestHost, type TestHost } from '../../../test/host/test-host';
import { createOperationsWorld, invented, type OperationsWorld } from '../../../test/operations/operations-world';
import { fakeTimers } from '../../../test/queue/queue-world';
import type { NewUpload } from '../library';
import type { OperationsDeps } from './operations-service';

let host: TestHost;
let world: OperationsWorld;
let server: Server;
let base = '';
let asked: { readonly method: string; readonly path: string; readonly range: string; readonly names: readonly string[] }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;

beforeAll(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  host = await startTestHost();
  server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', path: request.url ?? '', range: String(request.headers.range ?? ''), names: Object.keys(request.headers) });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await host.stop();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  asked = [];
  world = await createOperationsWorld(host);
});
afterEach(() => world.close());

const put = (links: Readonly<Record<string, string | null>>, part: Partial<NewUpload> = {}): void => {
  world.services.library.addMany(Object.entries(links).map(([id, url]) => invented(id, { accountId: world.accountId, url, ...part })));
};
const check = async (ids: readonly string[], parts: Partial<OperationsDeps> = {}) => {
  const operations = world.operations(parts);
  const { id } = operations.checkLinks({ ids });
  const ended = await operations.finished(id);
  const items = new Map(operations.items(id, 0, 500, null).items.map((item) => [item.id, item]));
  return { operations, ended, of: (item: string) => ({ outcome: items.get(item)?.outcome, problem: items.get(item)?.problem?.message ?? null, stored: world.services.library.byId(item)?.linkState }) };
};

type Reply = { readonly status?: number; readonly type?: string; readonly body?: string | Buffer; readonly headers?: Readonly<Record<string, string>>; readonly head?: number };
const site = (replies: Readonly<Record<string, Reply>>) => (request: IncomingMessage, response: ServerResponse) => {
  const { status = 200, type, body = '', headers = {}, head } = replies[(request.url ?? '').slice(1)] ?? { status: 404 };
  if (request.method === 'HEAD' && head === 0) return void request.socket.destroy();
  response.writeHead(request.method === 'HEAD' ? (head ?? status) : status, { ...(type === undefined ? {} : { 'content-type': type }), ...headers });
  return void response.end(request.method === 'HEAD' ? '' : body);
};

describe('checking links', () => {
  it('leaves out what was deleted on purpose, and says so', async () => {
    answer = site({ 'a.png': { type: 'image/png', body: png() } });
    put({ a: `${base}/a.png`, gone: `${base}/gone.png` });
    world.services.library.addMany([invented('deleted', { accountId: world.accountId, url: `${base}/deleted.png`, remoteState: 'deleted' })]);
    const { ended, of } = await check(['a', 'gone', 'deleted']);
    expect(ended).toMatchObject({ state: 'done', done: 3, outcomes: { alive: 1, dead: 1, left_out: 1 } });
    expect(of('deleted')).toEqual({ outcome: 'left_out', problem: null, stored: 'unchecked' });
    expect(asked.map(({ path }) => path)).not.toContain('/deleted.png');
  });

  it('tells picture, page, missing and ailing apart, and keeps what it found', async () => {
    answer = site({
      alive: { type: 'image/png' },
      video: { type: 'video/mp4; codecs=x' },
      head403: { type: 'image/webp', head: 403 },
      head405: { type: 'image/webp', head: 405 },
      head404: { type: 'image/webp', head: 404 },
      headCut: { type: 'image/webp', head: 0 },
      untyped: { body: png() },
      octets: { type: 'application/octet-stream', body: png() },
      words: { type: 'application/octet-stream', body: 'gone' },
      page: { type: 'text/html', body: '<p>deleted' },
      gone: { status: 410 },
      broken: { status: 500 },
      locked: { status: 403 },
      empty: { type: 'image/png', headers: { 'content-length': '0' } },
      moved: { status: 301, headers: { location: '/alive' } },
      placeholder: { status: 302, headers: { location: '/img/404.png' } },
      'img/404.png': { type: 'image/png' },
      home: { status: 302, headers: { location: '/page' } },
      loop: { status: 302, headers: { location: '/loop' } },
      out: { status: 302, headers: { location: 'file:///etc/passwd' } },
      inside: { status: 302, headers: { location: 'http://192.168.7.7/a.png' } },
    });
    const names = ['alive', 'video', 'head403', 'head405', 'head404', 'headCut', 'untyped', 'octets', 'words', 'page', 'gone', 'absent', 'broken', 'locked', 'empty', 'moved', 'placeholder', 'home', 'loop', 'out', 'inside'];
    put({ ...Object.fromEntries(names.map((name) => [name, `${base}/${name}`])), script: 'javascript:alert(1)', none: null });
    const { ended, of } = await check([...names, 'script', 'none', 'unheard-of']);
    const alive = ['alive', 'video', 'head403', 'head405', 'head404', 'headCut', 'untyped', 'octets', 'moved'];
    const unsure = ['words', 'page', 'broken', 'locked', 'empty', 'placeholder', 'home', 'loop'];
    expect(Object.fromEntries([...names, 'script', 'none'].map((name) => [name, of(name).outcome]))).toEqual({
      ...Object.fromEntries(alive.map((name) => [name, 'alive'])),
      ...Object.fromEntries(unsure.map((name) => [name, 'unsure'])),
      gone: 'dead',
      absent: 'dead',
      out: 'failed',
      inside: 'failed',
      script: 'failed',
      none: 'failed',
    });
    expect([of('alive').stored, of('gone').stored, of('page').stored, of('script').stored]).toEqual(['alive', 'dead', 'unsure', 'unchecked']);
    expect([of('inside').problem, of('out').problem]).toEqual(['urlPrivate', 'urlMalformed']);
    expect(ended.done).toBe(names.length + 2);
    expect(world.services.library.details('gone')?.events[0]).toMatchObject({ what: 'link_dead' });
  });

  it('asks HEAD first, then for the first bytes only, and carries no credentials', async () => {
    answer = site({ a: { type: 'image/png', head: 405 } });
    put({ a: `${base.replace('//', '//user:word@')}/a` });
    expect((await check(['a'])).of('a').outcome).toBe('alive');
    expect(asked.map(({ method, range }) => [method, range])).toEqual([
      ['HEAD', ''],
      ['GET', 'bytes=0-4099'],
    ]);
    expect(asked.flatMap(({ names }) => names).filter((name) => ['authorization', 'cookie', 'x-api-key', 'referer'].includes(name))).toEqual([]);
  });

  it('goes to private addresses only where the account itself lies there', async () => {
    answer = site({ a: { type: 'image/png' } });
    put({ a: `${base}/a` }, { accountId: 'of-nobody' });
    expect((await check(['a'])).of('a')).toEqual({ outcome: 'failed', problem: 'urlPrivate', stored: 'unchecked' });
    expect(asked).toEqual([]);
  });

  it('looks at links to this computer once its host answers', async () => {
    answer = site({ a: { type: 'image/png' } });
    put({ a: `${base}/a` }, { accountId: 'this-computer', onlyThisComputer: true });
    const start = vi.fn(() => Promise.resolve({ url: base }));
    expect((await check(['a'], { accounts: { ...world.services.accounts, localHost: (id) => (id === 'this-computer' ? { start } : null) } })).of('a').outcome).toBe('alive');
    expect(start).toHaveBeenCalledTimes(1);
    expect((await check(['a'])).of('a')).toMatchObject({ outcome: 'failed', stored: 'alive' });
  });

  it('asks a host at most four things at a time, with a pause between two beginnings', async () => {
    let [open, most] = [0, 0];
    const begun: number[] = [];
    answer = (_request, response) => {
      begun.push(performance.now());
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        response.writeHead(200, { 'content-type': 'image/png' }).end();
      }, 300);
    };
    const names = Array.from({ length: 12 }, (_, n) => `n${n}`);
    put(Object.fromEntries(names.map((name) => [name, `${base}/${name}`])));
    expect((await check(names)).ended.outcomes).toEqual({ alive: 12 });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(300);
  });

  it('waits as long as a host asks, and then asks again', async () => {
    let refusals = 0;
    answer = (request, response) => {
      if (refusals < 1) {
        refusals += 1;
        response.writeHead(429, { 'retry-after': '1' }).end();
      } else site({ a: { type: 'image/png' } })(request, response);
    };
    put({ a: `${base}/a` });
    const begun = performance.now();
    expect((await check(['a'])).of('a')).toMatchObject({ outcome: 'alive', stored: 'alive' });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990);
    expect(asked).toHaveLength(2);
  });

  it('leaves a host alone that asks for an hour, and says so', async () => {
    answer = (_request, response) => void response.writeHead(503, { 'retry-after': '3600' }).end();
    put(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`n${n}`, `${base}/${n}`])));
    const { ended, of } = await check(Array.from({ length: 30 }, (_, n) => `n${n}`));
    expect(ended).toMatchObject({ state: 'done', outcomes: { failed: 30 }, problem: { kind: 'rate_limit', message: 'linkLater', retryAfterMs: 3_600_000 } });
    expect(of('n29').stored).toBe('unchecked');
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('calls silence unsure after its time, and a host that is away is not asked on and on', async () => {
    const timers = fakeTimers();
    answer = () => timers.advance(20_000);
    put({ a: `${base}/a` });
    expect((await check(['a'], { timers })).of('a')).toEqual({ outcome: 'unsure', problem: 'urlTimeout', stored: 'unsure' });

    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const away = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    const names = Array.from({ length: 40 }, (_, n) => `away${n}`);
    put(Object.fromEntries(names.map((name) => [name, `${away}/${name}`])));
    const { ended, of } = await check(names);
    expect(ended).toMatchObject({ state: 'done', done: 40, problem: { kind: 'network', message: 'urlUnreachable' } });
    expect(ended.outcomes['unsure']).toBeLessThanOrEqual(12);
    expect(of('away39')).toMatchObject({ outcome: 'failed', stored: 'unchecked' });
  });

  it('stops between two links when cancelled', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `n${n}`);
    put(Object.fromEntries(names.map((name) => [name, `${base}/${name}`])));
    const operations = world.operations({});
    answer = (_request, response) => {
      if (asked.length === 5) operations.cancel(operations.list()[0]?.id ?? '');
      response.writeHead(200, { 'content-type': 'image/png' }).end();
    };
    const { id } = operations.checkLinks({ ids: names });
    const ended = await operations.finished(id);
    expect(ended.state).toBe('cancelled');
    expect((ended.outcomes['alive'] ?? 0) + (ended.outcomes['cancelled'] ?? 0)).toBe(50);
    expect(asked.length).toBeLessThan(12);
  });
});
