import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost, type TestHost } from '../../../test/host/test-host';
import { createOperationsWorld, realTimers, type OperationsWorld } from '../../../test/operations/operations-world';
import { EVERYTHING } from '../../shared/model/library-defaults';

let host: TestHost;
let world: OperationsWorld;
const close: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  vi.stubEnv('PICFERRY_KEYCHAIN', 'off');
  host = await startTestHost();
});
afterAll(async () => {
  await host.stop();
  vi.unstubAllEnvs();
});
beforeEach(() => host.control.reset());
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end();
});

/** Waits of an import pass at once; all others do not happen here. */
const quick = { now: () => Date.now(), after: (ms: number, work: () => void) => realTimers.after(Math.min(ms, 5), work) };
const open = async (url?: string): Promise<OperationsWorld> => {
  world = await createOperationsWorld(host, url);
  close.push(() => world.close());
  return world;
};

type Page = { readonly status?: number; readonly json: unknown; readonly retryAfter?: string };
/** A gallery whose answers a test writes, and what was asked of it. */
async function gallery(answer: (page: number) => Page): Promise<{ readonly url: string; readonly pages: number[]; readonly sizes: string[] }> {
  const pages: number[] = [];
  const sizes: string[] = [];
  const server: Server = createServer((request, response) => {
    const asked = new URL(request.url ?? '', 'http://h').searchParams;
    pages.push(Number(asked.get('page')));
    sizes.push(asked.get('per_page') ?? '');
    const { status = 200, json, retryAfter } = answer(Number(asked.get('page')));
    response.writeHead(status, { 'content-type': 'application/json', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) });
    response.end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages, sizes };
}
const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => ({ id: from + n, filename: `s${from + n}.png`, original_name: `n${from + n}.png`, file_path: `2024/04/s${from + n}.png`, file_size: '12', created_at: '2024-04-05 06:07:08' }));
const pageOf = (data: readonly unknown[], page: number, total: number, pages: number): Page => ({ json: { success: true, code: 200, data, pagination: { current_page: page, per_page: 100, total, total_pages: pages } } });

