import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { postForm } from '../../../test/host/raw-http';
import { startTestHost, type TestHost } from '../../../test/host/test-host';
import { startHost } from '../index';

let host: TestHost;
let time = Date.parse('2026-04-28T12:00:00');
beforeAll(async () => {
  host = await startTestHost({ now: () => time, limits: { wizs: 10_000 } });
});
afterAll(() => host.stop());
beforeEach(async () => {
  time = Date.parse('2026-04-28T12:00:00');
  await host.control.reset();
});

type Body = Record<string, unknown>;
type Answer = { readonly status: number; readonly body: Body; readonly text: string };
const at = (name: string, query: Record<string, string> = {}): string => `${host.urls.wizs}/api/v1/json/${name}.php?${new URLSearchParams(query).toString()}`;
const key = (): Record<string, string> => ({ 'x-api-key': host.keys.wizs });
const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Body };
};
const get = async (name: string, query: Record<string, string> = {}, headers = key()): Promise<Answer> => answerOf(await fetch(at(name, query), { headers }));
const post = async (name: string, body: unknown, headers = key()): Promise<Answer> =>
  answerOf(await fetch(at(name), { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) }));
const push = (content: unknown, device = 'A', more: Body = {}): Promise<Answer> => post('sync', { file_key: 'doc', content, device_id: device, ...more });
const head = async (): Promise<unknown> => (await get('sync', { file_key: 'doc' })).body['content'];
const set = (wizs: Parameters<TestHost['control']['set']>[0]['wizs']): void => host.control.set({ wizs });

describe('pushing a document', () => {
  it("answers with the API page's fields and counts versions up", async () => {
    const first = await push({ theme: 'dark' }, 'A', { device_name: '我的手机', message: '更新主题设置' });
    expect(first).toMatchObject({ status: 200, body: { success: true, version: 1, conflict: false, message: 'Version created successfully' } });
    expect(Object.keys(first.body)).toEqual(['success', 'version', 'hash', 'conflict', 'message']);
    expect(first.body['hash']).toMatch(/^[0-9a-f]{64}$/);
    expect((await push({ theme: 'light' })).body).toMatchObject({ version: 2 });
  });
  it('takes a document as an object, as a text that holds JSON, as a form and as a multipart form', async () => {
    const form = (fields: Record<string, string>): Promise<Response> => fetch(at('sync'), { method: 'POST', headers: key(), body: new URLSearchParams(fields) });
    await push({ n: 1 });
    await push('{"n":2}');
    expect(await answerOf(await form({ file_key: 'doc', content: '{"n":3}', device_id: 'A' }))).toMatchObject({ body: { version: 3 } });
    const parts = [['file_key', 'doc'], ['content', '{"n":4}'], ['device_id', 'A'], ['message', 'four']] as const;
    expect(await answerOf(await postForm(at('sync'), parts, key()))).toMatchObject({ body: { version: 4 } });
    const asFile = [['file_key', 'doc'], ['device_id', 'A'], ['content', Buffer.from('{"n":5}'), 'doc.json']] as const;
    expect(await answerOf(await postForm(at('sync'), asFile, key()))).toMatchObject({ body: { version: 5 } });
    expect(host.control.documents.versions('doc').map(({ content }) => content)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}', '{"n":4}', '{"n":5}']);
  });
  it('keeps the spelling of numbers and the order of keys', async () => {
    await post('sync', '{"file_key":"doc","device_id":"A","content":{"b":1.0, "a":9007199254740993,"__proto__":{"x":1e2}}}');
    expect((await get('sync', { file_key: 'doc' })).text).toContain('"content":{"b":1.0, "a":9007199254740993,"__proto__":{"x":1e2}}');
  });
  it('makes no version of what the head holds already, unless told to', async () => {
    const first = await push({ a: 1, b: 2 });
    expect((await push({ b: 2.0, a: 1 })).body).toEqual({ ...first.body, message: 'No changes' });
    expect((await push('{"a":1,"b":9007199254740993}')).body).toMatchObject({ version: 2 });
    expect((await push('{"a":1,"b":9007199254740992}')).body).toMatchObject({ version: 3 });
    set({ dedupe: false });
    expect((await push('{"a":1,"b":9007199254740992}')).body).toMatchObject({ version: 4, message: 'Version created successfully' });
  });
  it.each([
    ['no key', 401, 'Login required or invalid token', () => post('sync', {}, {})],
    ['a wrong key', 401, 'Invalid API key', () => post('sync', {}, { 'x-api-key': 'wrong' })],
    ['another method', 405, 'Method not allowed', async () => answerOf(await fetch(at('sync'), { method: 'PUT', headers: key() }))],
    ['another method without a key', 405, 'Method not allowed', async () => answerOf(await fetch(at('history'), { method: 'POST' }))],
    ['no file_key', 400, 'Missing parameter: file_key', () => post('sync', { content: {}, device_id: 'A' })],
    ['no content', 400, 'Missing parameter: content', () => post('sync', { file_key: 'doc', device_id: 'A' })],
    ['null as content', 400, 'Missing parameter: content', () => push(null)],
    ['no device', 400, 'Missing parameter: device_id', () => post('sync', { file_key: 'doc', content: {} })],
    ['a body that is no JSON', 400, 'Missing parameter: file_key', () => post('sync', '{')],
    ['content that is no JSON', 400, 'Invalid JSON content', () => push('{"a":')],
    ['a file_key beyond 191 characters', 400, 'Invalid parameter: file_key', () => post('sync', { file_key: 'k'.repeat(192), content: {}, device_id: 'A' })],
    ['a device_id beyond 128 characters', 400, 'Invalid parameter: device_id', () => push({}, 'd'.repeat(129))],
    ['more bytes than allowed', 413, 'File too large', () => push({ a: 'é'.repeat(5000) })],
  ])('refuses %s and keeps nothing', async (_what, code, error, call) => {
    expect(await call()).toMatchObject({ status: code, body: { result: 'error', code, error } });
    expect(host.control.documents.versions('doc')).toEqual([]);
  });
});

