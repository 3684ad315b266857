import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { startFaultProxy, type FaultProxy } from '../../../../test/fault-proxy/fault-proxy';
import { png, pngOfBytes } from '../../../../test/host/pictures';
import { startTestHost, type TestHost } from '../../../../test/host/test-host';
import { callOf, errorOf, makeProvider, SHORT_LIMITS, sourceOf, soughtOf, testHttp, until } from '../../../../test/providers/fixture';
import type { Provider, Receipt, Sought, UploadSource } from '../contract';
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
  http = testHttp({ limits: () => SHORT_LIMITS });
});
afterAll(async () => {
  http.close();
  await host.stop();
});
beforeEach(async () => {
  clock = SENT_AT;
  // Of its own for each test: a kept connection would go on by the plan of an earlier one.
  proxy = await startFaultProxy(host.port);
  await host.control.reset();
});
afterEach(() => proxy.stop());

const client = (port = host.port): Provider => makeProvider({ definition: wizs, url: `http://127.0.0.1:${port}/wizs`, secrets: { key: host.keys.wizs }, http });
const bytes = png(40, 30);
const picture = sourceOf(bytes, 'holiday.png');
const sought = soughtOf(bytes, picture.name);
const find = async (sentAt = SENT_AT, port?: number, what: Sought = sought): Promise<Answer> => {
  const asked = client(port).find?.(what, sentAt, callOf());
  if (asked === undefined) throw new Error('no find');
  return asked;
};
/** Sends the picture, or others, as an earlier try did. */
const send = (source: UploadSource = picture): Promise<Receipt> => client().upload(source, callOf());
const listsAsked = (): number => host.control.requests().filter(({ call }) => call === 'list').length;
const fail = (fault: Omit<Parameters<TestHost['control']['failNext']>[0], 'dialect' | 'call'>): void => host.control.failNext({ dialect: 'wizs', call: 'list', ...fault });

/** The bytes behind the next row's address, in words. */
const WORDS = 'the bytes of a picture in words';
const behindRow = (words = WORDS): void => host.control.failNext({ dialect: 'wizs', call: 'file', html: words });
const soughtWords = soughtOf(Buffer.from(WORDS), picture.name);
const filesAsked = (): number => host.control.requests().filter(({ call }) => call === 'file').length;
/** Another picture of the same size, as another device may send it. */
const foreign = (): Buffer => {
  const other = Buffer.from(bytes);
  other.writeUInt8(other.readUInt8(other.length - 20) ^ 1, other.length - 20);
  return other;
};

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
  file_size: WORDS.length,
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
  test("takes no other device's upload of the same name and size for it", async () => {
    await send(sourceOf(foreign(), picture.name));
    expect(await find()).toBe('absent');
    expect(filesAsked()).toBe(1);
  });
  test("finds it among other devices' uploads of the same name and size", async () => {
    await send(sourceOf(foreign(), picture.name));
    const sent = await send();
    await send(sourceOf(foreign(), picture.name));
    expect(await find()).toMatchObject({ url: sent.url, storedName: sent.storedName });
  });
  test('takes no upload that is known to be another one for it, and fetches none', async () => {
    const { url, remoteId, storedName } = await send();
    const asked: unknown[] = [];
    const isTaken: Sought['isTaken'] = (listed) => {
      asked.push({ url: listed.url, remoteId: listed.remoteId, storedName: listed.storedName });
      return true;
    };
    expect(await find(SENT_AT, undefined, { ...sought, isTaken })).toBe('absent');
    expect(asked).toEqual([{ url, remoteId, storedName }]);
    expect(filesAsked()).toBe(0);
    await send(sourceOf(png(200, 200), picture.name));
    expect(await find(SENT_AT, undefined, { ...sought, isTaken })).toBe('absent');
  });
  test('cannot tell without the digest of what was sent', async () => {
    await send();
    expect(await find(SENT_AT, undefined, { ...sought, sha256: () => Promise.resolve(null) })).toBe('cannot_tell');
    expect(filesAsked()).toBe(0);
  });
  test('asks for the digest only when there is something to compare', async () => {
    await send(sourceOf(png(), 'another.png'));
    const sha = (): Promise<never> => Promise.reject(new Error('asked'));
    expect(await find(SENT_AT, undefined, { ...sought, sha256: sha })).toBe('absent');
  });
  test('finds what took longer than ten minutes to send', async () => {
    const large = { ...sought, size: 60 * 1024 * 1024 };
    clock = SENT_AT + 13 * MINUTE;
    listed([row({ file_size: large.size, created_at: saidAt(13) })]);
    expect(await find(SENT_AT, undefined, large)).toBe('cannot_tell');
  });
  test('cannot tell when the same name has another size: the host may have recoded it', async () => {
    await send(sourceOf(png(200, 200), picture.name));
    expect(await find()).toBe('cannot_tell');
  });
});

