import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mp4, png, pngOfBytes } from '../../../test/host/pictures';
import { postForm, rawRequest, type FormPart } from '../../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../../test/host/test-host';

let test: TestHost;
let time = Date.parse('2026-04-16T12:00:00');
beforeAll(async () => {
  test = await startTestHost({ now: () => time, limits: { wizs: 100_000 } });
});
afterAll(() => test.stop());
beforeEach(() => test.control.reset());

const UPLOAD = '/api/v1/upload.php';
const key = (): Record<string, string> => ({ 'x-api-key': test.keys.wizs });
const send = (parts: readonly FormPart[], headers = key()): Promise<Response> =>
  postForm(test.urls.wizs + UPLOAD, parts, headers);
const bytesOf = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());
type Body = Record<string, unknown> & { readonly url: string; readonly del: string; readonly thumb: string };
const upload = async (bytes: Buffer, name = 'a.png'): Promise<Body> =>
  (await (await send([['image', bytes, name]])).json()) as Body;

describe('WiZs upload', () => {
  it("answers a picture with the API page's fields and serves its bytes", async () => {
    const picture = png(7, 5);
    const answer = await send([['image', picture, 'example.png']]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const body = (await answer.json()) as Body;
    expect(Object.keys(body)).toEqual(['result', 'code', 'url', 'srcName', 'thumb', 'width', 'height', 'file_size', 'del']);
    expect(body).toMatchObject({
      result: 'success',
      code: 200,
      srcName: 'example.png',
      width: 7,
      height: 5,
      file_size: picture.length,
    });
    expect(body.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/wizs\/uploads\/2026\/04\/[a-z0-9]{16}\.png$/);
    expect(body.del).toMatch(/\/application\/del\.php\?hash=[A-Za-z0-9]+=$/);
    expect(await bytesOf(body.url)).toEqual(picture);
    expect(await bytesOf(body.thumb)).toEqual(picture);
  });

  it('takes the key from the token field, before or after the file, and either file field', async () => {
    for (const parts of [
      [['token', test.keys.wizs], ['file', png(), 'a.png']],
      [['image', png(), 'a.png'], ['token', test.keys.wizs]],
    ] as const) {
      expect((await send(parts, {})).status).toBe(200);
    }
  });

  it('answers a video with type and duration, without thumb and size in pixels', async () => {
    const video = mp4(125.5, 5000);
    const body = await upload(video, 'clip.mp4');
    expect(body).toMatchObject({ type: 'video', duration: 125.5, duration_formatted: '2:05', file_size: video.length });
    expect(body).not.toHaveProperty('thumb');
    expect(body).not.toHaveProperty('width');
    expect(body.url).toMatch(/\/uploads\/videos\/2026\/04\/[a-z0-9]{16}\.mp4$/);
    expect(await bytesOf(body.url)).toEqual(video);
  });

  it.each([
    ['another method', 405, 'Method not allowed', () => fetch(test.urls.wizs + UPLOAD)],
    ['no key', 401, 'Login required or invalid token', () => send([['image', png(), 'a.png']], {})],
    ['no key and no file', 401, 'Login required or invalid token', () => send([], {})],
    ['a wrong key', 401, 'Invalid API key', () => send([['image', png(), 'a.png']], { 'x-api-key': 'wrong' })],
    ['a wrong token after the file', 401, 'Invalid API key', () => send([['image', png(), 'a.png'], ['token', 'no']], {})],
    ['no file', 400, 'No file uploaded', () => send([['other', 'x']])],
    ['a file sent as text', 400, 'No file uploaded', () => send([['image', 'bytes']])],
    ['an empty file', 400, 'Invalid file type', () => send([['image', Buffer.alloc(0), 'a.png']])],
    ['a strange extension', 400, 'Invalid file type', () => send([['image', png(), 'a.exe']])],
    ['no extension', 400, 'Invalid file type', () => send([['image', png(), 'noname']])],
    ['bytes of another kind', 400, 'Invalid file type', () => send([['image', png(), 'a.jpg']])],
    ['too many bytes', 413, 'File too large', () => send([['image', pngOfBytes(100_001), 'a.png']])],
  ])('refuses %s and keeps nothing', async (_what, code, error, call) => {
    const answer = await call();
    expect(answer.status).toBe(code);
    expect(await answer.json()).toEqual({ result: 'error', code, error });
    expect(await test.control.files()).toEqual([]);
    expect(await readdir(join(test.folder, 'files'))).toEqual([]);
  });

  it('refuses videos while they are switched off', async () => {
    test.control.set({ wizs: { videoOff: true } });
    const answer = await send([['file', mp4(), 'a.mp4']]);
    expect(await answer.json()).toEqual({ result: 'error', code: 403, error: 'Video upload disabled' });
    expect((await send([['image', png(), 'a.png']])).status).toBe(200);
  });

  it('renames pictures to webp when told not to keep the type', async () => {
    test.control.set({ wizs: { keepType: false } });
    const picture = png();
    const { url } = await upload(picture);
    expect(url).toMatch(/\.webp$/);
    expect(await bytesOf(url)).toEqual(picture);
  });

  it.each(['图 片.png', '🦊.png', `it's "quoted".png`, `${'长'.repeat(83)}ab.png`, '..%2f..%2fx.png', '../../x.png'])(
    'keeps the name %s as text only',
    async (name) => {
      const { srcName } = await upload(png(), name);
      // Quotes arrive as browsers escape them; folder parts are cut off.
      expect(srcName).toBe(name === '../../x.png' ? 'x.png' : name.replaceAll('"', '%22'));
      expect(await readdir(join(test.folder, 'files'))).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    },
  );

  it('keeps nothing of an upload that breaks off', async () => {
    const body = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n' + '\x89PNG'.repeat(100),
      'latin1',
    );
    const headers = { ...key(), 'content-type': 'multipart/form-data; boundary=b', 'content-length': String(body.length) };
    const answer = await rawRequest(test.port, { method: 'POST', path: `/wizs${UPLOAD}`, headers, body });
    expect(answer.status).toBe(400);
    expect(await readdir(join(test.folder, 'files'))).toEqual([]);
  });
});