describe('pulling a document', () => {
  it("answers the latest and the newer versions with the API page's fields", async () => {
    await push({ n: 1 });
    await push({ n: 2 }, 'B', { message: '更新配置' });
    const latest = (await get('sync', { file_key: 'doc' })).body;
    expect(latest).toEqual({ success: true, file_key: 'doc', current_version: 2, content: { n: 2 }, hash: latest['hash'], updated_at: '2026-04-28 12:00:00' });
    const since = (await get('sync', { file_key: 'doc', since_version: '1' })).body;
    expect(since).toEqual({
      success: true,
      file_key: 'doc',
      current_version: 2,
      updates: [{ version: 2, content: { n: 2 }, hash: latest['hash'], device_id: 'B', message: '更新配置', created_at: '2026-04-28 12:00:00' }],
    });
    expect((await get('sync', { file_key: 'doc', since_version: '2' })).body).toMatchObject({ updates: [] });
  });
  it('says of an unknown document that there is none, and refuses odd questions', async () => {
    for (const name of ['sync', 'history']) expect(await get(name, { file_key: 'none' })).toMatchObject({ status: 404, body: { error: 'File not found' } });
    await push({});
    expect((await get('sync', { file_key: 'doc', since_version: '-1' })).status).toBe(400);
    expect((await get('sync')).body).toMatchObject({ error: 'Missing parameter: file_key' });
    expect((await get('pull', { file_key: 'doc' })).body).toMatchObject({ error: 'Missing parameter: version' });
    expect((await get('pull', { file_key: 'doc', version: '2' })).status).toBe(404);
    expect((await get('pull', { file_key: 'doc', version: 'x' })).status).toBe(400);
    expect((await get('conflicts', { resolved: '2' })).status).toBe(400);
    for (const name of ['sync', 'history', 'pull', 'devices', 'conflicts']) expect((await get(name, { file_key: 'doc' }, {})).status).toBe(401);
  });
  it('gives one version with all that is known of it', async () => {
    await push({ n: 1 }, 'A', { message: 'one' });
    await push({ n: 2 });
    const { body } = await get('pull', { file_key: 'doc', version: '1' });
    expect(body).toEqual({
      ...{ success: true, file_key: 'doc', version: 1, current_version: 2, content: { n: 1 }, hash: body['hash'], parent_hash: null },
      ...{ device_id: 'A', message: 'one', created_at: '2026-04-28 12:00:00' },
    });
  });
  it('pages through the history, newest first, each version naming the one before', async () => {
    for (let n = 1; n <= 5; n += 1) await push({ n });
    const page = (await get('history', { file_key: 'doc', page: '2', per_page: '2' })).body;
    const rows = page['history'] as Body[];
    expect(rows.map((row) => row['version'])).toEqual([3, 2]);
    expect(rows[0]?.['parent_hash']).toBe(rows[1]?.['hash']);
    expect(page).toMatchObject({ current_version: 5, pagination: { current_page: 2, per_page: 2, total: 5, total_pages: 3 } });
    expect((await get('history', { file_key: 'doc', page: '9' })).body).toMatchObject({ history: [], pagination: { per_page: 50 } });
    expect((await get('history', { file_key: 'doc', per_page: '1000' })).body).toMatchObject({ pagination: { per_page: 100 } });
  });
  it('lists devices with what they have, all or those of one document', async () => {
    await push({ n: 1 }, 'A', { device_name: 'Laptop' });
    time += 60_000;
    await post('sync', { file_key: 'other', content: {}, device_id: 'B' });
    await push({ n: 2 }, 'A');
    expect((await get('devices', { file_key: 'doc' })).body).toEqual({
      success: true,
      devices: [{ device_id: 'A', device_name: 'Laptop', first_seen_at: '2026-04-28 12:00:00', last_sync_at: '2026-04-28 12:01:00', file_keys: [{ file_key: 'doc', last_version: 2 }] }],
    });
    expect((await get('devices')).body).toMatchObject({ devices: [{ device_id: 'A' }, { device_id: 'B', device_name: '', file_keys: [{ file_key: 'other', last_version: 1 }] }] });
  });
});

