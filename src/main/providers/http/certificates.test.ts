import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testHttp } from '../../../../test/providers/fixture';

const folder = mkdtempSync(join(tmpdir(), 'picferry-trust-'));
let server: Server;
let certificate = '';
let other = '';
beforeAll(async () => {
  const [made, another] = await Promise.all([generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 }), generate([{ name: 'commonName', value: 'other' }], { keySize: 2048 })]);
  certificate = made.cert;
  other = another.cert;
  server = createServer({ key: made.private, cert: made.cert }, (_request, response) => response.end('{"ok":true}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** What comes of a request with NODE_EXTRA_CA_CERTS naming a file of this content, or none at all. */
const ask = async (content: string | null): Promise<string> => {
  const path = join(folder, 'extra.pem');
  if (content !== null) writeFileSync(path, content);
  const http = testHttp({ env: { NODE_EXTRA_CA_CERTS: content === null ? join(folder, 'none.pem') : path } });
  try {
    const { text } = await http.get({ url: `https://localhost:${(server.address() as AddressInfo).port}/`, signal: new AbortController().signal });
    return text;
  } catch (error) {
    return (error as Error).message.split(':')[0] ?? '';
  } finally {
    http.close();
  }
};

describe('NODE_EXTRA_CA_CERTS', () => {
  test('adds the certificates of its file', async () => {
    expect(await ask(certificate)).toBe('{"ok":true}');
    expect(await ask(`# a company\n${other}\n${certificate}`)).toBe('{"ok":true}');
  });
  test('leaves everything as it is when its file cannot be read or holds none', async () => {
    expect(await ask(null)).toBe('tls');
    expect(await ask('no certificate')).toBe('tls');
    expect(await ask(other)).toBe('tls');
  });
  test('passes over what is damaged', async () => {
    const damaged = '-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
    expect(await ask(damaged)).toBe('tls');
    expect(await ask(`${damaged}${certificate}`)).toBe('{"ok":true}');
  });
});
