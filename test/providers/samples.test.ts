import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Provider, ProviderDefinition } from '../../src/main/providers/contract';
import { createRegistry } from '../../src/main/providers/registry';
import type { ProviderId, SettingValue } from '../../src/shared/model/provider';
import { png } from '../host/pictures';
import { callOf, errorOf, makeProvider, sourceOf, testHttp } from './fixture';
import { formOf, partsOf, startRecordingServer, type RecordingServer } from './recording-server';

const sample = (name: string): string => readFileSync(join(import.meta.dirname, '../fixtures/api', `${name}.json`), 'utf8');
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

const client = (id: ProviderId, secrets: Readonly<Record<string, string>> = {}, settings: Readonly<Record<string, SettingValue>> = {}): Provider => {
  const definition: ProviderDefinition = registry.definition(id);
  return makeProvider({ definition, url: `${server.url}/site`, secrets, settings, http });
};
const asked = (): { readonly method: string; readonly url: string; readonly form: readonly (readonly string[])[] } => {
  const request = server.requests.at(-1);
  if (request === undefined) throw new Error('nothing was asked');
  expect(Number(request.headers['content-length'] ?? 0)).toBe(request.body.length);
  return { method: request.method, url: request.url, form: request.body.length === 0 ? [] : formOf(request) };
};
const bytes = png();
const picture = sourceOf(bytes, '1.png');

describe('ImgURL Pro, as its API page says', () => {
  const account = (): Provider => client('imgurl', { token: 'invented-token' }, { uid: 'invented-uid' });

  test('sends uid, token, album_id and file, and reads the sample answer', async () => {
    server.reply({ body: sample('imgurl/upload') });
    const receipt = await account().upload(picture, callOf({ albumId: '5' }));
    expect(asked()).toEqual({
      method: 'POST',
      url: '/site/api/v2/upload',
      form: [['uid', 'invented-uid'], ['token', 'invented-token'], ['album_id', '5'], ['file', '1.png', 'image/png']],
    });
    const request = server.requests[0];
    if (request === undefined) throw new Error('nothing was asked');
    expect(partsOf(request).at(-1)?.value).toEqual(bytes);
    expect(receipt).toEqual({
      remoteId: 'f4a2eeb2689f9c19',
      url: 'https://s3.bmp.ovh/imgs/2022/03/30/f4a2eeb2689f9c19.jpg',
      thumbUrl: 'https://s3.bmp.ovh/imgs/2022/03/30/f4a2eeb2689f9c19_thumb.jpg',
      viewerUrl: null,
      deleteUrl: 'https://imgurl.org/delete/649cbe0133f7ef95',
      storedName: 'f4a2eeb2689f9c19.jpg',
      width: 1080,
      height: 810,
      bytes: null,
      mime: null,
      kind: 'image',
      durationSeconds: null,
      pendingReview: false,
    });
  });
  test('calls the sample of a failed upload too big', async () => {
    server.reply({ body: sample('imgurl/upload-error') });
    const { problem } = await errorOf(account().upload(picture, callOf()));
    expect(problem).toMatchObject({ kind: 'rejected_file', sub: 'tooBig', message: 'tooBig', retryable: false });
  });
  test('asks for albums by POST, so that the token is in no address, and reads the sample', async () => {
    server.reply({ body: sample('imgurl/albums') });
    const albums = await account().albums?.(callOf());
    expect(asked()).toEqual({ method: 'POST', url: '/site/api/v2/albums', form: [['uid', 'invented-uid'], ['token', 'invented-token']] });
    expect(albums).toEqual([
      { id: '5', name: '大苏打1', description: '大苏打1', isPrivate: true, coverUrl: null, createdAt: '2023-11-02 16:03:57', updatedAt: '2023-11-02 16:56:16' },
      { id: '4', name: '你好啊', description: '你好啊', isPrivate: true, coverUrl: null, createdAt: '2023-11-02 16:03:37', updatedAt: '2023-11-02 16:03:37' },
    ]);
  });
  test('calls the sample of failed albums a refused key', async () => {
    server.reply({ body: sample('imgurl/albums-error') });
    expect((await errorOf(account().albums?.(callOf()) ?? Promise.resolve())).problem).toMatchObject({ kind: 'auth', message: 'authBad' });
  });
});

