import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '../../src/main/providers/contract';
import { createRegistry } from '../../src/main/providers/registry';
import type { ProviderId, SettingValue } from '../../src/shared/model/provider';
import { png } from '../host/pictures';
import { callOf, errorOf, makeProvider, memoryOf, sourceOf, soughtOf, testHttp } from './fixture';
import { formOf, startRecordingServer, type RecordingServer } from './recording-server';

const registry = createRegistry();
const http = testHttp();
let server: RecordingServer;
beforeAll(async () => {
  server = await startRecordingServer();
});
afterAll(async () => {
  http.close();
  await server.stop();
});
beforeEach(() => {
  server.requests.length = 0;
});

const NOW = 1_700_000_000_000;
const secrets = { key: 'invented-key', token: 'invented-token' };
const client = (id: ProviderId, settings: Readonly<Record<string, SettingValue>> = {}, memory = memoryOf()): Provider =>
  makeProvider({ definition: registry.definition(id), url: server.url, secrets, settings: id === 'imgurl' ? { uid: 'u-1234', ...settings } : settings, http, memory, now: () => NOW });
const picture = sourceOf(png());
const refused = async (id: ProviderId, body: unknown, status = 200, settings = {}): Promise<Record<string, unknown>> => {
  server.reply({ status, body: JSON.stringify(body) });
  const { problem, outcomeUnknown, retry } = await errorOf(client(id, settings).upload(picture, callOf()));
  return { kind: problem.kind, sub: problem.sub, message: problem.message, outcomeUnknown, retry };
};

describe('ImgURL', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['您没有权限，请先登录！', { kind: 'auth', message: 'authBad' }],
    ['The filetype you are attempting to upload is not allowed.', { kind: 'rejected_file', sub: 'type' }],
    ["The image you are attempting to upload doesn't fit into the allowed dimensions.", { kind: 'rejected_file', sub: 'dimensions', message: 'rejected' }],
    ['The uploaded file exceeds the maximum allowed size in your PHP configuration file.', { kind: 'rejected_file', sub: 'tooBig' }],
    ['You did not select a file to upload.', { kind: 'bad_request', message: 'notReceived' }],
    ['The temporary folder is missing.', { kind: 'server', retry: 'backoff' }],
    ['The upload destination folder does not appear to be writable: not writable', { kind: 'server', retry: 'backoff' }],
    ['上传达到上限', { kind: 'quota' }],
    ['something new', { kind: 'rejected_file', sub: 'other', message: 'rejected' }],
  ];
  for (const [msg, expected] of cases) {
    test(`reads "${msg.slice(0, 40)}"`, async () => {
      expect(await refused('imgurl', { code: -1000, msg, data: '' })).toMatchObject({ outcomeUnknown: false, ...expected });
    });
  }
  test('takes a repeated upload without a delete link', async () => {
    server.reply({ body: JSON.stringify({ code: '200', msg: '', data: { url: 'https://x.example/a.png', thumbnail_url: 'https://x.example/a.png', imgid: 'abc', image_width: 0, image_height: '7' } }) });
    expect(await client('imgurl').upload(picture, callOf())).toMatchObject({ deleteUrl: null, thumbUrl: null, width: null, height: 7, remoteId: 'abc' });
  });
  const deletions: readonly (readonly [string, number, string])[] = [
    ['图片已删除！', 200, 'deleted'],
    ['{"code":200,"msg":"ok"}', 200, 'deleted'],
    ['token不存在，可能是图片已经被删除！', 200, 'already_gone'],
    ['不是有效的token！', 200, 'refused'],
    ['gone', 410, 'already_gone'],
    ['<html>hello</html>', 200, 'unconfirmed'],
  ];
  for (const [body, status, expected] of deletions) {
    test(`calls a delete answer "${body.slice(0, 20)}" ${expected}`, async () => {
      server.reply({ status, body });
      expect((await client('imgurl').remove?.({ deleteUrl: `${server.url}/delete/0123456789abcdef`, imageUrl: null }, callOf()))?.status).toBe(expected);
    });
  }
});

