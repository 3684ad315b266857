import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Dialect, FaultInput, HostKeys } from '../../src/host';
import type { Provider, ProviderDefinition, UploadSource } from '../../src/main/providers/contract';
import type { ClosableHttp } from '../../src/main/providers/http';
import type { SettingValue } from '../../src/shared/model/provider';
import { startFaultProxy, type FaultProxy } from '../fault-proxy/fault-proxy';
import { png, pngOfBytes } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { callOf, errorOf, makeProvider, sha256, SHORT_LIMITS, sourceOf, testHttp, until } from './fixture';

export type ProviderCase = {
  readonly definition: ProviderDefinition;
  /** Which of the embedded host's dialects serves it. */
  readonly dialect: Dialect;
  /** What sets this case apart from another one of the same dialect, for the title. */
  readonly as?: string;
  readonly settings?: (keys: HostKeys) => Readonly<Record<string, SettingValue>>;
  readonly secrets: (keys: HostKeys) => Readonly<Record<string, string>>;
  /** Secrets that the host refuses; absent where there are none. */
  readonly wrongSecrets?: Readonly<Record<string, string>>;
  /** Prepares the host before every test, e.g. with its switches. */
  readonly prepare?: (host: TestHost) => void;
  /** Promises that this provider cannot keep, with the reason. One that holds after all fails the test. */
  readonly knownGaps: readonly { readonly promise: string; readonly reason: string }[];
};

type Ctx = {
  readonly host: TestHost;
  readonly proxy: FaultProxy;
  readonly http: ClosableHttp;
  readonly secrets: Readonly<Record<string, string>>;
  /** A client that speaks to the host, or to another port in its place. */
  readonly client: (change?: { readonly port?: number; readonly secrets?: Readonly<Record<string, string>>; readonly path?: string }) => Provider;
  readonly fail: (fault: FaultInput) => void;
};

const BIG = 8 * 1024 * 1024;

