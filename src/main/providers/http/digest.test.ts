import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHORT_LIMITS, testHttp, until } from '../../../../test/providers/fixture';
import { HttpFailure } from './failure';

const BYTES = Buffer.alloc(5_000_000, 'a picture');
const DIGEST = createHash('sha256').update(BYTES).digest('hex');
let begun = 0;
const server = createServer((request, response): unknown => {
  const half = BYTES.subarray(0, 1_000_000);
  if (request.url === '/gone') return response.writeHead(404).end('gone');
  if (request.url === '/zipped') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(BYTES));
  if (request.url === '/whole') return response.end(BYTES);
  response.writeHead(200, { 'content-length': BYTES.length });
  return response.write(half, () => {
    begun += 1;
    if (request.url === '/cut') response.destroy();
  });
});
const http = testHttp({ limits: () => SHORT_LIMITS });
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(async () => {
  http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const digest = (path: string, { maxBytes = BYTES.length, signal = new AbortController().signal } = {}) =>
  http.digest({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, signal, maxBytes });
const reasonOf = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => 'resolved',
    (reason: unknown) => reason,
  );
  return error instanceof HttpFailure ? error.reason : String(error);
};

describe('the digest of what lies at an address', () => {
  test('is that of all its bytes, packed for the way or not', async () => {
    expect(await digest('/whole')).toEqual({ status: 200, bytes: BYTES.length, sha256: DIGEST });
    expect(await digest('/zipped')).toEqual({ status: 200, bytes: BYTES.length, sha256: DIGEST });
  });
  test('comes with the status', async () => expect(await digest('/gone')).toMatchObject({ status: 404, bytes: 4 }));
  test('is refused above the limit', async () => expect(await reasonOf(digest('/whole', { maxBytes: BYTES.length - 1 }))).toBe('too_big_answer'));
  test('is a failure when the connection breaks or stands still on the way', async () => {
    expect(await reasonOf(digest('/cut'))).toBe('reset');
    expect(await reasonOf(digest('/stall'))).toBe('timeout');
  });
  test('ends at once when it is cancelled', async () => {
    const abort = new AbortController();
    const before = begun;
    const asked = reasonOf(digest('/stall', { signal: abort.signal }));
    await until(() => begun > before);
    abort.abort();
    expect(await asked).toBe('cancelled');
  });
});