describe('Chevereto', () => {
  const answer = (code: number, message: string): unknown => ({ status_code: 400, error: { message, code, context: 'Exception' }, status_txt: 'Bad Request' });
  const cases: readonly (readonly [number, string, object])[] = [
    [100, 'Invalid API key.', { kind: 'auth', message: 'authBadOnce' }],
    [401, 'Request denied', { kind: 'auth', sub: 'forbidden' }],
    [101, 'Duplicated upload', { kind: 'duplicate', retry: 'never' }],
    [104, 'No space left on storage', { kind: 'quota', message: 'hostFull' }],
    [130, 'Flooding detected. You can only upload 50 images per minute', { kind: 'rate_limit', retry: { afterMs: 60_000 } }],
    [130, 'Flooding detected. You can only upload 500 images per hour', { kind: 'rate_limit', retry: { afterMs: 3_600_000 } }],
    [130, 'Empty upload source', { kind: 'bad_request', message: 'setup' }],
    [400, 'File too big - max 10 MB', { kind: 'rejected_file', sub: 'tooBig' }],
    [400, 'Invalid image', { kind: 'rejected_file', sub: 'damaged' }],
    [614, '不支持', { kind: 'rejected_file', sub: 'type' }],
    [666, 'concurrency', { kind: 'server', retry: 'backoff' }],
  ];
  for (const [code, message, expected] of cases) {
    test(`reads ${code} ${message.slice(0, 40)}`, async () => {
      expect(await refused('chevereto', answer(code, message), 400, { keyIn: 'header' })).toMatchObject({ outcomeUnknown: false, ...expected });
    });
  }
  test('tries the form field once when the header was not seen, and remembers it', async () => {
    const ok = JSON.stringify({ status_code: 200, image: { id_encoded: 'a', url: 'https://x.example/a.png' } });
    server.reply({ status: 400, body: JSON.stringify(answer(100, 'No key provided')) }, { body: ok });
    const memory = memoryOf();
    await client('chevereto', {}, memory).upload(picture, callOf());
    await client('chevereto', {}, memory).upload(picture, callOf());
    expect(server.requests.map((request) => [request.headers['x-api-key'] ?? null, formOf(request)[0]])).toEqual([
      ['invented-key', ['format', 'json']],
      [null, ['key', 'invented-key']],
      [null, ['key', 'invented-key']],
    ]);
  });
  test('takes an answer without an address as waiting for review', async () => {
    server.reply({ body: JSON.stringify({ status_code: '200', image: { id_encoded: 'a', is_approved: '0', thumb: null } }) });
    expect(await client('chevereto').upload(picture, callOf())).toMatchObject({ url: null, pendingReview: true });
  });
  const target = (): { deleteUrl: string; imageUrl: string } => ({ deleteUrl: `${server.url}/image/a/delete/b`, imageUrl: `${server.url}/a.png` });
  test('calls a redirect to "?deleted" deleted, also behind an alias', async () => {
    server.reply({ status: 301, headers: { location: '/img/a/delete/b' }, body: '' }, { status: 301, headers: { location: `${server.url}/image/a?deleted` }, body: '' });
    expect((await client('chevereto').remove?.(target(), callOf()))?.status).toBe('deleted');
    expect(server.requests).toHaveLength(2);
  });
  test('tells a wrong link from a picture long gone by the picture', async () => {
    server.reply({ status: 404, body: '<html>' }, { status: 200, body: 'picture' });
    expect((await client('chevereto').remove?.(target(), callOf()))?.status).toBe('refused');
    server.reply({ status: 404, body: '<html>' });
    expect((await client('chevereto').remove?.(target(), callOf()))?.status).toBe('already_gone');
  });
  test('says that uploads are forbidden when the account test hears so', async () => {
    server.reply({ status: 400, body: JSON.stringify(answer(401, 'Request denied')) });
    expect(await client('chevereto').test(callOf())).toMatchObject({ canUpload: false, steps: [{ what: 'reach' }, { what: 'key', result: 'works' }, { what: 'upload', result: 'fails', problem: { message: 'forbidden' } }] });
  });
});

