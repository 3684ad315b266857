import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPageAnswer } from './page-answer';
import { pageFiles } from './page-files';

let folder: string;
let answer: ReturnType<typeof createPageAnswer>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'page', 'index.html'), '<div></div>');
  writeFileSync(join(folder, 'page', 'assets', 'index-1a.js'), 'script');
  writeFileSync(join(folder, 'page', 'notes.txt'), 'not served');
  symlinkSync(join(folder, 'secret.js'), join(folder, 'page', 'link.js'));
  answer = createPageAnswer(pageFiles(join(folder, 'page')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answer({ url, method });

test('serves the page, which is never kept, and hashed files as immutable', () => {
  const page = get('app://picferry/index.html#upload');
  expect(basename(page?.file ?? '')).toBe('index.html');
  expect(page?.headers['cache-control']).toBe('no-store');
  expect(get('app://picferry/assets/index-1a.js')?.headers['cache-control']).toContain('immutable');
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
  'app://elsewhere/index.html',
  'file:///etc/passwd',
  'no address',
])('has nothing at %s', (url) => {
  expect(get(url)).toBeNull();
});

test('answers reading only', () => {
  expect(get('app://picferry/index.html', 'POST')).toBeNull();
});

test('names only files of the table, each with the content policy and nosniff, whatever was asked', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webPath().map((path) => `app://picferry${path}`), fc.constant('app://picferry/')), (url) => {
      const found = get(url);
      if (found === null) return;
      expect(['index.html', 'index-1a.js']).toContain(basename(found.file));
      expect(found.headers['content-security-policy']).toContain("default-src 'none'");
      expect(found.headers['x-content-type-options']).toBe('nosniff');
    }),
    { numRuns: 200 },
  );
});
