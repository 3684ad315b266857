import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { png, pngOfBytes } from '../../../test/host/pictures';
import { postForm, type FormPart } from '../../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../../test/host/test-host';

let test: TestHost;
beforeAll(async () => {
  test = await startTestHost();
});
afterAll(() => test.stop());
beforeEach(() => test.control.reset());

type Data = Record<string, unknown> & { readonly url: string; readonly delete: string };
type Body = { readonly code: number; readonly msg: string; readonly data: Data };
const login = (): FormPart[] => [['uid', test.keys.imgurl.uid], ['token', test.keys.imgurl.token]];
const send = (parts: readonly FormPart[]): Promise<Response> => postForm(`${test.urls.imgurl}/api/v2/upload`, parts);
const upload = async (bytes: Buffer, name = 'a.png'): Promise<Data> =>
  ((await (await send([...login(), ['file', bytes, name]])).json()) as Body).data;

describe('ImgURL upload', () => {
  it("answers the API page's fields and serves the same bytes", async () => {
    const picture = png(120, 5);
    const answer = await send([['file', picture, '图 片.png'], ...login(), ['album_id', '5']]);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain('imgs\\/');
    expect(text).toContain('\\u56fe');
    const { code, msg, data } = JSON.parse(text) as Body;
    const id = createHash('md5').update(picture).digest('hex').slice(8, 24);
    expect([code, msg]).toEqual([200, '']);
    expect(data).toMatchObject({ image_width: 120, image_height: 5, client_name: '图 片.png', imgid: id, id: expect.any(Number) });
    expect(data['relative_path']).toMatch(new RegExp(`^imgs/\\d{4}/\\d\\d/\\d\\d/${id}\\.png$`));
    expect(data['thumbnail_url']).toMatch(/_thumb\.png$/);
    for (const url of [data.url, String(data['thumbnail_url'])]) {
      expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(picture);
    }
    expect(data.delete).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${test.deletePort}/imgurl/delete/[0-9a-f]{16}$`));
  });

  it('gives the same record without a delete link when the bytes come again', async () => {
    const picture = png();
    const first = await upload(picture);
    const second = await upload(picture, 'b.png');
    expect(second).toEqual({ ...first, delete: undefined });
    expect(second).not.toHaveProperty('delete');
    expect(await test.control.files('imgurl')).toHaveLength(1);
  });

  it.each([
    ['no login', '您没有权限，请先登录！', (): FormPart[] => [['file', png(), 'a.png']]],
    ['a wrong token', '您没有权限，请先登录！', (): FormPart[] => [['uid', test.keys.imgurl.uid], ['token', 'x'], ['file', png(), 'a.png']]],
    ['an unknown album', '相册不存在！', (): FormPart[] => [...login(), ['album_id', '99'], ['file', png(), 'a.png']]],
    ['no file', '上传失败，错误原因：You did not select a file to upload.', (): FormPart[] => login()],
    [
      'a file over 5 MiB',
      '上传失败，错误原因：The file you are attempting to upload is larger than the permitted size.',
      (): FormPart[] => [...login(), ['file', pngOfBytes(5 * 1024 * 1024 + 1), 'a.png']],
    ],
    [
      'another type',
      '上传失败，错误原因：The filetype you are attempting to upload is not allowed.',
      (): FormPart[] => [...login(), ['file', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg']],
    ],
  ])('refuses %s with code -1000 at HTTP 200', async (_what, msg, parts) => {
    const answer = await send(parts());
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ code: -1000, msg, data: '' });
    expect(await test.control.files()).toEqual([]);
  });
});

describe('ImgURL albums', () => {
  it('lists them to POST and GET, with their odd types', async () => {
    const url = `${test.urls.imgurl}/api/v2/albums`;
    const { uid, token } = test.keys.imgurl;
    for (const answer of [await postForm(url, login()), await fetch(`${url}?uid=${uid}&token=${token}`)]) {
      const { code, data } = (await answer.json()) as { code: number; data: Record<string, unknown>[] };
      expect(code).toBe(200);
      expect(data.map((album) => album['album_id'])).toEqual(['5', '4']);
      expect(data[0]).toMatchObject({ name: '大苏打1', is_private: '1', password: null, cover: null, user_uid: uid });
    }
    const refused = await postForm(url, [['uid', 'x'], ['token', 'y']]);
    expect(await refused.json()).toEqual({ code: -1000, msg: '您没有权限，请先登录！', data: '' });
  });
});

describe('ImgURL delete', () => {
  const visit = async (url: string): Promise<string> => (await fetch(url)).text();

  it('says in plain words what became of the picture', async () => {
    const data = await upload(png());
    expect(await visit(data.delete)).toBe('图片已删除！');
    expect((await fetch(data.url)).status).toBe(404);
    expect(await visit(data.delete)).toBe('token不存在，可能是图片已经被删除！');
    expect(await visit(data.delete.replace(/\w+$/, 'short'))).toBe('不是有效的token！');
  });

  it('is not to be found at the API', async () => {
    const data = await upload(png());
    const there = data.delete.replace(`:${test.deletePort}`, `:${test.port}`);
    expect((await fetch(there)).status).toBe(404);
    expect((await fetch(data.url)).status).toBe(200);
  });
});
