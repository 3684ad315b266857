import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Dialect, SwitchChanges } from '../../src/host';
import type { Memory, Provider, Receipt } from '../../src/main/providers/contract';
import type { ClosableHttp } from '../../src/main/providers/http';
import { createRegistry } from '../../src/main/providers/registry';
import type { SettingValue } from '../../src/shared/model/provider';
import { mp4, png } from '../host/pictures';
import { startTestHost, type TestHost } from '../host/test-host';
import { callOf, errorOf, makeProvider, memoryOf, sha256, sourceOf, testHttp } from './fixture';

/** How services of one family differ: each switch of the embedded host, met by the real client. */

const registry = createRegistry();
let host: TestHost;
let http: ClosableHttp;
beforeAll(async () => {
  host = await startTestHost();
  http = testHttp();
});
afterAll(async () => {
  http.close();
  await host.stop();
});
beforeEach(() => host.control.reset());

type Change = { readonly settings?: Readonly<Record<string, SettingValue>>; readonly memory?: Memory };
const client = (dialect: Dialect, { settings = {}, memory = memoryOf() }: Change = {}): Provider => {
  const { imgurl, chevereto, wizs, easyimages } = host.keys;
  const own = {
    imgurl: { id: 'imgurl', secrets: { token: imgurl.token }, settings: { uid: imgurl.uid } },
    chevereto: { id: 'chevereto', secrets: { key: chevereto }, settings: {} },
    smms: { id: 'smms', secrets: {}, settings: {} },
    wizs: { id: 'wizs', secrets: { key: wizs }, settings: {} },
    easyimages: { id: 'wizs', secrets: { key: easyimages }, settings: { flavour: 'easyimages' } },
  } as const;
  const { id, secrets, settings: given } = own[dialect];
  return makeProvider({ definition: registry.definition(id), url: host.urls[dialect], secrets, settings: { ...given, ...settings }, http, memory });
};
const set = (changes: SwitchChanges): void => host.control.set(changes);
const send = (provider: Provider, bytes = png(), name = 'picture.png'): Promise<Receipt> => provider.upload(sourceOf(bytes, name), callOf());
const refusal = async (provider: Provider, bytes = png()): Promise<Record<string, unknown>> => {
  const { problem, retry, outcomeUnknown } = await errorOf(send(provider, bytes));
  return { kind: problem.kind, sub: problem.sub, message: problem.message, retry, outcomeUnknown };
};
const uploadsAsked = (): number => host.control.requests().filter(({ call }) => call === 'upload').length;
/** Whether the host's store still has the only file of a dialect. */
const stored = async (dialect: Dialect): Promise<readonly boolean[]> => (await host.control.files(dialect)).map(({ deleted }) => !deleted);
const remove = async (provider: Provider, receipt: Pick<Receipt, 'deleteUrl' | 'url'>): Promise<string | undefined> =>
  (await provider.remove?.({ deleteUrl: receipt.deleteUrl ?? '', imageUrl: receipt.url }, callOf()))?.status;

