import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPicferryLink } from './picferry-link';

test('reads the two links there are', () => {
  expect(readPicferryLink('picferry://open')).toEqual({ act: 'open' });
  expect(readPicferryLink('picferry:///open/')).toEqual({ act: 'open' });
  expect(readPicferryLink('picferry://upload?url=https%3A%2F%2Fa.example%2Fx.png%3Fa%3D1')).toEqual({ act: 'upload', url: 'https://a.example/x.png?a=1' });
});

test.each([
  'picferry://upload', 'picferry://upload?url=file:///etc/passwd', 'picferry://upload?url=javascript:alert(1)', 'picferry://upload?url=https://me:secret@a.example/x.png',
  'picferry://upload/more?url=https://a.example/x.png', 'https://open', 'picferry://delete', 'picferry://open?x', '', `picferry://upload?url=https://a.example/${'x'.repeat(5000)}`, '--hidden',
])('takes %s for no link to follow, or for a mere opening', (text) => {
  expect(readPicferryLink(text)?.act ?? 'none').not.toBe('upload');
});

test('never gives an address but of the web', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string().map((text) => `picferry://upload?url=${text}`)), (text) => {
      const link = readPicferryLink(text.startsWith('picferry:') ? text : `picferry://upload?url=${encodeURIComponent(text)}`);
      if (link?.act === 'upload') expect(link.url).toMatch(/^https?:\/\//);
    }),
    { numRuns: 40 },
  );
});
