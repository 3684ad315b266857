import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unusualDrawings } from '../../../test/pictures/sample-drawings';
import { mediaTypeOf } from './media-type';

test.each(unusualDrawings())('knows a drawing, whatever it is called: $name', async ({ bytes }) => {
  for (const name of ['a.svg', 'a.svgz', 'a.txt', 'a']) expect(await mediaTypeOf(name, bytes)).toEqual({ kind: 'image', mime: 'image/svg+xml', extension: 'svg' });
});

test('takes for one what may still become one, where it is called so or goes on for long', async () => {
  const open = Buffer.from(`<?xml version="1.0"?><!--${'-'.repeat(70_000)}`);
  expect((await mediaTypeOf('a', open)).kind).toBe('image');
  expect((await mediaTypeOf('a', open.subarray(0, 5000))).kind).toBe('other');
  expect((await mediaTypeOf('a.svg', open.subarray(0, 5000))).kind).toBe('image');
  expect((await mediaTypeOf('a.svg', Buffer.from('<?xml version="1.0"?><feed/>'))).mime).toBe('image/svg+xml');
});

test('takes nothing else for one', async () => {
  for (const bytes of [Buffer.from('<?xml version="1.0"?><feed/>'), Buffer.from('<!doctype html><p><svg/></p>'), gzipSync('<html/>'), gzipSync(Buffer.alloc(50_000_000, ' ')), gzipSync('<svg/>').subarray(0, 12)]) {
    expect((await mediaTypeOf('a.xml', bytes)).kind).toBe('other');
  }
});