describe('two devices on one document', () => {
  const diverge = async (): Promise<Answer> => {
    await push({ a: 1, b: 1, gone: 1 }, 'A');
    await get('sync', { file_key: 'doc', device_id: 'B' });
    await push({ a: 2, b: 1, gone: 1 }, 'A');
    return push({ a: 3, b: 2 }, 'B');
  };
  it("answers a push on an older base with the API page's conflict and what was merged", async () => {
    expect((await diverge()).body).toMatchObject({
      ...{ success: true, version: 3, conflict: true, conflict_type: 'divergence', message: 'Conflict detected and auto-merged' },
      conflict_details: { local_version: 1, remote_version: 2, saved_as_version: 3 },
    });
    expect(await head()).toEqual({ a: 3, b: 2 });
    expect((await get('conflicts')).body).toEqual({
      success: true,
      conflicts: [
        {
          ...{ id: 1, file_key: 'doc', conflict_type: 'divergence', local_version: 1, remote_version: 2, saved_as_version: 3, local_device_id: 'B', remote_device_id: 'A' },
          ...{ resolved: 0, resolution: null, created_at: '2026-04-28 12:00:00', resolved_at: null },
        },
      ],
      total: 1,
    });
  });
  it.each([
    ['push+pull', true, false],
    ['push', true, true],
    ['none', false, false],
  ] as const)('with base tracking %s sees a real conflict: %s, and a false one after a pull: %s', async (baseTracking, real, falseOne) => {
    set({ baseTracking });
    expect((await diverge()).body['conflict']).toBe(real);
    await get('sync', { file_key: 'doc', device_id: 'A' });
    expect((await push({ a: 4, b: 2 }, 'A')).body['conflict']).toBe(falseOne);
    expect(await head()).toEqual({ a: 4, b: 2 });
  });
  it.each([
    ['three-way', { a: 1, list: [2], in: { x: 1, y: 2 } }],
    ['deep', { a: 1, gone: 1, list: [2], in: { x: 1, y: 2 } }],
    ['shallow', { a: 1, gone: 1, list: [2], in: { y: 2 } }],
    ['pushed', { a: 1, list: [2], in: { y: 2 } }],
  ] as const)('merges the %s way', async (autoMerge, expected) => {
    set({ autoMerge });
    await push({ a: 1, gone: 1, list: [1], in: {} }, 'A');
    await get('sync', { file_key: 'doc', device_id: 'B' });
    await push({ a: 1, gone: 1, list: [1], in: { x: 1 } }, 'A');
    await push({ a: 1, list: [2], in: { y: 2 } }, 'B');
    expect(await head()).toEqual(expected);
  });
  it('never rounds a number while it merges', async () => {
    await push('{"a":1}', 'A');
    await push('{"a":1,"n":9007199254740993}', 'B');
    expect(host.control.documents.versions('doc').at(-1)?.content).toBe('{"a":1,"n":9007199254740993}');
  });

  describe('resolving', () => {
    const resolve = (action: string, more: Body = {}): Promise<Answer> => post('conflicts', { id: 1, action, ...more });
    it.each([
      ['resolve_keep_local', 'pushed', { a: 3, b: 2 }, 3],
      ['resolve_keep_remote', 'pushed', { a: 2, b: 1, gone: 1 }, 4],
      ['resolve_keep_local', 'stored', { a: 2, b: 1, gone: 1 }, 4],
      ['resolve_keep_remote', 'stored', { a: 3, b: 2 }, 3],
    ] as const)('%s, with local meaning %s', async (action, localMeans, expected, version) => {
      set({ localMeans });
      await diverge();
      expect((await resolve(action)).body).toMatchObject({ success: true, id: 1, action, version, message: 'Conflict resolved' });
      expect(await head()).toEqual(expected);
      expect((await get('conflicts')).body).toMatchObject({ conflicts: [], total: 0 });
      expect((await get('conflicts', { file_key: 'doc', resolved: '1' })).body).toMatchObject({ conflicts: [{ id: 1, resolved: 1, resolution: action, resolved_at: '2026-04-28 12:00:00' }] });
      expect((await get('conflicts', { file_key: 'other', resolved: '1' })).body).toMatchObject({ total: 0 });
    });
    it('takes a document of its own, always, and tells who made the version', async () => {
      await diverge();
      await push({ more: true }, 'B');
      expect((await resolve('resolve_custom', { content: { a: 9 } })).body).toMatchObject({ version: 5 });
      expect(host.control.documents.versions('doc').at(-1)).toMatchObject({ content: '{"a":9}', deviceId: 'resolver', message: 'Resolved conflict #1: resolve_custom' });
    });
    it('refuses what it does not know, what lacks its document, and what is outdated', async () => {
      await diverge();
      expect(await resolve('resolve_maybe')).toMatchObject({ status: 400, body: { error: 'Invalid action' } });
      expect(await resolve('resolve_custom')).toMatchObject({ status: 400, body: { error: 'Missing parameter: content' } });
      expect(await resolve('resolve_custom', { content: '{' })).toMatchObject({ status: 400, body: { error: 'Invalid JSON content' } });
      expect(await post('conflicts', { action: 'resolve_keep_local' })).toMatchObject({ status: 400, body: { error: 'Missing parameter: id' } });
      expect(await post('conflicts', { id: 7, action: 'resolve_keep_local' })).toMatchObject({ status: 404, body: { error: 'Conflict not found' } });
      await push({ more: true }, 'B');
      expect(await resolve('resolve_keep_local')).toMatchObject({ status: 409, body: { code: 409, error: 'Conflict is outdated', current_version: 4 } });
      expect((await resolve('resolve_custom', { content: {} })).status).toBe(200);
      expect((await resolve('resolve_custom', { content: {} })).status).toBe(404);
    });
  });
});

