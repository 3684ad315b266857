import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { png, pngOfBytes } from '../../test/host/pictures';
import { postForm } from '../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../test/host/test-host';

let test: TestHost;
beforeAll(async () => {
  test = await startTestHost();
});
afterAll(() => test.stop());
beforeEach(() => test.control.reset());

const upload = (bytes = png()): Promise<Response> =>
  postForm(`${test.urls.wizs}/api/v1/upload.php`, [['image', bytes, 'a.png']], { 'x-api-key': test.keys.wizs });
const stored = async (): Promise<number> => (await test.control.files()).length;

describe('faults', () => {
  it('hit as many calls as asked, of the dialect and call named', async () => {
    test.control.failNext({ dialect: 'wizs', call: 'upload', status: 503, times: 2 });
    expect((await fetch(`${test.urls.wizs}/api/v1/list.php`)).status).toBe(200);
    expect((await fetch(`${test.urls.smms}/api/list`)).status).toBe(200);
    expect([(await upload()).status, (await upload()).status, (await upload()).status]).toEqual([503, 503, 200]);
    expect(await stored()).toBe(1);
  });

  it('answer with the status, retry time, JSON, page, emptiness or redirect asked for, and do no work', async () => {
    const { control } = test;
    control.failNext({ call: 'upload', retryAfter: 7 });
    const limited = await upload();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    control.failNext({ call: 'upload', json: { url: 5 } });
    expect(await (await upload()).json()).toEqual({ url: 5 });
    control.failNext({ call: 'upload', html: '<p>check</p>', status: 403 });
    const page = await upload();
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([403, 'text/html; charset=utf-8', '<p>check</p>']);
    control.failNext({ call: 'upload', empty: true });
    const empty = await upload();
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    control.failNext({ call: 'upload', redirectTo: 'http://127.0.0.1:9/' });
    const redirect = await upload();
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/']);
    expect(await stored()).toBe(0);
  });

  it('cut the connection after the work, cut the JSON, or send it as a page', async () => {
    test.control.failNext({ call: 'upload', cut: true });
    await expect(upload()).rejects.toThrow();
    expect(await stored()).toBe(1);
    test.control.failNext({ call: 'upload', cutJson: true });
    const cut = await upload();
    expect(cut.status).toBe(200);
    await expect(cut.json()).rejects.toThrow();
    test.control.failNext({ call: 'upload', wrongType: true });
    const wrong = await upload();
    expect(wrong.headers.get('content-type')).toContain('text/html');
    expect(await wrong.json()).toMatchObject({ result: 'success' });
    expect(await stored()).toBe(3);
  });

  it('do the work first when asked to', async () => {
    test.control.failNext({ call: 'upload', status: 502, afterWork: true });
    expect((await upload()).status).toBe(502);
    expect(await stored()).toBe(1);
  });

  it('reset the connection in the middle of the body', async () => {
    test.control.failNext({ call: 'upload', resetAfterBytes: 100_000 });
    await expect(upload(pngOfBytes(3_000_000))).rejects.toThrow();
    expect(await stored()).toBe(0);
    expect(test.control.requests().at(-1)).toMatchObject({ state: 'closed', status: null });
  });

  it.each([{ hang: true }, { stall: true }])('leave the client waiting until it goes (%o)', async (fault) => {
    test.control.failNext({ call: 'upload', ...fault });
    const abort = new AbortController();
    const waiting = fetch(`${test.urls.wizs}/api/v1/upload.php`, { method: 'POST', body: 'x', signal: abort.signal });
    await vi.waitFor(() => expect(test.control.requests().at(-1)).toMatchObject({ call: 'upload', state: 'open' }));
    abort.abort();
    await expect(waiting).rejects.toThrow();
    await vi.waitFor(() => expect(test.control.requests().at(-1)).toMatchObject({ state: 'closed' }));
  });

  it('answer early, before the body is read', async () => {
    test.control.failNext({ call: 'upload', status: 413, early: true });
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-length': '1000000', 'content-type': 'multipart/form-data; boundary=b' };
      const sent = request({ port: test.port, host: '127.0.0.1', method: 'POST', path: '/wizs/api/v1/upload.php', headers });
      sent.once('response', (answer) => {
        resolve(answer.statusCode);
        sent.destroy();
      });
      sent.once('error', reject);
      sent.write('--b');
    });
    expect(status).toBe(413);
  });

  it('delay an answer and then go on as usual', async () => {
    test.control.failNext({ call: 'upload', delayMs: 60 });
    const begun = performance.now();
    expect((await upload()).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
  });
});