describe('WiZs delete', () => {
  it('deletes by the link as given, once', async () => {
    const { del, url } = await upload(png());
    const first = await fetch(del);
    expect(await first.json()).toEqual({ result: 'success', code: 200, message: 'File deleted successfully' });
    expect((await fetch(url)).status).toBe(404);
    const second = await fetch(del);
    expect(second.status).toBe(404);
    expect(await second.json()).toEqual({ result: 'error', code: 404, error: 'File not found' });
    expect(await readdir(join(test.folder, 'files'))).toEqual([]);
  });

  it.each(['HEAD', 'POST', 'DELETE'])('keeps the file when the link is asked with %s', async (method) => {
    const { del, url } = await upload(png());
    expect((await fetch(del, { method })).status).toBe(405);
    expect((await fetch(url)).status).toBe(200);
  });

  it('refuses a missing hash and one without its equals sign', async () => {
    const { del } = await upload(png());
    const missing = await fetch(del.replace(/\?.*/, ''));
    expect(await missing.json()).toEqual({ result: 'error', code: 400, error: 'Missing hash' });
    expect((await fetch(del.replace(/=$/, ''))).status).toBe(404);
  });
});

describe('WiZs list', () => {
  type List = { readonly data: readonly Record<string, unknown>[]; readonly pagination: Record<string, number> };
  const list = async (query = ''): Promise<List> =>
    (await (await fetch(`${test.urls.wizs}/api/v1/list.php${query}`)).json()) as List;

  it("shows rows and pages as the API page does, newest first, and nobody's delete link", async () => {
    for (const name of ['one.png', 'two.png', 'three.png']) {
      time += 1000;
      await upload(png(7, 5), name);
    }
    const first = await list('?page=1&per_page=2');
    expect(first).toMatchObject({ success: true, pagination: { current_page: 1, per_page: 2, total: 3, total_pages: 2 } });
    expect(first.data.map((row) => row['original_name'])).toEqual(['three.png', 'two.png']);
    expect(Object.keys(first.data[0] ?? {})).toEqual([
      ...['id', 'filename', 'original_name', 'file_path', 'file_size', 'width', 'height', 'views', 'created_at'],
    ]);
    expect(first.data[0]).toMatchObject({ width: 7, height: 5, views: 0, created_at: '2026-04-16 12:00:03' });
    const { file_path: path } = first.data[0] ?? {};
    expect(path).toMatch(/^2026\/04\/\w+\.png$/);
    expect((await fetch(`${test.urls.wizs}/uploads/${String(path)}`)).status).toBe(200);
    expect((await list('?page=2&per_page=2')).data).toHaveLength(1);
    expect((await list('?page=9&per_page=2')).data).toEqual([]);
    expect((await list('?page=1&per_page=2&order_dir=ASC')).data[0]).toMatchObject({ original_name: 'one.png' });
  });

  it('orders by size and views, and falls back to its defaults for odd values', async () => {
    const small = await upload(pngOfBytes(200), 'small.png');
    await upload(pngOfBytes(900), 'big.png');
    await bytesOf(small.url);
    expect((await list('?order_by=file_size')).data[0]).toMatchObject({ original_name: 'big.png' });
    expect((await list('?order_by=views')).data[0]).toMatchObject({ original_name: 'small.png', views: 1 });
    const odd = await list('?page=-1&per_page=abc&order_by=id;drop&order_dir=x');
    expect(odd.pagination).toMatchObject({ current_page: 1, per_page: 20 });
    expect((await list('?per_page=1000')).pagination).toMatchObject({ per_page: 100 });
  });
});