describe('SM.MS', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['Access Denied.', { kind: 'auth', sub: 'blocked' }],
    ['Upload file count limit.', { kind: 'quota', retry: { afterMs: 3_600_000 } }],
    ['upload file frequency limit', { kind: 'rate_limit', retry: { afterMs: 60_000 } }],
    ["Server error. Upload directory isn't writable.", { kind: 'server', retry: 'backoff' }],
    ['No files were uploaded.', { kind: 'bad_request' }],
    ['File is empty.', { kind: 'rejected_file', sub: 'empty' }],
    ['File is too large.', { kind: 'rejected_file', sub: 'tooBig' }],
    ['File has an invalid extension.', { kind: 'rejected_file', sub: 'type' }],
    ['Could not save uploaded file.', { kind: 'server', retry: 'backoff' }],
    ['Flood detected. You can only upload 200 images per day', { kind: 'rate_limit', retry: { afterMs: 86_400_000 } }],
  ];
  for (const field of ['msg', 'message']) {
    for (const [said, expected] of cases) {
      test(`reads "${said.slice(0, 40)}" in ${field}`, async () => {
        expect(await refused('smms', { code: 'error', [field]: said })).toMatchObject({ outcomeUnknown: false, ...expected });
      });
    }
  }
  test('says that version 1 is shut', async () => {
    const body = { success: false, code: 'error', message: 'API v1 is deprecated, please refer to the documentation', RequestId: 'x' };
    expect(await refused('smms', body)).toMatchObject({ kind: 'retired', retry: 'never' });
    server.reply({ body: JSON.stringify(body) });
    expect(await client('smms').test(callOf())).toMatchObject({ canUpload: false, steps: [{ what: 'address', problem: { kind: 'retired' } }] });
  });
  test('gives the existing link for a picture that was there before', async () => {
    server.reply({ body: JSON.stringify({ success: false, code: 'image_repeated', message: 'Image upload repeated limit', images: 'https://i.example/a.png' }) });
    expect(await client('smms').upload(picture, callOf())).toMatchObject({ url: 'https://i.example/a.png', deleteUrl: null });
  });
  test('appends the format to the delete link, and takes a page as no proof', async () => {
    server.reply({ headers: { 'content-type': 'text/html' }, body: '<html>File deleted</html>' });
    expect((await client('smms').remove?.({ deleteUrl: `${server.url}/delete/abc`, imageUrl: null }, callOf()))?.status).toBe('unconfirmed');
    expect(server.requests[0]?.url).toBe('/delete/abc?format=json');
  });
  describe('looking for an upload in the last hour', () => {
    const words = 'the bytes of a picture in words';
    const sought = soughtOf(Buffer.from(words));
    const row = () => ({ filename: 'picture.png', storename: 'a.png', size: words.length, hash: 'h', timestamp: NOW / 1000, url: `${server.url}/a.png`, delete: 'https://i.example/delete/h' });
    const found = (rows: unknown, files: readonly string[] = [], sentAt = NOW - 1000, what = sought) => {
      server.reply({ body: JSON.stringify({ code: 'success', data: rows }) }, ...files.map((body) => ({ body })));
      return client('smms').find?.(what, sentAt, callOf());
    };
    const other = [...words].reverse().join('');
    test('is sure of the same bytes', async () => {
      expect(await found([row()], [words])).toMatchObject({ remoteId: 'h', deleteUrl: 'https://i.example/delete/h' });
      expect(await found([{ ...row(), hash: 'stranger' }, row()], [other, words])).toMatchObject({ remoteId: 'h' });
      expect(await found([{ ...row(), filename: null, size: null, timestamp: null }], [words])).toMatchObject({ remoteId: 'h' });
    });
    test("takes no stranger's file of the same name and size for it", async () => {
      expect(await found([row()], [other])).toBe('absent');
      expect(await found([row()], [], NOW - 1000, { ...sought, isTaken: ({ remoteId }) => remoteId === 'h' })).toBe('absent');
    });
    test('cannot tell what may be ours, and is sure of what cannot', async () => {
      expect(await found([{ ...row(), size: 1 }])).toBe('cannot_tell');
      expect(await found([{ ...row(), url: null }])).toBe('cannot_tell');
      expect(await found([{ ...row(), url: 'https://192.168.1.1/a.png' }])).toBe('cannot_tell');
      expect(await found([row()], [words.slice(1)])).toBe('cannot_tell');
      expect(await found([{ ...row(), filename: 'other.png' }])).toBe('absent');
      expect(await found([{ ...row(), timestamp: NOW / 1000 - 600 }])).toBe('absent');
      expect(await found('')).toBe('absent');
      expect(await found('', [], NOW - 3_600_000)).toBe('cannot_tell');
    });
  });
});