describe('what other servers of the kind may do', () => {
  it('answers documents as texts', async () => {
    set({ contentOut: 'string' });
    await push({ a: [1] });
    expect(await head()).toBe('{"a":[1]}');
    expect((await get('pull', { file_key: 'doc', version: '1' })).body['content']).toBe('{"a":[1]}');
    expect((await get('sync', { file_key: 'doc', since_version: '0' })).body).toMatchObject({ updates: [{ content: '{"a":[1]}' }] });
  });
  it('stores what PHP makes of a document, and refuses what PHP cannot read', async () => {
    set({ phpRoundTrip: true });
    await push('{"e":{},"l":{"0":"a","1":"b"},"k":{"1":"a"},"f":1.0,"s":"/é","d":1,"d":2}');
    expect(host.control.documents.versions('doc')[0]?.content).toBe('{"e":[],"l":["a","b"],"k":{"1":"a"},"f":1,"s":"\\/\\u00e9","d":2}');
    for (const odd of ['{"n":1e400}', '{"s":"\\ud800"}', `${'['.repeat(600)}${']'.repeat(600)}`]) expect((await push(odd)).status).toBe(400);
  });
  it('spells hashes in other ways', async () => {
    const hashOf = async (style: 'plain' | 'prefixed' | 'raw', content: unknown): Promise<unknown> => {
      set({ hashStyle: style });
      return (await push(content)).body['hash'];
    };
    const plain = await hashOf('plain', '{"a":1}');
    await push({ other: 1 });
    expect(await hashOf('prefixed', '{"a": 1.0}')).toBe(`sha256:${String(plain)}`);
    await push({ other: 2 });
    expect(await hashOf('raw', '{"a": 1.0}')).not.toBe(plain);
  });
  it('counts since_version in, and lists newest first', async () => {
    for (const n of [1, 2, 3]) await push({ n });
    set({ sinceInclusive: true, descending: true });
    const { body } = await get('sync', { file_key: 'doc', since_version: '2' });
    expect((body['updates'] as Body[]).map((row) => row['version'])).toEqual([3, 2]);
  });
  it('answers the latest whichever version is asked for', async () => {
    for (const n of [1, 2]) await push({ n });
    set({ pullIgnoresVersion: true });
    expect((await get('pull', { file_key: 'doc', version: '1' })).body).toMatchObject({ version: 2, content: { n: 2 } });
  });
  it('uses a version number twice', async () => {
    set({ versionReuse: true });
    await push({ n: 1 }, 'A');
    await get('sync', { file_key: 'doc', device_id: 'B' });
    await push({ n: 2 }, 'A');
    expect((await push({ n: 3 }, 'B')).body).toMatchObject({ version: 2, conflict: false });
    expect(host.control.documents.versions('doc').map(({ content }) => content)).toEqual(['{"n":1}', '{"n":3}']);
  });
  it('shows a version late, and cuts messages', async () => {
    set({ historyLag: 2, messageMax: 4 });
    await push({ n: 1 }, 'A', { message: 'a long one' });
    const shown = async (): Promise<unknown> => ((await get('history', { file_key: 'doc' })).body['history'] as Body[]).map((row) => row['message']);
    expect([await shown(), (await get('sync', { file_key: 'doc', since_version: '0' })).body['updates'], await shown()]).toEqual([[], [], ['a lo']]);
    expect(await head()).toEqual({ n: 1 });
  });
  it('commits and then fails, answers a page, or closes without a word', async () => {
    host.control.failNext({ call: 'json-push', status: 500, afterWork: true });
    host.control.failNext({ call: 'json-push', html: true });
    host.control.failNext({ call: 'json-push', cut: true });
    const pushRaw = (n: number): Promise<Response> => fetch(at('sync'), { method: 'POST', headers: { ...key(), 'content-type': 'application/json' }, body: JSON.stringify({ file_key: 'doc', content: { n }, device_id: 'A' }) });
    expect((await pushRaw(1)).status).toBe(500);
    const page = await pushRaw(2);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    await expect(pushRaw(3)).rejects.toThrow();
    expect(host.control.documents.versions('doc').map(({ content }) => content)).toEqual(['{"n":1}', '{"n":3}']);
  });
});