describe('what the host saw', () => {
  it('tells stored bytes by digest, and deleted files', async () => {
    const picture = png();
    const { del } = (await (await upload(picture)).json()) as { del: string };
    const sha256 = createHash('sha256').update(picture).digest('hex');
    expect(await test.control.files('wizs')).toMatchObject([{ name: 'a.png', bytes: picture.length, sha256, deleted: false }]);
    expect(await test.control.files('smms')).toEqual([]);
    await fetch(del);
    expect(await test.control.files()).toMatchObject([{ name: 'a.png', sha256: null, deleted: true }]);
  });

  it('names headers and fields of each request, never their values', async () => {
    const picture = pngOfBytes(50_000);
    await upload(picture);
    const [seen] = test.control.requests();
    expect(seen).toMatchObject({ dialect: 'wizs', call: 'upload', method: 'POST', path: '/wizs/api/v1/upload.php', status: 200, state: 'answered' });
    expect(seen?.headerNames).toContain('x-api-key');
    expect(seen?.bytesReceived).toBeGreaterThan(picture.length);
    expect(JSON.stringify(test.control.requests())).not.toContain(test.keys.wizs);
  });

  it('counts the bytes of a slow upload while they come', async () => {
    test.control.set({ wizs: { throttleBytesPerSecond: 400_000 } });
    const sending = upload(pngOfBytes(200_000));
    await vi.waitFor(() => {
      const seen = test.control.requests().at(-1);
      expect(seen?.state).toBe('open');
      expect(seen?.bytesReceived).toBeGreaterThan(0);
    }, { interval: 5 });
    expect((await sending).status).toBe(200);
    expect(await test.control.files()).toMatchObject([{ bytes: 200_000 }]);
  });

  it('leaves nothing of an upload that the client breaks off', async () => {
    const headers = { 'x-api-key': test.keys.wizs, 'content-type': 'multipart/form-data; boundary=b', 'content-length': '5000000' };
    const sent = request({ port: test.port, host: '127.0.0.1', method: 'POST', path: '/wizs/api/v1/upload.php', headers });
    const failed = new Promise((resolve) => sent.once('error', resolve));
    sent.write('--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n');
    sent.write(Buffer.alloc(2_000_000));
    await vi.waitFor(() => expect(test.control.requests().at(-1)?.bytesReceived).toBeGreaterThan(1_000_000));
    sent.destroy();
    await failed;
    await vi.waitFor(() => expect(test.control.requests().at(-1)).toMatchObject({ state: 'closed' }));
    const { readdir } = await import('node:fs/promises');
    await vi.waitFor(async () => expect(await readdir(`${test.folder}/files`)).toEqual([]));
  });

  it('waits before answering when told to', async () => {
    test.control.set({ wizs: { answerAfterMs: 60 } });
    const begun = performance.now();
    await upload();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(59);
  });

  it('counts open connections', async () => {
    const sent = request({ port: test.port, host: '127.0.0.1', method: 'POST', path: '/wizs/api/v1/upload.php' });
    const before = test.control.openConnections();
    sent.once('error', () => undefined);
    sent.write('x');
    await vi.waitFor(() => expect(test.control.openConnections()).toBe(before + 1));
    sent.destroy();
    await vi.waitFor(() => expect(test.control.openConnections()).toBe(before));
  });
});

describe('the control calls over HTTP', () => {
  const post = (name: string, body: unknown): Promise<Response> =>
    fetch(`${test.urls.root}/__control/${name}`, { method: 'POST', body: JSON.stringify(body) });

  it('do what the handle does', async () => {
    expect((await post('fail', { call: 'upload', status: 500 })).status).toBe(200);
    expect((await upload()).status).toBe(500);
    expect((await post('switches', { wizs: { keepType: false } })).status).toBe(200);
    expect(((await (await upload()).json()) as { url: string }).url).toMatch(/webp$/);
    expect((await post('strangers', { count: 1 })).status).toBe(200);
    expect(await (await fetch(`${test.urls.root}/__control/files?dialect=smms`)).json()).toMatchObject([{ owner: 'stranger' }]);
    expect(await (await fetch(`${test.urls.root}/__control/state`)).json()).toMatchObject({ switches: { wizs: { keepType: false } } });
    expect((await post('reset', {})).status).toBe(200);
    expect(await stored()).toBe(0);
  });

  it('refuse what they do not know', async () => {
    expect((await post('fail', { call: 'nonsense' })).status).toBe(400);
    expect((await post('switches', { wizs: { unknown: 1 } })).status).toBe(400);
  });
});