describe('comparing with what lies at the address of a row', () => {
  const compared = async (change: Readonly<Record<string, unknown>> = {}, what = soughtWords): Promise<Answer> => {
    listed([row(change)]);
    return find(SENT_AT, undefined, what);
  };
  test('is sure of the same bytes, and of others', async () => {
    behindRow();
    expect(await compared()).toMatchObject({ remoteId: 'abc' });
    behindRow([...WORDS].reverse().join(''));
    expect(await compared()).toBe('absent');
  });
  test('cannot tell when the host may have made other bytes of it', async () => {
    for (const words of [WORDS.slice(1), `${WORDS}!`]) {
      behindRow(words);
      expect(await compared()).toBe('cannot_tell');
    }
    const reversed = [...WORDS].reverse().join('');
    behindRow(reversed);
    expect(await compared({ filename: 'abc.webp', file_path: '2026/03/abc.webp' })).toBe('cannot_tell');
    behindRow(reversed);
    expect(await compared({ original_name: 'a.bmp', filename: 'abc.bmp' }, { ...soughtWords, name: 'a.bmp' })).toBe('cannot_tell');
  });
  test('takes .jpeg and .jpg for one', async () => {
    behindRow([...WORDS].reverse().join(''));
    expect(await compared({ original_name: 'a.JPEG', filename: 'abc.jpg' }, { ...soughtWords, name: 'a.JPEG' })).toBe('absent');
  });
  test('cannot tell when nothing can be fetched there', async () => {
    for (const fault of [{ status: 404 }, { status: 500 }, { status: 206, html: WORDS }, { redirectTo: '/elsewhere.png' }, { hang: true }, { empty: true }] as const) {
      host.control.failNext({ dialect: 'wizs', call: 'file', ...fault });
      expect(await compared(), JSON.stringify(fault)).toBe('cannot_tell');
    }
  });
  test('cannot tell when the connection breaks on the way', async () => {
    const large = pngOfBytes(300_000);
    const upload = await send(sourceOf(large, picture.name));
    const what = soughtOf(large, picture.name);
    for (const plan of [{ endAfterDown: 100_000 }, { resetAfterDown: 100_000 }]) {
      proxy.plan(plan);
      expect(await find(SENT_AT, proxy.port, what)).toBe('cannot_tell');
    }
    proxy.plan({});
    expect(await find(SENT_AT, proxy.port, what)).toMatchObject({ storedName: upload.storedName });
  });
  test('sends no key and follows no address into a private network', async () => {
    const sentBefore = proxy.sentUp();
    behindRow();
    await compared();
    const [asked] = host.control.requests().filter(({ call }) => call === 'file');
    expect(asked?.headerNames.filter((name) => /key|auth|cookie|token/.test(name))).toEqual([]);
    for (const path of [`http://127.0.0.1:${proxy.port}/x/abc.png`, 'https://127.0.0.1/abc.png', 'https://10.0.0.7/abc.png', 'http://pictures.example/abc.png']) {
      expect(await compared({ file_path: path }), path).toBe('cannot_tell');
    }
    expect(proxy.sentUp()).toBe(sentBefore);
  });
  test('compares no more than twenty', async () => {
    listed(Array.from({ length: 30 }, (_, index) => row({ id: index, filename: `${index}.png`, file_path: `2026/03/${index}.png` })));
    for (let index = 0; index < 20; index += 1) behindRow([...WORDS].reverse().join(''));
    expect(await find(SENT_AT, undefined, soughtWords)).toBe('cannot_tell');
    expect(filesAsked()).toBe(20);
  });
  test('ends at once when its person gives up', async () => {
    host.control.failNext({ dialect: 'wizs', call: 'file', hang: true });
    listed([row()]);
    const abort = new AbortController();
    const asked = client().find?.(soughtWords, SENT_AT, { signal: abort.signal }) ?? Promise.resolve();
    await until(() => filesAsked() === 1);
    abort.abort();
    expect((await errorOf(asked)).problem.kind).toBe('cancelled');
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
    ['numbers as text', { id: '7', file_size: String(WORDS.length), width: '40', views: '3' }, 'found'],
    ['a path with a leading slash and folder', { file_path: '/uploads/2026/03/abc.png' }, 'found'],
    ['a whole address for a path', { file_path: 'OWN/wizs/uploads/2026/03/abc.png' }, 'found'],
    ['no stored name', { filename: undefined }, 'found'],
    ['no dimensions', { width: 0, height: null }, 'found'],
    ['a clock eight hours ahead', { created_at: saidAt(8 * 60) }, 'found'],
    ['a clock that is an odd zone away', { created_at: saidAt(-(9 * 60 + 30)) }, 'found'],
    ['no path', { file_path: null }, 'cannot_tell'],
    ['no size', { file_size: null }, 'found'],
    ['no time', { created_at: null }, 'cannot_tell'],
    ['a time that is none', { created_at: 'yesterday' }, 'cannot_tell'],
    ['no original name', { original_name: null }, 'found'],
    ['no original name and another size', { original_name: null, file_size: 1 }, 'absent'],
    ['another name and no time', { original_name: 'other.png', created_at: null }, 'absent'],
  ];
  for (const [what, change, expected] of odd) {
    test(`reads a row with ${what}`, async () => {
      const own = (value: unknown): unknown => (typeof value === 'string' ? value.replace('OWN', `http://127.0.0.1:${host.port}`) : value);
      listed([row(Object.fromEntries(Object.entries(change).map(([key, value]) => [key, own(value)])))]);
      behindRow();
      const answer = await find(SENT_AT, undefined, soughtWords);
      if (expected === 'found') expect(answer).toMatchObject({ storedName: 'abc.png', deleteUrl: null });
      else expect(answer).toBe(expected);
    });
  }
  test('takes a list without paging for the whole', async () => {
    fail({ json: { success: true, data: [row()] } });
    behindRow();
    expect(await find(SENT_AT, undefined, soughtWords)).toMatchObject({ remoteId: 'abc' });
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
    const asked = client().find?.(sought, SENT_AT, { signal: abort.signal }) ?? Promise.resolve();
    abort.abort();
    expect((await errorOf(asked)).problem.kind).toBe('cancelled');
  });
});
