import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Served } from '../previews';
import { createPictureAnswer } from './picture-answer';

const DIGEST = 'a'.repeat(64);
const TOKEN = 'tOken_-0'.repeat(4);
let folder: string;
let open: Map<string, Served>;
let answer: ReturnType<typeof createPictureAnswer>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-picture-'));
  open = new Map();
  answer = createPictureAnswer({
    pageOrigin: 'app://picferry',
    readThumb: async (name) => (name === `${DIGEST}.webp` ? new Uint8Array([1, 2]) : undefined),
    preview: (token) => open.get(token),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET', range: string | null = null): Promise<Response> => answer({ url, method, headers: { get: (name) => (name === 'range' ? range : null) } });
/** An original of this many bytes under `TOKEN`. */
const openOriginal = (bytes: number, type = 'video/webm'): Uint8Array => {
  const content = Uint8Array.from({ length: bytes }, (_, at) => (at * 7) % 251);
  writeFileSync(join(folder, 'original'), content);
  open.set(TOKEN, { path: join(folder, 'original'), type, bytes });
  return content;
};
const preview = (range: string | null = null): Promise<Response> => get(`picture://preview/${TOKEN}`, 'GET', range);

test('serves a thumbnail by its digest, which may be kept for ever', async () => {
  const thumb = await get(`picture://thumb/${DIGEST}.webp`);
  expect(thumb.headers.get('content-type')).toBe('image/webp');
  expect(thumb.headers.get('cache-control')).toContain('immutable');
  expect(new Uint8Array(await thumb.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
});

test.each([
  'picture://thumb/../../secret.js',
  `picture://thumb/..%2f${DIGEST}.webp`,
  `picture://thumb/${'b'.repeat(64)}.webp`,
  `picture://preview/${'b'.repeat(32)}`,
  'picture://preview/',
  `picture://preview/${TOKEN}x`,
  `picture://preview/${TOKEN}/../../secret.js`,
  `picture://preview/..%2f${TOKEN}`,
  `picture://thumb/${TOKEN}`,
  `picture://elsewhere/${DIGEST}.webp`,
  `app://thumb/${DIGEST}.webp`,
  'file:///etc/passwd',
  'no address',
])('has nothing at %s', async (url) => {
  openOriginal(10);
  expect((await get(url)).status).toBe(404);
});

test('answers reading only', async () => {
  expect((await get(`picture://thumb/${DIGEST}.webp`, 'POST')).status).toBe(405);
});

test('lets only the page read, and puts a policy and nosniff on every answer, whatever was asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.webPath().map((path) => `picture://thumb${path}`), fc.constant(`picture://thumb/${DIGEST}.webp`)), async (url) => {
      const { headers } = await get(url);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBe('app://picferry');
    }),
    { numRuns: 200 },
  );
});

test('serves an opened original whole, as what its bytes are, never kept, and unable to do anything', async () => {
  const content = openOriginal(1_300_000, 'image/svg+xml');
  const answered = await preview();
  expect(answered.status).toBe(200);
  expect(Object.fromEntries(answered.headers)).toMatchObject({
    'content-type': 'image/svg+xml',
    'content-length': '1300000',
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
  expect(Buffer.from(await answered.arrayBuffer()).equals(content)).toBe(true);
});

test.each([
  ['bytes=0-', 0, 999],
  ['bytes=10-19', 10, 19],
  ['bytes=999-', 999, 999],
  ['bytes=-5', 995, 999],
  ['bytes=-99999', 0, 999],
  [`bytes=990-${'9'.repeat(400)}`, 990, 999],
])('serves the range %s', async (range, first, last) => {
  const content = openOriginal(1000);
  const answered = await preview(range);
  expect([answered.status, answered.headers.get('content-range'), answered.headers.get('content-length')]).toEqual([206, `bytes ${first}-${last}/1000`, String(last - first + 1)]);
  expect(Buffer.from(await answered.arrayBuffer()).equals(content.subarray(first, last + 1))).toBe(true);
});

test.each(['bytes=1000-', `bytes=${'9'.repeat(400)}-`, 'bytes=-0'])('refuses the range %s, of which nothing is there', async (range) => {
  openOriginal(1000);
  const answered = await preview(range);
  expect([answered.status, answered.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
});

test.each(['bytes=', 'bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=a-b', '-1'])('takes the range %s for none', async (range) => {
  openOriginal(1000);
  expect((await preview(range)).status).toBe(200);
});

test('has nothing under a closed address, and never serves a type that is no picture or video', async () => {
  openOriginal(10, 'text/html');
  expect((await preview()).status).toBe(404);
  open.clear();
  expect((await preview()).status).toBe(404);
});

test('answers any range header with bytes of the file or a refusal', async () => {
  const content = openOriginal(100);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.tuple(fc.nat(300), fc.nat(300)).map(([from, to]) => `bytes=${from}-${to}`)), async (range) => {
      const answered = await preview(range);
      if (answered.status === 416) return;
      const [, first = '0'] = /bytes (\d+)-/.exec(answered.headers.get('content-range') ?? '') ?? [];
      const bytes = new Uint8Array(await answered.arrayBuffer());
      expect(Buffer.from(bytes).equals(content.subarray(Number(first), Number(first) + bytes.length))).toBe(true);
      expect(answered.headers.get('content-length')).toBe(String(bytes.length));
    }),
    { numRuns: 200 },
  );
});

test('breaks off where the file became shorter since, instead of waiting for ever', async () => {
  openOriginal(1000);
  writeFileSync(join(folder, 'original'), 'short');
  await expect((await preview()).arrayBuffer()).rejects.toThrow();
});