describe('picgo.net (Chevereto), as its API page says', () => {
  const account = (settings = {}): Provider => client('chevereto', { key: 'invented-key' }, settings);
  const received = {
    remoteId: 'W27Pb',
    url: 'https://img.picgo.net/2022/04/16/donate-pay923c98fb4e3a32ab.jpg',
    thumbUrl: 'https://img.picgo.net/2022/04/16/donate-pay923c98fb4e3a32ab.th.jpg',
    viewerUrl: 'https://www.ipicbed.com/image/donate-pay.W27Pb',
    deleteUrl: 'https://www.ipicbed.com/image/W27Pb/delete/b77896cd9f056b018cb1cf5478916da60237fd367390dca2',
    storedName: 'donate-pay923c98fb4e3a32ab.jpg',
    width: 700,
    height: 508,
    bytes: 59983,
    mime: 'image/jpeg',
    kind: 'image',
    durationSeconds: null,
    pendingReview: false,
  };

  test('sends the key in the header and the file as source, and reads the sample answer', async () => {
    server.reply({ body: sample('chevereto/upload') });
    expect(await account().upload(picture, callOf())).toEqual(received);
    expect(asked()).toEqual({ method: 'POST', url: '/site/api/1/upload', form: [['format', 'json'], ['source', '1.png', 'image/png']] });
    expect(server.requests[0]?.headers['x-api-key']).toBe('invented-key');
  });
  test('reads the same answer with numbers in place of strings', async () => {
    server.reply({ body: sample('chevereto/upload').replace(/"(size|width|height|is_approved)": "(\d+)"/g, '"$1": $2') });
    expect(await account().upload(picture, callOf())).toEqual(received);
  });
  test('sends the key as a form field when it is set so, and the album of the account', async () => {
    server.reply({ body: sample('chevereto/upload') });
    await account({ keyIn: 'field', album: 'AbC' }).upload(picture, callOf());
    expect(asked().form).toEqual([['key', 'invented-key'], ['album_id', 'AbC'], ['format', 'json'], ['source', '1.png', 'image/png']]);
    expect(server.requests[0]?.headers['x-api-key']).toBeUndefined();
  });
});

describe('SM.MS v1, as its API page says', () => {
  const file = {
    thumbUrl: null,
    viewerUrl: null,
    storedName: '56249afa4e48b.png',
    width: 1157,
    height: 680,
    bytes: 69525,
    mime: null,
    kind: 'image',
    durationSeconds: null,
    pendingReview: false,
    url: 'https://ooo.0o0.ooo/2015/10/19/56249afa4e48b.png',
  };

  test('sends smfile and reads the sample answer', async () => {
    server.reply({ body: sample('smms/upload') });
    const receipt = await client('smms').upload(picture, callOf());
    expect(asked()).toEqual({ method: 'POST', url: '/site/api/upload', form: [['ssl', '1'], ['format', 'json'], ['smfile', '1.png', 'image/png']] });
    expect(receipt).toEqual({ ...file, remoteId: 'nLbCw63NheaiJp1', deleteUrl: 'https://sm.ms/api/delete/nLbCw63NheaiJp1' });
  });
  test('says that no file was received when the sample error says so', async () => {
    server.reply({ body: sample('smms/error') });
    expect((await errorOf(client('smms').upload(picture, callOf()))).problem).toMatchObject({ kind: 'bad_request', message: 'notReceived' });
  });
  test('lists the last hour and reads the sample answer', async () => {
    server.reply({ body: sample('smms/list') });
    const page = await client('smms', {}, { domain: 2 }).list?.({ page: 1, perPage: 20, orderBy: 'created_at', orderDir: 'DESC' }, callOf());
    expect(asked()).toMatchObject({ method: 'GET', url: '/site/api/list?ssl=1&format=json&domain=2' });
    expect(page).toMatchObject({ total: 1, items: [{ remoteId: 'nLbCw63NheaiJpU', name: 'image_2015-08-26_10-54-48.png', bytes: 69525, hostTime: '2015-10-19T07:25:46.000Z', hostTimeZoneKnown: true }] });
  });
  test('clears the list and reads the sample answer', async () => {
    server.reply({ body: sample('smms/clear') });
    await client('smms').clearList?.(callOf());
    expect(asked()).toEqual({ method: 'GET', url: '/site/api/clear', form: [] });
  });
});