describe('Chevereto', () => {
  test('version 3 refuses the header once, gets the form field, and the account remembers it', async () => {
    set({ chevereto: { version: 3 } });
    const memory = memoryOf();
    const bytes = png();
    const receipt = await send(client('chevereto', { memory }), bytes);
    expect(receipt).toMatchObject({ deleteUrl: null, pendingReview: false });
    expect(uploadsAsked()).toBe(2);
    await send(client('chevereto', { memory }), png(), 'second.png');
    expect(uploadsAsked()).toBe(3);
    expect((await host.control.files('chevereto')).map(({ sha256: digest }) => digest)).toContain(sha256(bytes));
  });
  test('version 3 passes the account test, and tells a wrong key', async () => {
    set({ chevereto: { version: 3 } });
    expect((await client('chevereto').test(callOf())).canUpload).toBe(true);
    const wrong = makeProvider({ definition: registry.definition('chevereto'), url: host.urls.chevereto, secrets: { key: 'not-the-key' }, http });
    expect(await wrong.test(callOf())).toMatchObject({ canUpload: false, steps: [{ what: 'reach' }, { what: 'key', result: 'fails', problem: { kind: 'auth' } }] });
  });
  test('version 3 set to the header only is told as a refused key, and nothing is stored', async () => {
    set({ chevereto: { version: 3 } });
    expect(await refusal(client('chevereto', { settings: { keyIn: 'header' } }))).toMatchObject({ kind: 'auth', retry: 'never', outcomeUnknown: false });
    expect(await host.control.files()).toEqual([]);
  });
  test('gives the same receipt for numbers as text and as numbers', async () => {
    const shape = ({ url, deleteUrl, remoteId, storedName, thumbUrl, viewerUrl, ...rest }: Receipt) => ({ ...rest, named: [url, deleteUrl, remoteId, storedName, thumbUrl, viewerUrl].map((one) => typeof one) });
    const asText = await send(client('chevereto'), png(40, 30));
    set({ chevereto: { numbers: 'number' } });
    const asNumber = await send(client('chevereto'), png(40, 30));
    expect({ ...shape(asNumber), bytes: 0 }).toEqual({ ...shape(asText), bytes: 0 });
    expect(asNumber).toMatchObject({ width: 40, height: 30 });
  });
  test('an upload that moderation holds is no error, and can be deleted', async () => {
    set({ chevereto: { pending: true } });
    const provider = client('chevereto');
    const receipt = await send(provider);
    expect(receipt).toMatchObject({ url: null, thumbUrl: null, pendingReview: true });
    expect(await remove(provider, receipt)).toBe('deleted');
    expect(await stored('chevereto')).toEqual([false]);
  });
  test('the same bytes again are a duplicate, unless the site takes them', async () => {
    const bytes = png();
    await send(client('chevereto'), bytes);
    expect(await refusal(client('chevereto'), bytes)).toMatchObject({ kind: 'duplicate', retry: 'never' });
    set({ chevereto: { refuseDuplicates: false } });
    expect((await send(client('chevereto'), bytes)).url).not.toBeNull();
  });
  test('a flood waits a minute', async () => {
    set({ chevereto: { floodPerMinute: 1 } });
    await send(client('chevereto'));
    expect(await refusal(client('chevereto'))).toMatchObject({ kind: 'rate_limit', retry: { afterMs: 60_000 }, outcomeUnknown: false });
  });
  test('uploading that is off for the account is told by upload and account test', async () => {
    set({ chevereto: { uploadsOff: true } });
    expect(await refusal(client('chevereto'))).toMatchObject({ kind: 'auth', sub: 'forbidden', message: 'forbidden' });
    expect(await client('chevereto').test(callOf())).toMatchObject({ canUpload: false, steps: [{ what: 'reach' }, { what: 'key', result: 'works' }, { what: 'upload', result: 'fails', problem: { message: 'forbidden' } }] });
  });
});

describe('WiZs', () => {
  const video = () => sourceOf(mp4(), 'clip.mp4', { kind: 'video', mime: 'video/mp4' });
  test('video that is off costs one try, pictures go on', async () => {
    set({ wizs: { videoOff: true } });
    const provider = client('wizs');
    for (let time = 0; time < 2; time += 1) {
      expect((await errorOf(provider.upload(video(), callOf()))).problem).toMatchObject({ kind: 'rejected_file', sub: 'videoOff' });
    }
    expect(uploadsAsked()).toBe(1);
    expect((await send(provider)).kind).toBe('image');
    expect((await provider.test(callOf())).canUpload).toBe(true);
  });
  test('video that is on gives its length', async () => {
    expect(await client('wizs').upload(video(), callOf())).toMatchObject({ kind: 'video', thumbUrl: null, durationSeconds: 125.5 });
  });
  test('a picture stored under another type is deleted by its own link', async () => {
    set({ wizs: { keepType: false } });
    const provider = client('wizs');
    const receipt = await send(provider);
    expect(receipt.storedName).toMatch(/\.webp$/);
    expect(await remove(provider, receipt)).toBe('deleted');
    expect(await stored('wizs')).toEqual([false]);
  });
});

