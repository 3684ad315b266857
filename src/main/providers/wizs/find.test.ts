import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { startFaultProxy, type FaultProxy } from '../../../../test/fault-proxy/fault-proxy';
import { png } from '../../../../test/host/pictures';
import { startTestHost, type TestHost } from '../../../../test/host/test-host';
import { callOf, errorOf, makeProvider, SHORT_LIMITS, sourceOf, testHttp } from '../../../../test/providers/fixture';
import type { Provider, Receipt, UploadSource } from '../contract';
import type { ClosableHttp } from '../http';
import { wizs } from '.';

type Answer = Receipt | 'absent' | 'cannot_tell';

const MINUTE = 60_000;
const SENT_AT = Date.parse('2026-03-01T10:00:00Z');

let clock = SENT_AT;
let host: TestHost;
let proxy: FaultProxy;
let http: ClosableHttp;
beforeAll(async () => {
  host = await startTestHost({ now: () => clock });
  proxy = await startFaultProxy(host.port);
  http = testHttp({ limits: () => SHORT_LIMITS });
});
afterAll(async () => {
  http.close();
  await proxy.stop();
  await host.stop();
});
beforeEach(async () => {
  clock = SENT_AT;
  proxy.plan({});
  await host.control.reset();
});

const client = (port = host.port): Provider => makeProvider({ definition: wizs, url: `http://127.0.0.1:${port}/wizs`, secrets: { key: host.keys.wizs }, http });
const picture = sourceOf(png(40, 30), 'holiday.png');
const find = async (sentAt = SENT_AT, port?: number, source: Pick<UploadSource, 'name' | 'size'> = picture): Promise<Answer> => {
  const asked = client(port).find?.(source, sentAt, callOf());
  if (asked === undefined) throw new Error('no find');
  return asked;
};
/** Sends the picture, or others, as an earlier try did. */
const send = (source: UploadSource = picture): Promise<Receipt> => client().upload(source, callOf());
const listsAsked = (): number => host.control.requests().filter(({ call }) => call === 'list').length;
const fail = (fault: Omit<Parameters<TestHost['control']['failNext']>[0], 'dialect' | 'call'>): void => host.control.failNext({ dialect: 'wizs', call: 'list', ...fault });

/** A page of the gallery as a server words it. */
const listed = (data: readonly unknown[], totalPages: unknown = 1): void =>
  fail({ json: { success: true, data, pagination: { current_page: 1, per_page: 100, total: data.length, total_pages: totalPages } } });
/** The host's clock in words, some minutes after the sending, in UTC unless told. */
const saidAt = (minutesLater: number): string => new Date(SENT_AT + minutesLater * MINUTE).toISOString().replace('T', ' ').slice(0, 19);
const row = (change: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  id: 7,
  filename: 'abc.png',
  original_name: picture.name,
  file_path: '2026/03/abc.png',
  file_size: picture.size,
  width: 40,
  height: 30,
  views: 0,
  created_at: saidAt(0),
  ...change,
});

describe('finding an upload whose answer was lost, in the gallery', () => {
  test('finds it, with the address that works and no delete link', async () => {
    const sent = await send();
    const found = await find();
    expect(found).toMatchObject({ url: sent.url, remoteId: sent.remoteId, width: 40, height: 30, bytes: picture.size, deleteUrl: null });
    expect((await fetch((found as Receipt).url ?? '')).status).toBe(200);
  });
  test('finds it after the answer was cut off', async () => {
    host.control.failNext({ dialect: 'wizs', call: 'upload', cut: true });
    expect((await errorOf(send())).outcomeUnknown).toBe(true);
    expect(await find()).toMatchObject({ bytes: picture.size });
  });
  test('is sure that it is not there when every row since then was seen', async () => {
    await send(sourceOf(png(), 'another.png'));
    expect(await find()).toBe('absent');
    expect(listsAsked()).toBe(1);
  });
  test('is sure of an empty gallery', async () => expect(await find()).toBe('absent'));
  test('takes no older upload of the same name for it', async () => {
    clock = SENT_AT - 3 * 24 * 60 * MINUTE;
    await send();
    clock = SENT_AT;
    expect(await find()).toBe('absent');
  });
  test('cannot tell between two of the same name and size', async () => {
    await send();
    await send();
    expect(await find()).toBe('cannot_tell');
  });
  test('cannot tell when the same name has another size: the host may have recoded it', async () => {
    await send(sourceOf(png(200, 200), picture.name));
    expect(await find()).toBe('cannot_tell');
  });
});

