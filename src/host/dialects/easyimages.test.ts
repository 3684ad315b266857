import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mp4, png } from '../../../test/host/pictures';
import { postForm, type FormPart } from '../../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../../test/host/test-host';

let test: TestHost;
beforeAll(async () => {
  test = await startTestHost({ limits: { easyimages: 50_000 } });
});
afterAll(() => test.stop());
beforeEach(() => test.control.reset());

type Body = Record<string, unknown> & { readonly url: string; readonly del: string };
const send = (parts: readonly FormPart[], headers: Record<string, string> = {}): Promise<Response> =>
  postForm(`${test.urls.easyimages}/api/index.php`, parts, headers);
const token = (): FormPart => ['token', test.keys.easyimages];
const upload = async (bytes: Buffer): Promise<Body> => (await (await send([['image', bytes, 'a.png'], token()])).json()) as Body;

describe('EasyImages', () => {
  it('uploads with image and token and serves the same bytes', async () => {
    const picture = png();
    const body = await upload(picture);
    expect(Object.keys(body)).toEqual(['result', 'code', 'url', 'srcName', 'thumb', 'del']);
    expect(body).toMatchObject({ result: 'success', code: 200, srcName: 'a' });
    for (const url of [body.url, String(body['thumb'])]) {
      expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(picture);
    }
  });

  it.each([
    ['no file', 204, (): Promise<Response> => send([token()])],
    ['no token', 202, (): Promise<Response> => send([['image', png(), 'a.png']])],
    ['a key in the header', 202, (): Promise<Response> => send([['image', png(), 'a.png']], { 'x-api-key': test.keys.easyimages })],
    ['a wrong token', 202, (): Promise<Response> => send([['image', png(), 'a.png'], ['token', 'no']])],
    ['a video', 406, (): Promise<Response> => send([['image', mp4(), 'a.mp4'], token()])],
    ['a large file', 400, (): Promise<Response> => send([['image', Buffer.concat([png(), Buffer.alloc(50_000)]), 'a.png'], token()])],
  ])('refuses %s with code %i at HTTP 200', async (_what, code, call) => {
    const answer = await call();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ result: 'failed', code, message: expect.any(String) as string });
    expect(await test.control.files()).toEqual([]);
  });

  it('deletes by link; a repeat is 404 with the recycle bin and a lie without', async () => {
    const { del, url } = await upload(png());
    expect(await (await fetch(del)).json()).toMatchObject({ code: 200 });
    expect((await fetch(url)).status).toBe(404);
    expect(await (await fetch(del)).json()).toMatchObject({ code: 404 });
    test.control.set({ easyimages: { recycleBin: false } });
    expect(await (await fetch(del)).json()).toMatchObject({ code: 200 });
  });

  it('says that the API or deleting is closed when switched', async () => {
    test.control.set({ easyimages: { deleteClosed: true } });
    expect((await upload(png())).del).toBe('Admin closed user delete');
    test.control.set({ easyimages: { closed: true } });
    expect(await upload(png())).toMatchObject({ result: 'failed', code: 201 });
  });
});
