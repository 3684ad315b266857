import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestHost, type TestHost } from '../../../../test/host/test-host';
import { errorOf, makeProvider, memoryOf, SHORT_LIMITS, testHttp } from '../../../../test/providers/fixture';
import { formOf, startRecordingServer, type RecordingServer } from '../../../../test/providers/recording-server';
import { createTranslator, problemText } from '../../../shared/i18n/translator';
import type { SettingValue } from '../../../shared/model/provider';
import type { DocumentSync, Memory, SyncPush } from '../contract';
import { wizs } from '.';
import { documentLimit } from './json-sync';

const sample = (name: string): string => readFileSync(join(import.meta.dirname, '../../../../test/fixtures/api/wizs', `${name}.json`), 'utf8');
const http = testHttp({ limits: () => SHORT_LIMITS });
let server: RecordingServer;
let host: TestHost;
beforeAll(async () => {
  server = await startRecordingServer();
  host = await startTestHost({ limits: { wizs: 200_000 } });
});
afterAll(async () => {
  http.close();
  await server.stop();
  await host.stop();
});
beforeEach(async () => {
  server.requests.length = 0;
  await host.control.reset();
});

type Made = { readonly url?: string; readonly key?: string; readonly settings?: Readonly<Record<string, SettingValue>>; readonly memory?: Memory; readonly now?: () => number };
const syncOf = ({ url = `${server.url}/site`, key = 'invented-key', settings = {}, memory = memoryOf(), now = Date.now }: Made = {}): DocumentSync => {
  const { sync } = makeProvider({ definition: wizs, url, secrets: { key }, settings, http, memory, now });
  if (sync === undefined) throw new Error('a WiZs account syncs');
  return sync;
};
const atHost = (made: Made = {}): DocumentSync => syncOf({ url: host.urls.wizs, key: host.keys.wizs, ...made });
const call = { signal: new AbortController().signal };
const pushOf = (text: string, more: Partial<SyncPush> = {}): SyncPush => ({ fileKey: 'user_settings', text, deviceId: 'device_001', deviceName: '我的手机', message: '更新主题设置', ...more });
const reply = (body: unknown, status = 200): void => server.reply({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });
const asked = (): string => `${server.requests.at(-1)?.method} ${server.requests.at(-1)?.url}`;
const sent = (): string => server.requests.at(-1)?.body.toString('utf8') ?? '';

describe('the API page', () => {
  it('is followed in a push, and its answer read', async () => {
    reply(sample('json-push'));
    expect(await syncOf().push(pushOf('{"theme": "dark", "language": "zh-CN"}'), call)).toMatchObject({ version: 3, hash: 'sha256...', conflict: null });
    expect(asked()).toBe('POST /site/api/v1/json/sync.php');
    expect(server.requests[0]?.headers).toMatchObject({ 'x-api-key': 'invented-key', 'content-type': 'application/json' });
    expect(JSON.parse(sent())).toEqual({ file_key: 'user_settings', content: { theme: 'dark', language: 'zh-CN' }, device_id: 'device_001', device_name: '我的手机', message: '更新主题设置' });
  });
  it('has conflicts that are read as something saved', async () => {
    reply(sample('json-push-conflict'));
    expect(await syncOf().push(pushOf('{"a":1}'), call)).toMatchObject({ version: 5, conflict: { localVersion: 3, remoteVersion: 4, savedAsVersion: 5 } });
  });
  it('has samples of the latest, newer versions and the history, all of them read', async () => {
    reply(sample('pull'));
    expect(await syncOf().latest('user_settings', 'device_001', call)).toEqual({ version: 3, hash: 'sha256...', text: '{ "theme": "dark", "language": "zh-CN" }' });
    expect(asked()).toBe('GET /site/api/v1/json/sync.php?file_key=user_settings&device_id=device_001');
    reply(sample('json-since'));
    expect(await syncOf().since('user_settings', 2, 'device_001', call)).toEqual({
      currentVersion: 3,
      updates: [{ version: 3, hash: 'sha256...', parentHash: null, deviceId: 'device_002', message: '更新配置', createdAt: '2024-04-28 12:00:00', text: '{ "theme": "dark" }' }],
    });
    expect(asked()).toBe('GET /site/api/v1/json/sync.php?file_key=user_settings&since_version=2&device_id=device_001');
    reply(sample('json-history'));
    expect(await syncOf().history('user_settings', 1, 50, call)).toMatchObject({
      ...{ currentVersion: 3, page: 1, perPage: 50, total: 3, totalPages: 1 },
      versions: [{ version: 3, parentHash: 'sha256...', deviceId: 'device_001', message: '更新主题' }, { version: 2, deviceId: 'device_002', message: '' }],
    });
    expect(asked()).toBe('GET /site/api/v1/json/history.php?file_key=user_settings&page=1&per_page=50');
  });
  it.each([
    ['keep_local', null, { id: 1, action: 'resolve_keep_local' }],
    ['keep_remote', null, { id: 1, action: 'resolve_keep_remote' }],
    ['custom', '{"theme": "light", "language": "en-US"}', { id: 1, action: 'resolve_custom', content: { theme: 'light', language: 'en-US' } }],
  ] as const)('names the action %s', async (action, text, body) => {
    reply({ success: true });
    expect(await syncOf().resolve(1, action, text, call)).toEqual({ version: null, hash: null });
    expect([asked(), JSON.parse(sent())]).toEqual(['POST /site/api/v1/json/conflicts.php', body]);
  });
  it('asks for conflicts by document and state, and for devices', async () => {
    reply({ success: true, conflicts: [] });
    await syncOf().conflicts('a b', true, call);
    expect(asked()).toBe('GET /site/api/v1/json/conflicts.php?file_key=a+b&resolved=1');
    await syncOf().conflicts(null, false, call);
    expect(asked()).toBe('GET /site/api/v1/json/conflicts.php?resolved=0');
    reply({ success: true, devices: [] });
    await syncOf().devices(null, call);
    expect(asked()).toBe('GET /site/api/v1/json/devices.php');
  });
});

