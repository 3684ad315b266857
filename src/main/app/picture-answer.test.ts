import { expect, test } from 'vitest';
import { createPictureAnswer } from './picture-answer';

const DIGEST = 'a'.repeat(64);
const answer = createPictureAnswer({ readThumb: async (name) => (name === `${DIGEST}.webp` ? new Uint8Array([1, 2]) : undefined) });
const get = (url: string, method = 'GET'): Promise<Response> => answer({ url, method });

test('serves a thumbnail by its digest, which may be kept for ever', async () => {
  const thumb = await get(`picture://thumb/${DIGEST}.webp`);
  expect(thumb.headers.get('content-type')).toBe('image/webp');
  expect(thumb.headers.get('cache-control')).toContain('immutable');
  expect(thumb.headers.get('x-content-type-options')).toBe('nosniff');
  expect(new Uint8Array(await thumb.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
});

test.each([
  'picture://thumb/../../secret.js',
  `picture://thumb/..%2f${DIGEST}.webp`,
  `picture://thumb/${'b'.repeat(64)}.webp`,
  `picture://elsewhere/${DIGEST}.webp`,
  `app://thumb/${DIGEST}.webp`,
  'file:///etc/passwd',
  'no address',
])('has nothing at %s', async (url) => {
  expect((await get(url)).status).toBe(404);
});

test('answers reading only', async () => {
  expect((await get(`picture://thumb/${DIGEST}.webp`, 'POST')).status).toBe(405);
});