/** The one suite that every provider passes. */
export const describeProvider = (subject: ProviderCase): void => {
  const { definition, dialect } = subject;
  const sizeOfBig = dialect === 'imgurl' || dialect === 'smms' ? 4 * 1024 * 1024 : BIG;

  describe(`${definition.id} speaking ${dialect}${subject.as === undefined ? '' : ` (${subject.as})`}`, () => {
    let host: TestHost;
    let proxy: FaultProxy;
    let http: ClosableHttp;
    let elsewhere: Server;
    let strayRequests = 0;

    beforeAll(async () => {
      host = await startTestHost();
      proxy = await startFaultProxy(host.port);
      elsewhere = createServer((_request, response) => {
        strayRequests += 1;
        response.end('{}');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    });
    afterAll(async () => {
      await proxy.stop();
      await host.stop();
      elsewhere.closeAllConnections();
      await new Promise((resolve) => elsewhere.close(resolve));
    });
    beforeEach(async () => {
      await host.control.reset();
      subject.prepare?.(host);
      proxy.plan({});
      strayRequests = 0;
      http = testHttp({ limits: () => SHORT_LIMITS });
    });
    afterEach(() => http.close());

    const context = (): Ctx => ({
      host,
      proxy,
      http,
      secrets: subject.secrets(host.keys),
      client: ({ port = host.port, secrets = subject.secrets(host.keys), path = dialect } = {}) =>
        makeProvider({ definition, url: `http://127.0.0.1:${port}/${path}`, settings: subject.settings?.(host.keys) ?? {}, secrets, http }),
      fail: (fault) => host.control.failNext({ dialect, call: 'upload', ...fault }),
    });

    const promise = (title: string, check: (ctx: Ctx) => Promise<void>): void => {
      const gap = subject.knownGaps.find((known) => known.promise === title);
      if (gap === undefined) test(title, () => check(context()));
      else test(`${title} (known gap: ${gap.reason})`, () => expect(check(context())).rejects.toThrow());
    };
    const uploads = (): number => host.control.requests().filter(({ call }) => call === 'upload').length;
    const failsAs = async (ctx: Ctx, expected: { readonly kind: string; readonly outcomeUnknown: boolean }, source: UploadSource = sourceOf(png())): Promise<void> => {
      const error = await errorOf(ctx.client().upload(source, callOf()));
      expect({ kind: error.problem.kind, outcomeUnknown: error.outcomeUnknown }).toEqual(expected);
      const told = JSON.stringify({ ...error.problem, text: error.message, stack: error.stack });
      for (const secret of Object.values(ctx.secrets)) expect(told).not.toContain(secret);
      expect(error.problem.detail ?? '').not.toMatch(/https?:\/\//);
    };

    describe('uploading', () => {
      promise('gives the host every byte and returns a link', async ({ client, host: { control } }) => {
        const bytes = png(40, 30);
        const receipt = await client().upload(sourceOf(bytes), callOf());
        expect(receipt.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
        expect((await control.files(dialect)).map((file) => file.sha256)).toEqual([sha256(bytes)]);
      });
      promise('refuses an empty file without asking the host', async ({ client }) => {
        const error = await errorOf(client().upload(sourceOf(Buffer.alloc(0)), callOf()));
        expect(error.problem).toMatchObject({ kind: 'rejected_file', sub: 'empty' });
        expect(uploads()).toBe(0);
      });
      for (const name of ['with spaces.png', '中文 名称.png', 'émoji 🎉.png', "it's.png", `${'长'.repeat(80)}.png`]) {
        promise(`sends the name ${name.slice(0, 20)} as it is`, async ({ client, host: { control } }) => {
          await client().upload(sourceOf(png(), name), callOf());
          expect((await control.files(dialect)).map((file) => file.name)).toEqual([name]);
        });
      }
      promise('sends a name with double quotes as browsers do', async ({ client, host: { control } }) => {
        await client().upload(sourceOf(png(), 'a "b".png'), callOf());
        expect((await control.files(dialect))[0]?.name).toMatch(/^a ("|%22)b("|%22)\.png$/);
      });
      promise('shows progress that never falls and ends at the size', async ({ client }) => {
        const bytes = pngOfBytes(sizeOfBig);
        const seen: number[] = [];
        await client().upload(sourceOf(bytes), callOf({ onProgress: (sent) => void seen.push(sent) }));
        expect(seen.at(-1)).toBe(bytes.length);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      });
      promise('keeps two uploads at once apart', async ({ client, host: { control } }) => {
        const [one, two] = [png(), png()];
        const provider = client();
        const [first, second] = await Promise.all([provider.upload(sourceOf(one, 'one.png'), callOf()), provider.upload(sourceOf(two, 'two.png'), callOf())]);
        expect(first.url).not.toBe(second.url);
        const stored = new Map((await control.files(dialect)).map((file) => [file.name, file.sha256]));
        expect(stored).toEqual(new Map([['one.png', sha256(one)], ['two.png', sha256(two)]]));
      });
      promise('reads an answer whose type is given as text/html', async ({ client, fail }) => {
        fail({ wrongType: true });
        expect((await client().upload(sourceOf(png()), callOf())).url).not.toBeNull();
      });
    });

    describe('cancelling', () => {
      promise('sends nothing when cancelled before', async ({ client }) => {
        const signal = AbortSignal.abort();
        expect((await errorOf(client().upload(sourceOf(png()), callOf({ signal })))).problem.kind).toBe('cancelled');
        expect(uploads()).toBe(0);
      });
      promise('closes the connection and keeps nothing when cancelled in the middle', async ({ client, host: { control } }) => {
        proxy.plan({ stallAfterUp: 200_000 });
        const abort = new AbortController();
        const upload = errorOf(client({ port: proxy.port }).upload(sourceOf(pngOfBytes(sizeOfBig)), callOf({ signal: abort.signal })));
        await until(() => control.requests().some(({ bytesReceived }) => bytesReceived > 0));
        abort.abort();
        expect((await upload).problem.kind).toBe('cancelled');
        proxy.letGo();
        await until(() => proxy.openConnections() === 0);
        expect(await control.files(dialect)).toEqual([]);
      });
      promise('closes the connection when cancelled while waiting for the answer', async ({ client, fail, host: { control } }) => {
        fail({ hang: true });
        const abort = new AbortController();
        const upload = errorOf(client().upload(sourceOf(png()), callOf({ signal: abort.signal })));
        await until(() => control.requests().some(({ bytesReceived }) => bytesReceived > 0));
        abort.abort();
        expect((await upload).problem.kind).toBe('cancelled');
        await until(() => control.requests().every(({ state }) => state !== 'open'));
      });
    });

    describe('refusals and faults', () => {
      const anyAuth = { status: 401, html: true } as const;
      promise('calls 401 a refused key', (ctx) => {
        ctx.fail(anyAuth);
        ctx.fail(anyAuth);
        return failsAs(ctx, { kind: 'auth', outcomeUnknown: false });
      });
      promise('calls 413 a file that is too big', (ctx) => {
        ctx.fail({ status: 413, html: true });
        return failsAs(ctx, { kind: 'rejected_file', outcomeUnknown: false });
      });
      promise('hears a 413 that comes before the body is sent', (ctx) => {
        ctx.fail({ status: 413, html: true, early: true });
        return failsAs(ctx, { kind: 'rejected_file', outcomeUnknown: false }, sourceOf(pngOfBytes(sizeOfBig)));
      });
      promise('waits as long as a 429 asks', async (ctx) => {
        ctx.fail({ status: 429, retryAfter: 7, html: true });
        const error = await errorOf(ctx.client().upload(sourceOf(png()), callOf()));
        expect(error.problem).toMatchObject({ kind: 'rate_limit', retryAfterMs: 7000 });
        expect(error.retry).toEqual({ afterMs: 7000 });
      });
      promise('may repeat after a 500', async (ctx) => {
        ctx.fail({ status: 500, html: true });
        const error = await errorOf(ctx.client().upload(sourceOf(png()), callOf()));
        expect(error).toMatchObject({ retry: 'backoff', outcomeUnknown: false, problem: { kind: 'server' } });
      });
      promise('does not know the outcome after a bare 502', (ctx) => {
        ctx.fail({ status: 502, html: true, afterWork: true });
        return failsAs(ctx, { kind: 'server', outcomeUnknown: true });
      });
      for (const status of [403, 503]) {
        promise(`calls a page with ${status} a check page`, async (ctx) => {
          ctx.fail({ status, html: true });
          expect((await errorOf(ctx.client().upload(sourceOf(png()), callOf()))).problem).toMatchObject({ kind: 'server', message: 'blockedPage' });
        });
      }
      const unreadable: readonly (readonly [string, FaultInput])[] = [
        ['a page instead of JSON', { html: true, afterWork: true }],
        ['half a JSON', { cutJson: true }],
        ['an empty answer', { empty: true, afterWork: true }],
        ['another JSON', { json: [1, 2], afterWork: true }],
      ];
      for (const [what, fault] of unreadable) {
        promise(`does not know the outcome after ${what}, and sends once`, async (ctx) => {
          ctx.fail(fault);
          await failsAs(ctx, { kind: 'protocol', outcomeUnknown: true });
          expect(uploads()).toBe(1);
        });
      }
      promise('follows no redirect elsewhere', async (ctx) => {
        ctx.fail({ redirectTo: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` });
        await failsAs(ctx, { kind: 'bad_request', outcomeUnknown: false });
        expect(strayRequests).toBe(0);
      });
      promise('does not know the outcome when the connection drops after the body, and sends once', async (ctx) => {
        ctx.fail({ cut: true });
        await failsAs(ctx, { kind: 'network', outcomeUnknown: true });
        expect(uploads()).toBe(1);
      });
      promise('does not know the outcome when no answer comes in time', (ctx) => {
        ctx.fail({ hang: true });
        return failsAs(ctx, { kind: 'network', outcomeUnknown: true });
      });
      promise('ends when no byte is taken any more', async (ctx) => {
        proxy.plan({ stallAfterUp: 100_000 });
        const error = await errorOf(ctx.client({ port: proxy.port }).upload(sourceOf(pngOfBytes(sizeOfBig)), callOf()));
        expect(error.problem).toMatchObject({ kind: 'network' });
        expect(error.retry).toBe('never');
      });
      promise('ends when the connection is reset in the middle of the body, and sends once', async (ctx) => {
        proxy.plan({ resetAfterUp: 300_000 });
        const error = await errorOf(ctx.client({ port: proxy.port }).upload(sourceOf(pngOfBytes(sizeOfBig)), callOf()));
        expect(error).toMatchObject({ retry: 'never', problem: { kind: 'network' } });
        expect(uploads()).toBeLessThanOrEqual(1);
      });
      promise('does not know the outcome after half an answer', async (ctx) => {
        proxy.plan({ endAfterDown: 40 });
        const error = await errorOf(ctx.client({ port: proxy.port }).upload(sourceOf(png()), callOf()));
        expect(error).toMatchObject({ retry: 'never', outcomeUnknown: true });
      });
      promise('may repeat when nobody listens', async (ctx) => {
        const dead = await startFaultProxy(host.port);
        await dead.stop();
        const error = await errorOf(ctx.client({ port: dead.port }).upload(sourceOf(png()), callOf()));
        expect(error).toMatchObject({ retry: 'backoff', outcomeUnknown: false, problem: { kind: 'network' } });
      });
      promise('says so when the file shrinks while it is sent, and the host keeps nothing', async (ctx) => {
        const bytes = png(200, 200);
        const error = await errorOf(ctx.client().upload(sourceOf(bytes, 'x.png', { size: bytes.length + 10 }), callOf()));
        expect(error.problem).toMatchObject({ kind: 'file', message: 'fileChanged' });
        expect(await ctx.host.control.files(dialect)).toEqual([]);
      });
      promise('says so when the file grows while it is sent, and the host keeps nothing', async (ctx) => {
        const bytes = png(200, 200);
        const error = await errorOf(ctx.client().upload(sourceOf(bytes, 'x.png', { size: bytes.length - 10 }), callOf()));
        expect(error.problem).toMatchObject({ kind: 'file', message: 'fileChanged' });
        expect(await ctx.host.control.files(dialect)).toEqual([]);
      });
    });

    describe('deleting', () => {
      promise('deletes by the link, without credentials, and knows a repeat', async ({ client, host: { control } }) => {
        const provider = client();
        const receipt = await provider.upload(sourceOf(png()), callOf());
        if (receipt.deleteUrl === null || provider.remove === undefined) throw new Error('no delete link');
        const target = { deleteUrl: receipt.deleteUrl, imageUrl: receipt.url };
        expect((await provider.remove(target, callOf())).status).toBe('deleted');
        expect((await control.files(dialect)).every((file) => file.deleted)).toBe(true);
        expect((await provider.remove(target, callOf())).status).toBe('already_gone');
        for (const request of control.requests().filter(({ call }) => call === 'delete')) {
          expect(request.method).toBe('GET');
          for (const name of ['x-api-key', 'authorization', 'cookie', 'proxy-authorization']) expect(request.headerNames).not.toContain(name);
        }
      });
      promise('does not say deleted when the delete link answers a page', async ({ client, host: { control } }) => {
        const provider = client();
        const receipt = await provider.upload(sourceOf(png()), callOf());
        if (receipt.deleteUrl === null || provider.remove === undefined) throw new Error('no delete link');
        control.failNext({ call: 'delete', html: true });
        const outcome = await provider.remove({ deleteUrl: receipt.deleteUrl, imageUrl: receipt.url }, callOf());
        expect(outcome.status).toBe('unconfirmed');
        expect(outcome.evidence).not.toContain(receipt.deleteUrl);
      });
      promise('follows no delete link over an open network', async ({ client }) => {
        const provider = client();
        const error = await errorOf(provider.remove?.({ deleteUrl: 'http://pictures.example/delete/abc', imageUrl: null }, callOf()) ?? Promise.resolve());
        expect(error.problem).toMatchObject({ kind: 'bad_request', message: 'delUnsafe' });
      });
    });

    describe('looking', () => {
      promise('passes the account test without uploading anything', async ({ client, host: { control } }) => {
        const found = await client().test(callOf());
        expect(found.canUpload).toBe(true);
        expect(found.steps.filter(({ result }) => result === 'fails')).toEqual([]);
        expect(await control.files(dialect)).toEqual([]);
      });
      promise('tells a wrong address', async ({ client }) => {
        const found = await client({ path: 'nothing-here' }).test(callOf());
        expect(found).toMatchObject({ canUpload: false, steps: [{ what: 'address', result: 'fails' }] });
      });
      promise('tells a host that is not there', async ({ client }) => {
        const dead = await startFaultProxy(host.port);
        await dead.stop();
        const found = await client({ port: dead.port }).test(callOf());
        expect(found).toMatchObject({ canUpload: false, steps: [{ what: 'reach', result: 'fails', problem: { kind: 'network' } }] });
      });
      promise('tells a check page', async ({ client, host: { control } }) => {
        control.failNext({ status: 503, html: true });
        const found = await client().test(callOf());
        expect(found).toMatchObject({ canUpload: false, steps: [{ result: 'fails', problem: { message: 'blockedPage' } }] });
      });
      promise('rejects a cancelled test', async ({ client }) => {
        expect((await errorOf(client().test({ signal: AbortSignal.abort() }))).problem.kind).toBe('cancelled');
      });
      if (subject.wrongSecrets !== undefined) {
        const wrong = subject.wrongSecrets;
        promise('tells a wrong key', async ({ client }) => {
          const found = await client({ secrets: wrong }).test(callOf());
          expect(found.canUpload).toBe(false);
          expect(found.steps.at(-1)).toMatchObject({ what: 'key', result: 'fails', problem: { kind: 'auth' } });
        });
      }
      promise('has the methods that its capabilities name, and no others', ({ client }) => {
        const provider = client();
        const can = definition.capabilities(subject.settings?.(host.keys) ?? {}, host.urls.root);
        expect({
          albums: provider.albums !== undefined,
          list: provider.list !== undefined,
          clearList: provider.clearList !== undefined,
          deleteByLink: provider.remove !== undefined,
        }).toEqual({ albums: can.albums, list: can.list !== 'none', clearList: can.clearList, deleteByLink: can.deleteByLink });
        return Promise.resolve();
      });
      promise('writes nothing to the console', async ({ client, fail }) => {
        const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name));
        fail({ status: 500, html: true });
        await errorOf(client().upload(sourceOf(png()), callOf()));
        await client().upload(sourceOf(png()), callOf());
        for (const spy of spies) {
          expect(spy).not.toHaveBeenCalled();
          spy.mockRestore();
        }
      });
    });
  });
};