describe('EasyImages', () => {
  test('an interface that its admin closed takes nothing, and the upload says so', async () => {
    set({ easyimages: { closed: true } });
    expect(await refusal(client('easyimages'))).toMatchObject({ kind: 'auth', sub: 'forbidden', outcomeUnknown: false });
    expect((await client('easyimages').test(callOf())).canUpload).toBe(false);
  });
  test('a site whose admin closed deleting gives no delete link', async () => {
    set({ easyimages: { deleteClosed: true } });
    expect((await send(client('easyimages'))).deleteUrl).toBeNull();
  });
  for (const recycleBin of [true, false]) {
    test(`deletes with the recycle bin ${recycleBin ? 'on' : 'off'}, and a repeat harms nothing`, async () => {
      set({ easyimages: { recycleBin } });
      const provider = client('easyimages');
      const receipt = await send(provider);
      expect(await remove(provider, receipt)).toBe('deleted');
      expect(await stored('easyimages')).toEqual([false]);
      // Without its bin the site says "deleted" again; the picture is gone either way.
      expect(await remove(provider, receipt)).toBe(recycleBin ? 'already_gone' : 'deleted');
    });
  }
  test('is not believed when it says "deleted" to a wrong link', async () => {
    set({ easyimages: { recycleBin: false } });
    const provider = client('easyimages');
    const receipt = await send(provider);
    expect(await remove(provider, { ...receipt, deleteUrl: `${receipt.deleteUrl ?? ''}wrong` })).toBe('unconfirmed');
    expect(await stored('easyimages')).toEqual([true]);
  });
});

describe('ImgURL', () => {
  test('the same bytes again keep their id and get no second delete link, unless the site stores them anew', async () => {
    const bytes = png();
    const first = await send(client('imgurl'), bytes);
    const again = await send(client('imgurl'), bytes);
    expect(first.deleteUrl).not.toBeNull();
    expect(again).toMatchObject({ remoteId: first.remoteId, url: first.url, deleteUrl: null });
    set({ imgurl: { dedupe: false } });
    const anew = await send(client('imgurl'), bytes);
    expect(anew.remoteId).not.toBe(first.remoteId);
    expect(anew.deleteUrl).not.toBeNull();
  });
});

describe('SM.MS', () => {
  test('a service that shut version 1 is told by every call', async () => {
    set({ smms: { retired: true } });
    const provider = client('smms');
    expect(await refusal(provider)).toMatchObject({ kind: 'retired', retry: 'never', outcomeUnknown: false });
    const calls = [provider.list?.({ page: 1, perPage: 20, orderBy: 'created_at', orderDir: 'DESC' }, callOf()), provider.clearList?.(callOf())];
    for (const call of calls) expect((await errorOf(call ?? Promise.resolve())).problem.kind).toBe('retired');
    expect(await provider.test(callOf())).toMatchObject({ canUpload: false, steps: [{ what: 'address', result: 'fails', problem: { kind: 'retired' } }] });
  });
});

describe('a delete link that is not the right one', () => {
  /** What the host's store says afterwards is the same every time: the picture is there. */
  const wrongLinks: readonly (readonly [Dialect, (link: string) => string, string])[] = [
    ['chevereto', (link) => link.replace(/[^/]+$/, 'f'.repeat(48)), 'refused'],
    ['imgurl', (link) => link.replace(/[^/]+$/, 'short'), 'refused'],
    ['wizs', (link) => link.replace(/hash=.*/, 'hash='), 'refused'],
  ];
  for (const [dialect, spoil, word] of wrongLinks) {
    test(`is ${word} at ${dialect}, and the picture stays`, async () => {
      const provider = client(dialect);
      const receipt = await send(provider);
      expect(await remove(provider, { ...receipt, deleteUrl: spoil(receipt.deleteUrl ?? '') })).toBe(word);
      expect(await stored(dialect)).toEqual([true]);
    });
  }
});

describe('an answer to a delete link that is lost on the way', () => {
  for (const dialect of ['imgurl', 'chevereto', 'smms', 'wizs', 'easyimages'] as const) {
    test(`is told at ${dialect} by the picture's own address`, async () => {
      const provider = client(dialect);
      const receipt = await send(provider);
      host.control.failNext({ dialect, call: 'delete', cut: true });
      expect(await remove(provider, receipt)).toBe('deleted');
      expect(await stored(dialect)).toEqual([false]);
    });
    test(`is unconfirmed at ${dialect} while the picture is there`, async () => {
      const provider = client(dialect);
      const receipt = await send(provider);
      host.control.failNext({ dialect, call: 'delete', html: true });
      expect(await remove(provider, receipt)).toBe('unconfirmed');
      expect(await stored(dialect)).toEqual([true]);
    });
  }
});
