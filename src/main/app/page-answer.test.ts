import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPageAnswer } from './page-answer';
import { pageFiles } from './page-files';

const DIGEST = 'a'.repeat(64);
let folder: string;
let answer: ReturnType<typeof createPageAnswer>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'page', 'index.html'), '<style nonce="%CSP_NONCE%"></style>');
  writeFileSync(join(folder, 'page', 'assets', 'index-1a.js'), 'script');
  writeFileSync(join(folder, 'page', 'notes.txt'), 'not served');
  symlinkSync(join(folder, 'secret.js'), join(folder, 'page', 'link.js'));
  answer = createPageAnswer({
    files: pageFiles(join(folder, 'page')),
    read: (file) => readFile(file),
    readThumb: async (name) => (name === `${DIGEST}.webp` ? new Uint8Array([1, 2]) : undefined),
    newNonce: () => 'N0nce',
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET'): Promise<Response> => answer({ url, method });

test('serves the page with the nonce of its own load', async () => {
  const page = await get('app://picferry/index.html#upload');
  expect(page.status).toBe(200);
  expect(await page.text()).toBe('<style nonce="N0nce"></style>');
  expect(page.headers.get('content-security-policy')).toContain("'nonce-N0nce'");
  expect(page.headers.get('cache-control')).toBe('no-store');
});

test('serves hashed files as immutable and thumbnails by their digest', async () => {
  expect((await get('app://picferry/assets/index-1a.js')).headers.get('cache-control')).toContain('immutable');
  const thumb = await get(`app://picferry/thumb/${DIGEST}.webp`);
  expect(thumb.headers.get('content-type')).toBe('image/webp');
  expect(new Uint8Array(await thumb.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
});

test.each([
  'app://picferry/../secret.js',
  'app://picferry/%2e%2e/secret.js',
  'app://picferry/..%5csecret.js',
  'app://picferry/assets/..%2f..%2fsecret.js',
  'app://picferry/index.html%00.js',
  'app://picferry//index.html',
  'app://picferry/link.js',
  'app://picferry/notes.txt',
  'app://picferry/thumb/../../secret.js',
  `app://picferry/thumb/..%2f${DIGEST}.webp`,
  `app://picferry/thumb/${'b'.repeat(64)}.webp`,
  'app://elsewhere/index.html',
  'file:///etc/passwd',
  'no address',
])('has nothing at %s', async (url) => {
  expect((await get(url)).status).toBe(404);
});

test('answers reading only', async () => {
  expect((await get('app://picferry/index.html', 'POST')).status).toBe(405);
});

test('puts the content policy and nosniff on every answer, whatever was asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.webPath().map((path) => `app://picferry${path}`)), async (url) => {
      const { headers } = await get(url);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }),
    { numRuns: 200 },
  );
});
