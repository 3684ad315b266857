import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mp4, png } from '../../../test/host/pictures';
import { postForm, type FormPart } from '../../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../../test/host/test-host';

let test: TestHost;
let time = Date.parse('2026-04-16T12:00:00Z');
beforeAll(async () => {
  test = await startTestHost({ now: () => time, limits: { chevereto: 2 * 1024 * 1024 } });
});
afterAll(() => test.stop());
beforeEach(() => test.control.reset());

type Image = Record<string, unknown> & { readonly url: string; readonly delete_url: string };
const send = (parts: readonly FormPart[], headers: Record<string, string> = {}): Promise<Response> =>
  postForm(`${test.urls.chevereto}/api/1/upload`, parts, headers);
const header = (): Record<string, string> => ({ 'X-API-Key': test.keys.chevereto });
const upload = async (bytes: Buffer, name = 'a.png'): Promise<Image> =>
  ((await (await send([['source', bytes, name]], header())).json()) as { image: Image }).image;
const errorOf = async (answer: Response): Promise<unknown> => {
  expect(answer.status).toBe(400);
  const body = (await answer.json()) as { status_code: number; status_txt: string; error: { code: number; message: string } };
  expect(body).toMatchObject({ status_code: 400, status_txt: 'Bad Request' });
  return [body.error.code, body.error.message];
};

describe('Chevereto upload', () => {
  it("answers numbers as text, as the API page does, and serves the same bytes", async () => {
    const picture = png(700, 508);
    const answer = await send([['source', picture, 'donate-pay.png']], header());
    const body = (await answer.json()) as { status_code: number; success: unknown; image: Image };
    expect(body).toMatchObject({ status_code: 200, success: { message: 'image uploaded', code: 200 }, status_txt: 'OK' });
    expect(body.image).toMatchObject({
      size: String(picture.length),
      width: '700',
      height: '508',
      date_gmt: '2026-04-16 12:00:00',
      original_filename: 'donate-pay.png',
      is_approved: '1',
      display_width: '500',
      display_height: 363,
      medium: { extension: 'png' },
    });
    expect(Buffer.from(await (await fetch(body.image.url)).arrayBuffer()).equals(picture)).toBe(true);
    expect(body.image.delete_url).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:${test.deletePort}/chevereto/image/\\w{5}/delete/[0-9a-f]{48}$`),
    );
  });

  it('answers numbers as numbers when switched, and no URL while pending', async () => {
    test.control.set({ chevereto: { numbers: 'number', pending: true } });
    const image = await upload(png(7, 5));
    expect(image).toMatchObject({ width: 7, height: 5, is_approved: 0, medium: null });
    expect(image).not.toHaveProperty('url');
    expect(image).not.toHaveProperty('display_url');
  });

  it('takes a video and says so', async () => {
    expect(await upload(mp4(12), 'a.mp4')).toMatchObject({ type: 'video', duration: 12, mime: 'video/mp4', medium: null });
  });

  it.each([
    ['no key', 100, 'No key provided', (): Promise<Response> => send([['source', png(), 'a.png']])],
    ['a wrong key', 100, 'Invalid API key.', (): Promise<Response> => send([['source', png(), 'a.png']], { 'X-API-Key': 'no' })],
    ['no source', 130, 'Empty upload source', (): Promise<Response> => send([], header())],
    ['bytes that are no picture', 610, "Can't get target upload source info", (): Promise<Response> => send([['source', Buffer.from('text'), 'a.png']], header())],
    ['a large file', 400, 'File too big - max 2 MB', (): Promise<Response> => send([['source', Buffer.alloc(2 * 1024 * 1024 + 1), 'a.png']], header())],
  ])('refuses %s at HTTP 400', async (_what, code, message, call) => {
    expect(await errorOf(await call())).toEqual([code, message]);
    expect(await test.control.files()).toEqual([]);
  });

  it('takes the key from the form field too', async () => {
    expect((await send([['source', png(), 'a.png'], ['key', test.keys.chevereto]])).status).toBe(200);
  });

  it('as version 3 takes the form field only and gives no delete link', async () => {
    test.control.set({ chevereto: { version: 3 } });
    expect(await errorOf(await send([['source', png(), 'a.png']], header()))).toEqual([0, "API key can't be null"]);
    const answer = await send([['key', test.keys.chevereto], ['source', png(), 'a.png']]);
    expect((await answer.json()) as unknown).toMatchObject({ image: { url: expect.any(String) as string } });
    expect(await errorOf(await send([['key', 'no'], ['source', png(), 'a.png']]))).toEqual([100, 'Invalid API v1 key.']);
    const again = (await (await send([['key', test.keys.chevereto], ['source', png(), 'a.png']])).json()) as { image: Image };
    expect(again.image).not.toHaveProperty('delete_url');
  });

  it('refuses the same bytes for a day', async () => {
    const picture = png();
    await upload(picture);
    expect(await errorOf(await send([['source', picture, 'b.png']], header()))).toEqual([101, 'Duplicated upload']);
    time += 24 * 60 * 60 * 1000 + 1;
    expect((await send([['source', picture, 'b.png']], header())).status).toBe(200);
  });

  it('refuses a flood and uploads while they are off', async () => {
    test.control.set({ chevereto: { floodPerMinute: 1 } });
    await upload(png());
    const [code, message] = (await errorOf(await send([['source', png(), 'a.png']], header()))) as [number, string];
    expect([code, message]).toEqual([130, 'Flooding detected. You can only upload 1 images per minute']);
    time += 60_001;
    expect((await send([['source', png(), 'a.png']], header())).status).toBe(200);
    test.control.set({ chevereto: { uploadsOff: true } });
    expect(await errorOf(await send([['source', png(), 'a.png']], header()))).toEqual([401, 'Request denied']);
  });
});

describe('Chevereto delete', () => {
  const visit = (url: string): Promise<Response> => fetch(url, { redirect: 'manual' });

  it('redirects to a page that is gone, then answers 404', async () => {
    const image = await upload(png());
    const first = await visit(image.delete_url);
    expect(first.status).toBe(301);
    expect(first.headers.get('location')).toMatch(/\/image\/\w{5}\?deleted$/);
    expect((await fetch(image.delete_url.replace(/\/delete.*/, '?deleted'))).status).toBe(404);
    expect((await fetch(image.url)).status).toBe(404);
    expect((await visit(image.delete_url)).status).toBe(404);
  });

  it('answers a wrong password with a page and keeps the file', async () => {
    const image = await upload(png());
    const answer = await visit(image.delete_url.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect((await fetch(image.url)).status).toBe(200);
  });
});