describe('what the API page leaves open', () => {
  it.each([
    ['G2 404', { result: 'error', code: 404, error: 'File not found' }, 404],
    ['G2 version 0', { success: true, current_version: 0, content: null }, 200],
    ['G2 version null', { success: true, current_version: null, content: null }, 200],
    ['G2 nothing at all', { success: true, file_key: 'k' }, 200],
  ])('%s: no document yet', async (_gap, body, status) => {
    reply(body, status);
    expect(await syncOf().latest('k', 'd', call)).toBeNull();
  });
  it.each([1, 7, '3'])('G3 takes %s as the first version', async (version) => {
    reply({ success: true, version, conflict: '0' });
    expect(await syncOf().push(pushOf('{"a":1}'), call)).toMatchObject({ version: Number(version), hash: null, conflict: null });
  });
  it.each([
    ['{"a":1}', '{"a":1}'],
    [' {"a": [1, {"b":"c"}]}\n', '{"a": [1, {"b":"c"}]}'],
    ['\ufeff{"a":1}\r\n', '{"a":1}'],
    ['[1]', JSON.stringify('[1]')],
    ['{"a":{}}', JSON.stringify('{"a":{}}')],
    ['{"0":1,"1":2}', JSON.stringify('{"0":1,"1":2}')],
    ['{"a":9007199254740993}', JSON.stringify('{"a":9007199254740993}')],
    ['{"a":"\\ud800"}', JSON.stringify('{"a":"\\ud800"}')],
  ])('G5, G6 sends %s as an object only if that changes nothing', async (text, content) => {
    reply({ success: true, version: 1 });
    await syncOf().push(pushOf(text), call);
    expect(sent()).toContain(`,"content":${content}}`);
  });
  it.each([
    ['{"success":true,"current_version":2,"content":{"n":9007199254740993, "f":1.0}}', '{"n":9007199254740993, "f":1.0}'],
    ['{"success":true,"current_version":"2","content":"{\\"n\\":9007199254740993}"}', '{"n":9007199254740993}'],
    ['{"success":true,"data":{"current_version":2,"content":[]}}', '[]'],
    ['\ufeff{"success":1,"version":2,"content":"no JSON"}', '"no JSON"'],
  ])('G5 reads the document in %s', async (answer, text) => {
    reply(answer);
    const found = syncOf().latest('k', 'd', call);
    if (answer.includes('"success":1')) expect((await errorOf(found)).problem.kind).toBe('protocol');
    else expect(await found).toMatchObject({ version: 2, text });
  });
  it('G8 sorts updates, drops what was asked for, keeps each once, and takes the latest for updates', async () => {
    const update = (version: number): unknown => ({ version, content: { version }, hash: 'h' });
    reply({ success: true, current_version: 5, updates: [update(5), update(4), update(5), update(3), { version: 6 }, 'odd'] });
    const found = await syncOf().since('k', 3, 'd', call);
    expect(found?.updates.map(({ version, text }) => [version, text])).toEqual([[4, '{"version":4}'], [5, '{"version":5}'], [6, null]]);
    expect(found?.currentVersion).toBe(6);
    reply({ success: true, current_version: 5, content: { n: 1 } });
    expect(await syncOf().since('k', 3, 'd', call)).toMatchObject({ currentVersion: 5, updates: [{ version: 5, text: '{"n":1}' }] });
    expect(await syncOf().since('k', 5, 'd', call)).toEqual({ currentVersion: 5, updates: [] });
  });
  it('G9 takes one version from wherever it is, and from the updates when the page gives another', async () => {
    reply({ success: true, data: { version: 2, content: { n: 2 } } });
    expect(await syncOf().version('k', 2, null, call)).toMatchObject({ version: 2, hash: null, deviceId: null, text: '{"n":2}' });
    expect(asked()).toBe('GET /site/api/v1/json/pull.php?file_key=k&version=2');
    reply({ success: true, content: { n: 2 }, hash: 'two' });
    expect(await syncOf().version('k', 2, 'two', call)).toMatchObject({ hash: 'two', text: '{"n":2}' });
    for (const odd of [{ body: { success: true, version: 9, content: {} } }, { status: 404, body: { result: 'error', code: 404 } }, { status: 404, body: '<h1>404</h1>' }]) {
      const updates = { success: true, current_version: 9, updates: [{ version: 2, content: { n: 2 } }, { version: 9, content: {} }] };
      server.reply({ status: odd.status ?? 200, body: typeof odd.body === 'string' ? odd.body : JSON.stringify(odd.body) }, { body: JSON.stringify(updates) });
      expect(await syncOf().version('k', 2, null, call)).toMatchObject({ text: '{"n":2}' });
      expect(asked()).toBe('GET /site/api/v1/json/sync.php?file_key=k&since_version=1');
    }
    expect(await syncOf().version('k', 3, null, call)).toBeNull();
  });
  it('G10 finds devices in any likely shape, and otherwise in the history', async () => {
    const one = [{ deviceId: 'd1', name: 'Laptop', lastSyncAt: 'then', versions: [] }];
    for (const body of [{ success: true, data: [{ id: 'd1', name: 'Laptop', last_seen: 'then' }] }, [{ device_id: 'd1', device_name: 'Laptop', last_synced_at: 'then' }]]) {
      reply(body);
      expect(await syncOf().devices('k', call)).toEqual({ source: 'host', devices: one });
    }
    for (const odd of [{ status: 404, body: 'no such page' }, { status: 405, body: '{"result":"error","code":405,"error":"Method not allowed"}' }, { body: '<html></html>' }, { body: '{"success":true,"count":2}' }]) {
      server.reply(odd, { body: sample('json-history') });
      expect(await syncOf().devices('k', call)).toMatchObject({ source: 'history', devices: [{ deviceId: 'device_001' }, { deviceId: 'device_002' }] });
    }
  });
  it('G11 finds conflicts in any likely shape', async () => {
    const expected = { id: 4, fileKey: 'k', localVersion: 1, remoteVersion: 2, savedAsVersion: 3, localText: '{"n":1.0}', remoteText: '{"n":2}', resolved: false };
    for (const name of ['conflicts', 'data', 'items']) {
      reply(`{"success":true,"${name}":[{"id":"4","file_key":"k","conflict_details":{"local_version":1,"remote_version":"2","saved_as_version":3},"local_content":{"n":1.0},"remote_content":"{\\"n\\":2}"},{"no":"id"}]}`);
      expect(await syncOf().conflicts('k', false, call)).toEqual([expect.objectContaining(expected)]);
    }
    reply({ success: true, conflicts: [{ id: 5 }] });
    expect(await syncOf().conflicts('k', true, call)).toMatchObject([{ id: 5, localVersion: null, savedAsVersion: null, localText: null, resolved: true }]);
  });
  it('G15, G16 tells an outdated conflict and one that is gone from other refusals', async () => {
    reply({ result: 'error', code: 409, error: 'Conflict is outdated', current_version: 9 }, 409);
    expect((await errorOf(syncOf().resolve(1, 'keep_local', null, call))).problem).toMatchObject({ kind: 'conflict', sub: 'outdated', message: 'syncOutdated' });
    reply({ result: 'error', code: 404, error: 'Conflict not found' }, 404);
    expect((await errorOf(syncOf().resolve(1, 'keep_local', null, call))).problem).toMatchObject({ kind: 'not_found', message: 'syncConflictGone' });
  });
  it('G19, G20 sorts the history, caps the page and lives without parents and paging', async () => {
    reply({ success: true, history: [{ version: 1, parent_hash: '' }, { version: '3', parent_hash: null }, { nothing: true }, { version: 2 }] });
    expect(await syncOf().history('k', 1, 500, call)).toMatchObject({ currentVersion: 3, perPage: 100, totalPages: 2, versions: [{ version: 3, parentHash: null }, { version: 2 }, { version: 1, parentHash: null }] });
    expect(asked()).toContain('per_page=100');
    reply({ success: true, history: [] });
    expect(await syncOf().history('k', 2, 50, call)).toMatchObject({ versions: [], totalPages: 2 });
  });
  it('G24 escapes any document key, and never uses a form (G25)', async () => {
    reply({ success: true, version: 1 });
    await syncOf().push(pushOf('{"a":1}', { fileKey: 'ä b/"?&' }), call);
    expect(JSON.parse(sent())).toMatchObject({ file_key: 'ä b/"?&' });
    expect(() => formOf(server.requests[0] as never)).toThrow();
    reply({ success: true, updates: [] });
    await syncOf().latest('ä b/"?&', 'd', call).catch(() => undefined);
    expect(new URL(`http://h${server.requests.at(-1)?.url ?? ''}`).searchParams.get('file_key')).toBe('ä b/"?&');
  });
});