describe('paging through the gallery', () => {
  const others = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 20) {
      await Promise.all(Array.from({ length: Math.min(20, count - done) }, (_, index) => send(sourceOf(png(1, 1), `other-${done + index}.png`))));
    }
  };
  test('looks beyond the first page', async () => {
    const sent = await send();
    await others(105);
    expect(await find()).toMatchObject({ url: sent.url });
    expect(listsAsked()).toBe(2);
  });
  test('stops at the last page and is sure then', async () => {
    await others(105);
    expect(await find()).toBe('absent');
    expect(listsAsked()).toBe(2);
  });
  test('gives up after five pages, and says that it cannot tell', async () => {
    for (let page = 0; page < 6; page += 1) listed([row({ original_name: 'other.png' })], 50);
    expect(await find()).toBe('cannot_tell');
    expect(listsAsked()).toBe(5);
  });
  test('stops at rows that are older than any clock allows', async () => {
    listed([row({ original_name: 'new.png' }), row({ original_name: 'old.png', created_at: saidAt(-15 * 60) })], 50);
    expect(await find()).toBe('absent');
    expect(listsAsked()).toBe(1);
  });
});

describe('rows with missing or odd fields', () => {
  const odd: readonly (readonly [string, Readonly<Record<string, unknown>>, Answer | 'found'])[] = [
    ['numbers as text', { id: '7', file_size: String(picture.size), width: '40', views: '3' }, 'found'],
    ['a path with a leading slash and folder', { file_path: '/uploads/2026/03/abc.png' }, 'found'],
    ['a whole address for a path', { file_path: 'https://cdn.example/abc.png' }, 'found'],
    ['no stored name', { filename: undefined }, 'found'],
    ['no dimensions', { width: 0, height: null }, 'found'],
    ['a clock eight hours ahead', { created_at: saidAt(8 * 60) }, 'found'],
    ['a clock that is an odd zone away', { created_at: saidAt(-(9 * 60 + 30)) }, 'found'],
    ['no path', { file_path: null }, 'cannot_tell'],
    ['no size', { file_size: null }, 'cannot_tell'],
    ['no time', { created_at: null }, 'cannot_tell'],
    ['a time that is none', { created_at: 'yesterday' }, 'cannot_tell'],
    ['no original name', { original_name: null }, 'cannot_tell'],
    ['no original name and another size', { original_name: null, file_size: 1 }, 'absent'],
    ['another name and no time', { original_name: 'other.png', created_at: null }, 'absent'],
  ];
  for (const [what, change, expected] of odd) {
    test(`reads a row with ${what}`, async () => {
      listed([row(change)]);
      const answer = await find();
      if (expected === 'found') expect(answer).toMatchObject({ bytes: picture.size, deleteUrl: null });
      else expect(answer).toBe(expected);
    });
  }
  test('takes a list without paging for the whole', async () => {
    fail({ json: { success: true, data: [row()] } });
    expect(await find()).toMatchObject({ remoteId: 'abc' });
  });
  test('finds it by any zone, and nothing that lies between zones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -56, max: 56 }), fc.integer({ min: 0, max: 9 }), async (quarters, late) => {
        listed([row({ created_at: saidAt(quarters * 15 + late) })]);
        expect(await find()).not.toBe('absent');
        listed([row({ created_at: saidAt(quarters * 15 + 12) })]);
        expect(await find()).toBe('absent');
      }),
      { numRuns: 20 },
    );
  });
});

describe('a gallery that cannot be read', () => {
  test('is an error, not an absence', async () => {
    const faults = [{ status: 500, html: true }, { html: true }, { json: { success: false, error: 'no' } }, { json: { success: true, data: 'none' } }, { cutJson: true }, { empty: true }] as const;
    for (const fault of faults) {
      fail(fault);
      await errorOf(find());
    }
  });
  test('is an error when its connection breaks in the middle', async () => {
    await send();
    for (const plan of [{ endAfterDown: 200 }, { resetAfterDown: 200 }, { muteDown: true }, { resetAfterUp: 0 }]) {
      proxy.plan(plan);
      expect((await errorOf(find(SENT_AT, proxy.port))).problem.kind).toMatch(/^(network|protocol)$/);
    }
  });
  test('ends at once when its person gives up', async () => {
    fail({ hang: true });
    const abort = new AbortController();
    const asked = client().find?.(picture, SENT_AT, { signal: abort.signal }) ?? Promise.resolve();
    abort.abort();
    expect((await errorOf(asked)).problem.kind).toBe('cancelled');
  });
});
