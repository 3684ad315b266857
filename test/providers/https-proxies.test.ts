import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { createServer as createSecure, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Provider } from '../../src/main/providers/contract';
import type { ClosableHttp } from '../../src/main/providers/http';
import { systemCertificates } from '../../src/main/providers/http/certificates';
import { createRegistry } from '../../src/main/providers/registry';
import { pngOfBytes } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { callOf, errorOf, makeProvider, sha256, sourceOf, testHttp } from './fixture';
import { startHttpProxy, startSocksProxy, type FakeProxy } from './proxies';

const SITE = 'pictures.example';
const BYTES = 3 * 1024 * 1024;

type Issued = { readonly cert: string; readonly key: string; readonly ca: string };

/** A certificate for `SITE`, and the authority that vouches for it. */
const issue = async (): Promise<Issued> => {
  const ca = await generate([{ name: 'commonName', value: 'Picferry test authority' }], {
    keySize: 2048,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const made = await generate([{ name: 'commonName', value: SITE }], {
    keySize: 2048,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: SITE }] }],
  });
  return { cert: made.cert, key: made.private, ca: ca.cert };
};

/** `SITE` over https, with the embedded host behind it as behind a web server that ends TLS. */
const startSite = async (host: TestHost, { cert, key }: Issued): Promise<Server> => {
  const server = createSecure({ cert, key }, (request, response) => {
    const headers = { ...request.headers, host: `127.0.0.1:${host.port}` };
    const inner = plainRequest({ port: host.port, host: '127.0.0.1', method: request.method, path: request.url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    inner.on('error', () => response.destroy());
    response.once('close', () => inner.destroy());
    request.pipe(inner);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

let host: TestHost;
let issued: Issued;
let site: Server;
let web: FakeProxy;
let socks: FakeProxy;

beforeAll(async () => {
  host = await startTestHost();
  issued = await issue();
  site = await startSite(host, issued);
  const target = (): number => (site.address() as AddressInfo).port;
  web = await startHttpProxy('me:p@ss', target);
  socks = await startSocksProxy('me', 'p@ss', target);
});
afterAll(async () => {
  await web.stop();
  await socks.stop();
  site.closeAllConnections();
  await new Promise((resolve) => site.close(resolve));
  await host.stop();
});
beforeEach(() => host.control.reset());

const definition = createRegistry().definition('wizs');
const through = (url: string, trusted: readonly string[]): ClosableHttp =>
  testHttp({ proxy: () => ({ mode: 'manual', url, username: 'me', password: 'p@ss' }), certificates: () => Promise.resolve(trusted) });
const client = (http: ClosableHttp): Provider => makeProvider({ definition, url: `https://${SITE}/wizs`, secrets: { key: host.keys.wizs }, http });

describe.each([
  ['an HTTP proxy with CONNECT', () => web, () => `http://127.0.0.1:${web.port}`],
  ['a SOCKS5 proxy', () => socks, () => `socks5://127.0.0.1:${socks.port}`],
])('https through %s with a login', (_name, proxy, address) => {
  test('brings a whole upload to a host whose authority the system trusts, with true progress', async () => {
    const http = through(address(), [issued.ca]);
    const bytes = pngOfBytes(BYTES);
    const seen: number[] = [];
    const before = proxy().asked.length;
    const receipt = await client(http).upload(sourceOf(bytes, '图 片.png'), callOf({ onProgress: (sent) => void seen.push(sent) }));
    expect(await host.control.files('wizs')).toMatchObject([{ name: '图 片.png', sha256: sha256(bytes), deleted: false }]);
    expect(receipt.url).toContain('/wizs/uploads/');
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(BYTES);
    expect(proxy().asked.slice(before)).toEqual([`${SITE}:443`]);
    http.close();
  });

  test('sends several uploads through it, lists them and passes the account test', async () => {
    const http = through(address(), [issued.ca]);
    const provider = client(http);
    const all = [1, 2, 3, 4].map((number) => ({ name: `${number}.png`, bytes: pngOfBytes(200_000 + number) }));
    await Promise.all(all.map(({ name, bytes }) => provider.upload(sourceOf(bytes, name), callOf())));
    const stored = new Map((await host.control.files('wizs')).map((file) => [file.name, file.sha256]));
    expect(stored).toEqual(new Map(all.map(({ name, bytes }) => [name, sha256(bytes)])));
    const listed = await provider.list?.({ page: 1, perPage: 20, orderBy: 'created_at', orderDir: 'DESC' }, callOf());
    expect(listed?.items.map(({ name }) => name).sort()).toEqual(['1.png', '2.png', '3.png', '4.png']);
    expect((await provider.test(callOf())).canUpload).toBe(true);
    http.close();
  });

  test('sends nothing to a host that nobody vouches for', async () => {
    const http = through(address(), []);
    const error = await errorOf(client(http).upload(sourceOf(pngOfBytes(BYTES)), callOf()));
    expect(error).toMatchObject({ outcomeUnknown: false, retry: 'never', problem: { kind: 'network', sub: 'tls' } });
    expect(host.control.requests()).toEqual([]);
    http.close();
  });

  test('does not know the outcome when the answer never comes back through it', async () => {
    const http = through(address(), [issued.ca]);
    host.control.failNext({ dialect: 'wizs', call: 'upload', cut: true });
    const error = await errorOf(client(http).upload(sourceOf(pngOfBytes(BYTES)), callOf()));
    expect(error).toMatchObject({ outcomeUnknown: true, retry: 'never', problem: { kind: 'network' } });
    expect(await host.control.files('wizs')).toHaveLength(1);
    http.close();
  });
});

test.runIf(process.platform === 'linux')("trusts the system's own certificates inside a tunnel", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-trust-'));
  await writeFile(join(folder, 'system.pem'), issued.ca);
  vi.stubEnv('SSL_CERT_FILE', join(folder, 'system.pem'));
  const http = testHttp({ proxy: () => ({ mode: 'manual', url: `http://127.0.0.1:${web.port}`, username: 'me', password: 'p@ss' }), certificates: systemCertificates });
  const bytes = pngOfBytes(BYTES);
  await client(http).upload(sourceOf(bytes), callOf());
  expect((await host.control.files('wizs')).map((file) => file.sha256)).toEqual([sha256(bytes)]);
  http.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});