describe('the control calls', () => {
  const control = (name: string, body: unknown): Promise<Response> =>
    fetch(`${host.urls.root}/__control/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  test('play another device, now or in the moment after the next pull', async () => {
    await push({ n: 1 }, 'A');
    expect((await control('push-as', { file_key: 'doc', device_id: 'B', content: { n: 2 } })).status).toBe(200);
    await control('race-next', { file_key: 'doc', device_id: 'B', content: { n: 3 } });
    const pulled = await get('sync', { file_key: 'doc', device_id: 'A' });
    expect(pulled.body).toMatchObject({ current_version: 2 });
    expect((await push({ n: 4 }, 'A')).body).toMatchObject({ conflict: true, conflict_details: { local_version: 2, remote_version: 3, saved_as_version: 4 } });
  });
  test('take versions back, and forget everything', async () => {
    for (const n of [1, 2, 3]) await push({ n });
    await control('rollback', { file_key: 'doc', version: 1 });
    expect((await get('sync', { file_key: 'doc' })).body).toMatchObject({ current_version: 1, content: { n: 1 } });
    expect((await push({ n: 9 })).body).toMatchObject({ version: 2, conflict: false });
    expect((await fetch(`${host.urls.root}/__control/versions?file_key=doc`)).status).toBe(200);
    await control('rollback', { file_key: 'doc', version: 0 });
    expect((await get('sync', { file_key: 'doc' })).status).toBe(404);
    await push({ n: 1 });
    await control('reset', {});
    expect((await get('sync', { file_key: 'doc' })).status).toBe(404);
    expect((await get('devices')).body).toMatchObject({ devices: [] });
  });
});

test('the product speaks it at its root, keeps it over a restart and sets no limit', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'picferry-product-'));
  const start = async (): Promise<Extract<Awaited<ReturnType<typeof startHost>>, { ok: true }>['host']> => {
    const outcome = await startHost({ folder, port: 0, mode: 'product', now: () => time, key: 'product-key', durable: false });
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.host;
  };
  try {
    const first = await start();
    const big = JSON.stringify({ a: 'x'.repeat(60_000) });
    const headers = { 'x-api-key': 'product-key', 'content-type': 'application/json' };
    const pushed = await fetch(`${first.baseUrl}/api/v1/json/sync.php`, { method: 'POST', headers, body: `{"file_key":"doc","device_id":"A","content":${big}}` });
    expect(pushed.status).toBe(200);
    await first.stop();
    const second = await start();
    expect(await (await fetch(`${second.baseUrl}/api/v1/json/sync.php?file_key=doc`, { headers })).json()).toMatchObject({ current_version: 1, content: JSON.parse(big) as unknown });
    expect((await fetch(`${second.baseUrl}/__control/state`)).status).toBe(404);
    await second.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