describe('what is said, and when', () => {
  const sentences = (problem: Parameters<typeof problemText>[1]): readonly string[] => (['en', 'zh-CN'] as const).map((language) => problemText(createTranslator(language), { ...problem, params: { host: 'WiZs', ...problem.params } }));
  it('refuses what is over the limit before sending a byte', async () => {
    const { problem, outcomeUnknown } = await errorOf(syncOf({ settings: { maxBytes: 1_048_576 } }).push(pushOf(JSON.stringify({ a: 'é'.repeat(600_000) })), call));
    expect([problem.kind, problem.sub, problem.message, problem.params, outcomeUnknown]).toEqual(['rejected_file', 'tooBig', 'syncTooBig', { size: '1.2 MB', limit: '1 MB' }, false]);
    expect(server.requests).toEqual([]);
    expect(sentences(problem)).toEqual(['The document has 1.2 MB; WiZs takes 1 MB. Split it into smaller documents; your file stays as it is.', '文档有 1.2 MB，WiZs 最多接受 1 MB。请拆分成较小的文档；你的文件保持不变。']);
    const limitOf = (url: string): number | null => documentLimit({ url, settings: { maxBytes: null }, secrets: {} });
    expect([limitOf('https://pic.us.wizs.vip'), limitOf('http://127.0.0.1:21000')]).toEqual([52_428_800, null]);
  });
  it("remembers the host's real limit once met, for a day and until a person asks", async () => {
    let time = Date.UTC(2026, 0, 1);
    const sync = atHost({ now: () => time });
    const big = JSON.stringify({ a: 'x'.repeat(2_500_000) });
    expect((await errorOf(sync.push(pushOf(big), call))).problem).toMatchObject({ kind: 'rejected_file', sub: 'tooBig', message: 'syncRefusedSize' });
    const asked = host.control.requests().length;
    const { problem } = await errorOf(sync.push(pushOf(big), call));
    expect(problem).toMatchObject({ sub: 'tooBig', message: 'syncTooBigBefore', params: { size: '2.4 MB', refused: '2.4 MB' } });
    expect(sentences(problem)[0]).toContain('The document has 2.4 MB, and WiZs refused one of 2.4 MB because of its size.');
    expect(host.control.requests()).toHaveLength(asked);
    expect(await sync.push(pushOf('{"a":1}'), call)).toMatchObject({ version: 1 });
    expect((await errorOf(sync.push(pushOf(big), { ...call, byHand: true }))).problem.message).toBe('syncRefusedSize');
    time += 25 * 60 * 60 * 1000;
    expect((await errorOf(sync.push(pushOf(big), call))).problem.message).toBe('syncRefusedSize');
  });
  it('forgets a limit that a larger document went over', async () => {
    const sync = syncOf();
    const big = (mb: number): SyncPush => pushOf(JSON.stringify({ a: 'x'.repeat(mb * 1_048_576) }));
    reply({ result: 'error', code: 413 }, 413);
    await errorOf(sync.push(big(2), call));
    reply(sample('json-push'));
    await sync.push(big(3), { ...call, byHand: true });
    reply(sample('json-push'));
    expect(await sync.push(big(2), call)).toMatchObject({ version: 3 });
  });
  it('takes the refusal of a document that is too small to be refused for no limit', async () => {
    const sync = syncOf();
    reply({ result: 'error', code: 413 }, 413);
    const { problem } = await errorOf(sync.push(pushOf('{"a": "small"}'), call));
    expect([problem.kind, problem.message, problem.params, problem.retryable]).toMatchObject(['rejected_file', 'syncRefusedSmall', { size: '14 B' }, true]);
    reply(sample('json-push'));
    expect(await sync.push(pushOf('{"a": "small"}'), call)).toMatchObject({ version: 3 });
  });
  it.each([
    ['a page instead of JSON', { html: true }, 'protocol', true, 'syncUnknown'],
    ['half of an answer', { cutJson: true }, 'protocol', true, 'syncUnknown'],
    ['a connection closed after the work', { cut: true }, 'network', true, 'syncUnknown'],
    ['silence', { hang: true }, 'network', true, 'syncUnknown'],
    ["a proxy's word", { status: 502 }, 'server', true, 'syncUnknown'],
    ['success without a version', { json: { success: true } }, 'protocol', true, 'syncUnknown'],
    ['a server error of its own', { status: 500, json: { result: 'error', code: 500, error: 'Upload failed' } }, 'server', false, 'syncServer'],
    ['too many requests', { status: 429, retryAfter: 7 }, 'rate_limit', false, 'syncRate'],
    ['a refusal', { status: 400, json: { result: 'error', code: 400, error: 'Invalid JSON content' } }, 'rejected_file', false, 'syncRefused'],
    ['a key that is not accepted', { status: 401, json: { result: 'error', code: 401, error: 'Invalid API key' } }, 'auth', false, 'authBad'],
    ['a refusal with HTTP 200', { json: { success: false, message: 'no' } }, 'rejected_file', false, 'syncRefused'],
  ] as const)('a push answered by %s', async (_what, fault, kind, outcomeUnknown, message) => {
    host.control.failNext({ call: 'json-push', ...fault });
    const error = await errorOf(atHost().push(pushOf('{"a":1}'), call));
    expect([error.problem.kind, error.outcomeUnknown, error.problem.message]).toEqual([kind, outcomeUnknown, message]);
    for (const sentence of sentences(error.problem)) expect(sentence).not.toMatch(/\{\{|file was sent|文件已发出/);
  });
  it('says that a key is missing, that an address has no sync, and that a plain EasyImages site has none', async () => {
    expect((await errorOf(syncOf({ key: '' }).latest('k', 'd', call))).problem).toMatchObject({ kind: 'auth', sub: 'missing' });
    reply('<h1>404 Not Found</h1>', 404);
    const { problem } = await errorOf(syncOf().latest('k', 'd', call));
    expect([problem.kind, problem.sub, ...sentences(problem)]).toEqual(['bad_request', 'noSync', 'WiZs has no JSON sync at this address. Choose this computer or a WiZs account (on the command line: --account NAME), or check the address of the account.', 'WiZs 在此地址没有 JSON 同步。请选择本机或 WiZs 账号（命令行：--account NAME），或核对账号的地址。']);
    expect(makeProvider({ definition: wizs, url: server.url, settings: { flavour: 'easyimages' }, secrets: { key: 'k' }, http }).sync).toBeUndefined();
  });
  it('says what to do next where the host cannot be understood or reached', async () => {
    reply('<html>Welcome</html>');
    const page = await errorOf(syncOf().latest('k', 'd', call));
    const away = await errorOf(syncOf({ url: 'http://127.0.0.1:9' }).latest('k', 'd', call));
    expect([page, away].map(({ problem }) => sentences(problem)[0])).toEqual([expect.stringContaining('Check the address of the account in Settings, or try again later'), expect.stringContaining('Check the network and the address of the account in Settings')]);
  });
  it('lets a pull that got a page be tried again: nothing was changed', async () => {
    host.control.failNext({ call: 'json-pull', html: true });
    expect(await errorOf(atHost().latest('k', 'd', call))).toMatchObject({ outcomeUnknown: false, problem: { kind: 'protocol' } });
  });
});

describe('at the embedded host', () => {
  const switches = [{}, { contentOut: 'string' }, { hashStyle: 'prefixed' }, { sinceInclusive: true, descending: true }, { pullIgnoresVersion: true }, { baseTracking: 'push' }, { phpRoundTrip: true }] as const;
  test.each(switches)('every call gives the same with %o', async (wizsSwitches) => {
    host.control.set({ wizs: wizsSwitches });
    const sync = atHost();
    const key = 'user_settings';
    const texts = ['{"n":1,"l":[1]}', '{"n":2,"l":[1]}', '{"n":3,"l":[1]}'];
    for (const text of texts) await sync.push(pushOf(text), call);
    expect((await sync.latest(key, 'device_001', call))?.text).toBe(texts[2]);
    expect((await sync.since(key, 1, 'device_001', call))?.updates.map(({ version, text }) => [version, text])).toEqual([[2, texts[1]], [3, texts[2]]]);
    expect((await sync.version(key, 1, null, call))?.text).toBe(texts[0]);
    expect((await sync.history(key, 1, 2, call))?.versions.map(({ version }) => version)).toEqual([3, 2]);
    expect(await sync.history(key, 2, 2, call)).toMatchObject({ versions: [{ version: 1, parentHash: null, message: '更新主题设置' }], totalPages: 2, total: 3 });
    expect(await sync.devices(key, call)).toMatchObject({ source: 'host', devices: [{ deviceId: 'device_001', name: '我的手机', versions: [{ fileKey: key, version: 3 }] }] });
    expect([await sync.latest('none', 'd', call), await sync.since('none', 0, 'd', call), await sync.history('none', 1, 50, call), await sync.version('none', 1, null, call)]).toEqual([null, null, null, null]);
  });

  const diverge = async (sync: DocumentSync): Promise<number> => {
    await sync.push(pushOf('{"a":1}', { deviceId: 'A' }), call);
    await sync.latest('user_settings', 'B', call);
    await sync.push(pushOf('{"a":"of A"}', { deviceId: 'A' }), call);
    const receipt = await sync.push(pushOf('{"a":"of B"}', { deviceId: 'B' }), call);
    expect(receipt.conflict).toEqual({ localVersion: 1, remoteVersion: 2, savedAsVersion: 3 });
    const [open] = await sync.conflicts('user_settings', false, call);
    expect(open).toMatchObject({ fileKey: 'user_settings', localDeviceId: 'B', remoteDeviceId: 'A', resolved: false });
    return open?.id ?? 0;
  };
  test.each([
    ['keep_local', null, 'pushed', '{"a":"of B"}'],
    ['keep_remote', null, 'pushed', '{"a":"of A"}'],
    ['keep_local', null, 'stored', '{"a":"of A"}'],
    ['keep_remote', null, 'stored', '{"a":"of B"}'],
    ['custom', '{"a":"both","e":{}}', 'pushed', '{"a":"both","e":{}}'],
    ['custom', '{"a":"both","e":{}}', 'stored', '{"a":"both","e":{}}'],
  ] as const)('%s %s, where local means what was %s: the result is pulled and is what that server makes of it', async (action, text, localMeans, expected) => {
    host.control.set({ wizs: { localMeans } });
    const sync = atHost();
    const id = await diverge(sync);
    await sync.resolve(id, action, text, call);
    expect((await sync.latest('user_settings', 'C', call))?.text).toBe(expected);
    expect(await sync.conflicts('user_settings', false, call)).toEqual([]);
    expect(await sync.conflicts('user_settings', true, call)).toMatchObject([{ id, resolved: true, resolution: `resolve_${action}` }]);
    expect((await errorOf(sync.resolve(id, action, text, call))).problem).toMatchObject({ kind: 'not_found', message: 'syncConflictGone' });
  });
  test('an outdated conflict takes explicit content only', async () => {
    const sync = atHost();
    const id = await diverge(sync);
    await sync.push(pushOf('{"a":"newer"}', { deviceId: 'B' }), call);
    expect((await errorOf(sync.resolve(id, 'keep_local', null, call))).problem.sub).toBe('outdated');
    expect(await sync.resolve(id, 'custom', '{"a":"said"}', call)).toMatchObject({ version: 5 });
  });
});