describe('WiZs and EasyImages', () => {
  const cases: readonly (readonly [number, number, string, object])[] = [
    [200, 202, '令牌错误', { kind: 'auth', message: 'authBad' }],
    [200, 201, 'API Closed', { kind: 'auth', sub: 'forbidden' }],
    [200, 204, 'no file', { kind: 'bad_request' }],
    [200, 205, 'forbidden', { kind: 'rejected_file' }],
    [200, 406, 'illegal', { kind: 'rejected_file', sub: 'type' }],
  ];
  for (const [status, code, message, expected] of cases) {
    test(`reads HTTP ${status} with failed ${code}`, async () => {
      expect(await refused('wizs', { result: 'failed', code, message }, status, { flavour: 'easyimages' })).toMatchObject({ outcomeUnknown: false, ...expected });
    });
  }
  const errors: readonly (readonly [number, string, object])[] = [
    [400, 'Invalid file type', { kind: 'rejected_file', sub: 'type' }],
    [400, 'File too large', { kind: 'rejected_file', sub: 'tooBig' }],
    [403, 'Video upload disabled', { kind: 'rejected_file', sub: 'videoOff' }],
    [405, 'Method not allowed', { kind: 'bad_request', message: 'setup' }],
    [500, 'Upload failed', { kind: 'server', retry: 'backoff' }],
  ];
  for (const [code, error, expected] of errors) {
    for (const status of [200, code]) {
      test(`reads ${code} ${error} with HTTP ${status}`, async () => {
        expect(await refused('wizs', { result: 'error', code, error }, status)).toMatchObject({ outcomeUnknown: false, ...expected });
      });
    }
  }
  test('takes a sentence in place of a delete link as none', async () => {
    server.reply({ body: JSON.stringify({ result: 'success', code: 200, url: 'https://x.example/i/a.webp', srcName: 'a', thumb: '', del: 'Admin closed user delete' }) });
    expect(await client('wizs', { flavour: 'easyimages' }).upload(picture, callOf())).toMatchObject({ deleteUrl: null, thumbUrl: null });
  });
  test('tries the form field once after a 401, and remembers it', async () => {
    server.reply({ status: 401, body: JSON.stringify({ result: 'error', code: 401, error: 'Login required or invalid token' }) }, { body: JSON.stringify({ result: 'success', code: 200, url: 'https://x.example/a.png' }) });
    const memory = memoryOf();
    await client('wizs', {}, memory).upload(picture, callOf());
    await client('wizs', {}, memory).upload(picture, callOf());
    expect(server.requests.map(({ headers }) => headers['x-api-key'] ?? null)).toEqual(['invented-key', null, null]);
  });
  test('sends no second video after the site said that video is off', async () => {
    server.reply({ status: 403, body: JSON.stringify({ result: 'error', code: 403, error: 'Video upload disabled' }) });
    const provider = client('wizs');
    const video = sourceOf(png(), 'a.mp4', { kind: 'video', mime: 'video/mp4' });
    await errorOf(provider.upload(video, callOf()));
    expect((await errorOf(provider.upload(video, callOf()))).problem.sub).toBe('videoOff');
    expect(server.requests).toHaveLength(1);
  });
  test('does not believe "deleted" while the picture is there', async () => {
    server.reply({ body: JSON.stringify({ result: 'success', code: 200, message: 'deleted' }) }, { body: 'picture' });
    expect((await client('wizs').remove?.({ deleteUrl: `${server.url}/del?hash=x`, imageUrl: `${server.url}/a.png` }, callOf()))?.status).toBe('unconfirmed');
  });
});

test('a list with rows that are none keeps the others', async () => {
  server.reply({ body: JSON.stringify({ code: 200, msg: '', data: [null, 'text', { name: 'no id' }, { album_id: 7, name: '', is_private: 'odd' }, { id: '8', name: 'Trips', is_private: 1, cover: 'javascript:alert(1)' }] }) });
  expect(await client('imgurl').albums?.(callOf())).toMatchObject([{ id: '7', name: '7' }, { id: '8', name: 'Trips', isPrivate: true, coverUrl: null }]);
  const query = { page: 1, perPage: 50, orderBy: 'created_at', orderDir: 'DESC' } as const;
  server.reply({ body: JSON.stringify({ result: 'success', success: true, code: 200, data: [null, 5, { file_path: 'i/2024/a.png', views: 'many', file_size: -5 }], pagination: { total: 'lots', current_page: 'one' } }) });
  expect(await client('wizs').list?.(query, callOf())).toMatchObject({ items: [{ name: '', url: null }, { name: '', url: null }, { name: 'a.png', bytes: null, views: null }], page: 1 });
  server.reply({ body: JSON.stringify({ code: 'success', data: [{ url: 'https://x.example/a.png', filename: 'a.png' }, [], null] }) });
  expect((await client('smms').list?.(query, callOf()))?.items.map(({ name, url }) => [name, url])).toEqual([['a.png', 'https://x.example/a.png'], ['', null], ['', null]]);
});
