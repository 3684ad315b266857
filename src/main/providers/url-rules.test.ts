import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRegistry } from './registry';
import { deleteLink, isLoopbackHost, isPrivateHost } from './url-rules';

const registry = createRegistry();
const check = (text: string) => registry.checkUrl('wizs', text);

describe('account addresses', () => {
  const roots: readonly (readonly [string, string])[] = [
    ['https://pic.us.wizs.vip/api/v1', 'https://pic.us.wizs.vip'],
    ['https://pic.us.wizs.vip/api/v1/upload.php', 'https://pic.us.wizs.vip'],
    ['https://www.picgo.net/api/1/upload/', 'https://www.picgo.net'],
    ['https://www.imgurl.org/api/v2/upload', 'https://www.imgurl.org'],
    ['https://sm.ms/api/upload?ssl=1#x', 'https://sm.ms'],
    ['https://pic.example/easy/api/index.php', 'https://pic.example/easy'],
    ['pic.example', 'https://pic.example'],
    ['https://pic.example:8443/a/b/', 'https://pic.example:8443/a/b'],
    ['localhost:8080', 'http://localhost:8080'],
    ['https://图床.example/', 'https://xn--wcso9o.example'],
  ];
  for (const [pasted, root] of roots) {
    test(`cuts ${pasted} back to the root`, () => expect(check(pasted)).toEqual({ url: root, problem: 'none' }));
  }
  const judged: readonly (readonly [string, string])[] = [
    ['http://pic.example', 'http-public'],
    ['http://8.8.8.8', 'http-public'],
    ['http://192.168.1.4', 'http-private'],
    ['http://nas/api/v1', 'http-private'],
    ['nonsense', 'no-dot'],
    ['nonsense/api/v1', 'no-dot'],
    ['nonsense:8443', 'no-dot'],
    ['https://nonsense', 'no-dot'],
    ['https://nonsense.', 'no-dot'],
    ['图床', 'no-dot'],
    ['http://nonsense', 'http-private'],
    ['192.168.1.4', 'none'],
    ['https://[fd00::1]', 'none'],
    ['localhost', 'none'],
    ['https://pictures.localhost', 'none'],
    ['http://pictures.local', 'http-private'],
    ['http://[fd00::1]:81', 'http-private'],
    ['http://[::ffff:10.0.0.1]', 'http-private'],
    ['http://127.1', 'none'],
    ['http://[::1]:80', 'none'],
    ['http://[::ffff:127.0.0.1]', 'none'],
    ['http://127.0.0.1.example', 'http-public'],
    ['http://localhost.example', 'http-public'],
    ['https://me:secret@pic.example', 'malformed'],
    ['ftp://pic.example', 'malformed'],
    ['not an address', 'malformed'],
    ['', 'malformed'],
  ];
  for (const [address, problem] of judged) {
    test(`judges ${address === '' ? 'nothing' : address}: ${problem}`, () => expect(check(address).problem).toBe(problem));
  }
  test('changes nothing when asked again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.constantFrom('', '/api/v1', '/api/1/upload', '/api/v1/api/v1/upload.php'), (url, tail) => {
        const once = check(new URL(url).origin + new URL(url).pathname + tail);
        expect(check(once.url)).toEqual(once);
      }),
    );
  });
  test('never lets http to a public host pass', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.domain()), (host) => {
        const { problem } = check(`http://${host}/`);
        if (!isLoopbackHost(host) && !isPrivateHost(host)) expect(problem).toBe('http-public');
      }),
    );
  });
  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void check(text)));
  });
});

test('keeps delete links that are safe on the way, and no others', () => {
  expect(deleteLink('https://pic.example/delete/a=', false)).toBe('https://pic.example/delete/a=');
  expect(deleteLink('http://127.0.0.1:1/d', false)).toBe('http://127.0.0.1:1/d');
  expect(deleteLink('http://192.168.0.2/d', false)).toBeNull();
  expect(deleteLink('http://192.168.0.2/d', true)).toBe('http://192.168.0.2/d');
  expect(deleteLink('http://pic.example/d', true)).toBeNull();
  for (const odd of ['Admin closed user delete', 'javascript:alert(1)', '', null, undefined, 4]) expect(deleteLink(odd, true)).toBeNull();
});