describe('WiZs, as its API page says', () => {
  const account = (settings = {}): Provider => client('wizs', { key: 'invented-key' }, settings);

  test('sends a picture as image with the key in the header, and reads the sample answer', async () => {
    server.reply({ body: sample('wizs/upload-image') });
    const receipt = await account().upload(picture, callOf());
    expect(asked()).toEqual({ method: 'POST', url: '/site/api/v1/upload.php', form: [['image', '1.png', 'image/png']] });
    expect(server.requests[0]?.headers['x-api-key']).toBe('invented-key');
    expect(receipt).toMatchObject({
      remoteId: '10gwv0y',
      url: 'https://pic.us.wizs.vip/uploads/2024/04/10gwv0y.webp',
      thumbUrl: 'https://pic.us.wizs.vip/application/thumb.php?img=/uploads/2024/04/10gwv0y.webp',
      deleteUrl: 'https://pic.us.wizs.vip/application/del.php?hash=...',
      storedName: '10gwv0y.webp',
      width: 1920,
      height: 1080,
      bytes: 102456,
      kind: 'image',
    });
  });
  test('sends a video as file, and reads the sample answer', async () => {
    server.reply({ body: sample('wizs/upload-video') });
    const receipt = await account().upload(sourceOf(bytes, 'video.mp4', { kind: 'video', mime: 'video/mp4' }), callOf());
    expect(asked().form).toEqual([['file', 'video.mp4', 'video/mp4']]);
    expect(receipt).toMatchObject({ kind: 'video', durationSeconds: 125.5, bytes: 5242880, thumbUrl: null, width: null, height: null });
  });
  test('sends the key as token when it is set so', async () => {
    server.reply({ body: sample('wizs/upload-image') });
    await account({ auth: 'token' }).upload(picture, callOf());
    expect(asked().form).toEqual([['token', 'invented-key'], ['image', '1.png', 'image/png']]);
    expect(server.requests[0]?.headers['x-api-key']).toBeUndefined();
  });
  test('asks an EasyImages site its own way', async () => {
    server.reply({ body: sample('wizs/upload-image') });
    await account({ flavour: 'easyimages' }).upload(picture, callOf());
    expect(asked()).toMatchObject({ url: '/site/api/index.php', form: [['token', 'invented-key'], ['image', '1.png', 'image/png']] });
  });
  test('reads the sample error', async () => {
    server.reply({ status: 400, body: sample('wizs/error') });
    expect((await errorOf(account().upload(picture, callOf()))).problem).toMatchObject({ kind: 'bad_request', message: 'notReceived' });
  });
  test('asks for the list as the sample does, and trusts the answer over the question', async () => {
    server.reply({ body: sample('wizs/list') });
    const page = await account().list?.({ page: 1, perPage: 10, orderBy: 'created_at', orderDir: 'DESC' }, callOf());
    expect(asked()).toMatchObject({ method: 'GET', url: '/site/api/v1/list.php?page=1&per_page=10&order_by=created_at&order_dir=DESC' });
    expect(server.requests[0]?.headers['x-api-key']).toBeUndefined();
    expect(page).toMatchObject({
      page: 1,
      perPage: 20,
      total: 100,
      totalPages: 5,
      items: [{ remoteId: '1', name: 'image.png', url: `${server.url}/site/uploads/2024/04/a1b2c3d4e5f6.png`, derived: true, views: 42, hostTimeZoneKnown: false }],
    });
  });
  test('uses the delete link verbatim, and reads the sample answer', async () => {
    server.reply({ body: sample('wizs/delete') });
    const hash = 'bW8vWG4vcG8yM2pLQzRJUGI0dHlTZkN4L2grVmtwUTFhd1A4czJsbHlMST0=';
    const outcome = await account().remove?.({ deleteUrl: `${server.url}/site/application/del.php?hash=${hash}`, imageUrl: null }, callOf());
    expect(outcome?.status).toBe('deleted');
    expect(asked()).toMatchObject({ method: 'GET', url: `/site/application/del.php?hash=${hash}` });
    expect(server.requests[0]?.headers['x-api-key']).toBeUndefined();
  });
  test('takes a document, or its absence, as a sign of a good key', async () => {
    server.reply({ status: 400, body: sample('wizs/error') }, { body: sample('wizs/pull') });
    const found = await account().test(callOf());
    expect(found.canUpload).toBe(true);
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /site/api/v1/upload.php', 'GET /site/api/v1/json/sync.php?file_key=picferry-key-test']);
  });
});
