import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOpenLink, openableUrl } from './open-external';

test.each([
  ['https://img.example/a.png', false],
  ['http://127.0.0.1:4000/a.png', false],
  ['http://localhost/a.png', false],
  ['http://192.168.1.4/a.png', true],
])('opens %s', (url, httpAllowed) => {
  expect(openableUrl(url, { httpAllowed })).toBe(url);
});

test.each([
  'http://img.example/a.png',
  'http://127.0.0.1.example.org/',
  'https://user:word@img.example/',
  'https://user@img.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'ms-msdt:/id',
  'smb://server/share',
  '\\\\server\\share',
  '//server/share',
  ' https://img.example/',
  'https://img.example/a\nb',
  `https://img.example/${'a'.repeat(3000)}`,
  '',
])('does not open %s', (url) => {
  expect(openableUrl(url, { httpAllowed: false })).toBeNull();
});

test('opens nothing but http and https, whatever text comes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.tuple(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9+.-]*$/), fc.string()).map(([scheme, rest]) => `${scheme}:${rest}`)), (text) => {
      const opened = openableUrl(text, { httpAllowed: true });
      if (opened === null) return;
      const { protocol, username, password } = new URL(opened);
      expect([protocol === 'https:' || protocol === 'http:', username, password]).toEqual([true, '', '']);
    }),
  );
});

test('refuses with a coded problem and calls nothing', async () => {
  const opened: string[] = [];
  const open = createOpenLink(async (url) => void opened.push(url), () => 1);
  await expect(open('file:///x', { httpAllowed: true })).rejects.toMatchObject({ problem: { kind: 'bad_request', message: 'linkNotOpenable' } });
  await open('https://a.example/', { httpAllowed: false });
  expect(opened).toEqual(['https://a.example/']);
});