describe('taking over what a host lists', () => {
  it('knows its own uploads again and adds what others uploaded', async () => {
    const mine = await open();
    await mine.upload(3);
    const other = await open();
    await other.upload(4);
    const operations = mine.operations({ timers: quick });
    const { id } = operations.importRemote(mine.accountId);
    expect(await operations.finished(id)).toMatchObject({ kind: 'import_remote', state: 'done', subject: 'test', total: 7, done: 7, outcomes: { known: 3, added: 4 }, problem: null });
    expect(mine.services.library.rows(EVERYTHING, 0, 10)).toHaveLength(7);
    expect(mine.services.library.rows(EVERYTHING, 0, 10).filter(({ hasDeleteLink }) => hasDeleteLink)).toHaveLength(3);

    operations.retry(id);
    expect(await operations.finished(id)).toMatchObject({ state: 'done', total: 7, outcomes: { known: 7 } });
    expect(mine.services.library.rows(EVERYTHING, 0, 10)).toHaveLength(7);
  });

  it('goes page by page to the end, a hundred rows each', async () => {
    const site = await gallery((page) => pageOf(rows(page * 100, page === 12 ? 50 : 100), page, 1150, 12));
    const { accountId, operations } = await open(site.url);
    const made = operations({ timers: quick });
    const { id } = made.importRemote(accountId);
    expect(await made.finished(id)).toMatchObject({ state: 'done', total: 1150, outcomes: { added: 1150 } });
    expect(site.pages).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(new Set(site.sizes)).toEqual(new Set(['100']));
  });

  it('counts rows without an address and bears missing and odd fields', async () => {
    const odd = [{}, { id: 1 }, { id: 'x', filename: 7, file_path: null }, { file_path: 'javascript:alert(1)' }, { id: 5, file_path: '2024/ok.png', width: 'wide', views: null, created_at: 9 }, { id: 6, file_path: 'https://elsewhere.example/p.png', original_name: '' }];
    const site = await gallery((page) => pageOf(page === 1 ? odd : [], page, odd.length, 1));
    const { accountId, operations, services } = await open(site.url);
    const made = operations({ timers: quick });
    const { id } = made.importRemote(accountId);
    const ended = await made.finished(id);
    expect(ended.state).toBe('done');
    expect((ended.outcomes['added'] ?? 0) + (ended.outcomes['failed'] ?? 0)).toBe(ended.total);
    expect(ended.outcomes['failed']).toBeGreaterThanOrEqual(2);
    const urls = services.library.rows(EVERYTHING, 0, 10).map(({ url }) => url ?? '');
    expect(urls.every((url) => /^https?:/.test(url))).toBe(true);
    expect(made.items(id, 0, 10, ['failed']).items[0]?.problem).toMatchObject({ message: 'rowWithoutAddress' });
  });

  it('ends where a host gives the same page again and again, and where its figures are wrong', async () => {
    const same = await gallery((page) => pageOf(rows(1, 100), page, 5000, 50));
    const first = await open(same.url);
    const one = first.operations({ timers: quick });
    expect(await one.finished(one.importRemote(first.accountId).id)).toMatchObject({ state: 'done', total: 100, outcomes: { added: 100 } });
    expect(same.pages).toEqual([1, 2]);

    const short = await gallery((page) => pageOf(page <= 3 ? rows(page * 100, 100) : [], page, 300, 1));
    const second = await open(short.url);
    const two = second.operations({ timers: quick });
    expect(await two.finished(two.importRemote(second.accountId).id)).toMatchObject({ state: 'done', total: 300, outcomes: { added: 300 } });
    expect(short.pages).toEqual([1, 2, 3]);
  });

  it('waits when the host asks for it, and keeps what it has when the host fails', async () => {
    let refused = false;
    const site = await gallery((page) => {
      if (page === 2 && !refused) {
        refused = true;
        return { status: 429, json: { success: false, code: 429, error: 'slow down' }, retryAfter: '1' };
      }
      return page === 3 ? { status: 403, json: { success: false, code: 403, error: 'closed' } } : pageOf(rows(page * 100, 100), page, 300, 3);
    });
    const { accountId, services } = await open(site.url);
    const { operations } = services;
    const { id } = operations.importRemote(accountId);
    const ended = await operations.finished(id);
    expect(ended).toMatchObject({ state: 'done', outcomes: { added: 200 } });
    expect(ended.problem).not.toBeNull();
    expect(site.pages.slice(0, 3)).toEqual([1, 2, 2]);
  });

  it('stops between two pages when cancelled, and keeps what came', async () => {
    const site = await gallery((page) => pageOf(rows(page * 100, 100), page, 100_000, 1000));
    const { accountId, operations } = await open(site.url);
    const made = operations({ timers: quick });
    const { id } = made.importRemote(accountId);
    await vi.waitFor(() => expect(made.list()[0]?.done).toBeGreaterThanOrEqual(300));
    made.cancel(id);
    const ended = await made.finished(id);
    expect(ended).toMatchObject({ state: 'cancelled', outcomes: { added: ended.total } });
  });

  it('says that a host lists nothing before anything begins', async () => {
    const { services } = await open();
    const { id } = services.accounts.save({ name: 'i', provider: 'imgurl', url: host.urls.imgurl, settings: { uid: '1' }, secrets: { token: 'invented' } });
    expect(() => services.operations.importRemote(id)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ message: 'cannotList' }) as unknown }) as Error);
    expect(services.operations.list()).toEqual([]);
  });

  it('reads the single page of SM.MS once', async () => {
    await host.control.addStrangers(5);
    const { services, operations } = await open();
    const { id: accountId } = services.accounts.save({ name: 's', provider: 'smms', url: host.urls.smms, settings: {}, secrets: {} });
    const made = operations({ timers: quick });
    const { id } = made.importRemote(accountId);
    const ended = await made.finished(id);
    expect(ended).toMatchObject({ state: 'done', outcomes: { added: 5 }, total: 5 });
    expect(host.control.requests().filter(({ call }) => call === 'list')).toHaveLength(1);
  });
});
