import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DOCUMENT, runningWorld, type Installation } from '../../../../test/sync/running-world';

const { host, head, running } = runningWorld();

const ACCOUNT = DOCUMENT.account;
const SETTINGS = { account: ACCOUNT, fileKey: 'picferry-settings' } as const;
const ACCOUNTS = { account: ACCOUNT, fileKey: 'picferry-accounts' } as const;
const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check);

const change = ({ settings }: Installation, part: Partial<ReturnType<Installation['settings']['current']>>): void => settings.update((current) => ({ ...current, ...part }));
const account = (name: string) => ({ id: `id-${name}`, name, provider: 'smms', url: 'https://smms.example', settings: {}, createdAt: 1 }) as const;

describe("Picferry's own settings", () => {
  it('stay on this computer until a person switches them on', async () => {
    const one = await running();
    change(one, { theme: 'dark' });
    await one.service.runAll();
    expect([one.service.view().builtIn, head(SETTINGS.fileKey)]).toEqual([[], undefined]);
  });
  it('are the same on two devices once both chose, and what belongs to a computer stays there', async () => {
    const [a, b] = [await running(), await running()];
    change(a, { theme: 'dark', hostPort: 23_456 });
    await a.service.setBuiltIn(ACCOUNT, 'settings', true);
    await until(() => expect(head(SETTINGS.fileKey)).toMatchObject({ theme: 'dark' }));
    expect(Object.keys(head(SETTINGS.fileKey) as object)).not.toContain('hostPort');

    change(b, { linkFormat: 'html' });
    await b.service.setBuiltIn(ACCOUNT, 'settings', true);
    await until(() => expect(b.service.view().documents).toMatchObject([{ kind: 'settings', state: 'first-choice' }]));
    expect(b.settings.current()).toMatchObject({ theme: 'system', linkFormat: 'html' });
    await b.service.begin(SETTINGS, 'use-cloud');
    await until(() => expect(b.settings.current()).toMatchObject({ theme: 'dark', linkFormat: 'markdown', hostPort: null }));

    change(b, { copyWhenDone: false });
    await until(() => expect(head(SETTINGS.fileKey)).toMatchObject({ copyWhenDone: false }));
    change(a, { concurrency: 2 });
    await until(() => expect(head(SETTINGS.fileKey)).toMatchObject({ copyWhenDone: false, concurrency: 2 }));
    await b.service.runAll();
    for (const one of [a, b]) await until(() => expect(one.settings.current()).toMatchObject({ theme: 'dark', copyWhenDone: false, concurrency: 2 }));
  });
  it('leave alone what a newer Picferry wrote, and keep it in the document', async () => {
    const one = await running();
    await one.service.setBuiltIn(ACCOUNT, 'settings', true);
    await until(() => expect(one.service.view().documents).toMatchObject([{ state: 'up-to-date' }]));
    host().control.documents.pushAs({ file_key: SETTINGS.fileKey, device_id: 'newer', content: { ...(head(SETTINGS.fileKey) as object), theme: 'sepia', hologram: { on: true } } });
    await one.service.runAll();
    change(one, { encodeLinks: false });
    await until(() => expect(head(SETTINGS.fileKey)).toMatchObject({ theme: 'sepia', hologram: { on: true }, encodeLinks: false }));
    expect(one.settings.current().theme).toBe('system');
  });
  it.each([
    ['broken', (file: string): void => writeFileSync(file, '{"theme": ')],
    ['no document', (file: string): void => writeFileSync(file, '[]')],
    ['gone', (file: string): void => rmSync(file)],
    ['gone with what is known of it', (file: string): void => ['', '.met'].forEach((end) => rmSync(`${file}${end}`))],
  ])('are neither emptied nor changed for others by a file that is %s', async (_, harm) => {
    const one = await running();
    change(one, { theme: 'dark' });
    await one.service.setBuiltIn(ACCOUNT, 'settings', true);
    await until(() => expect(one.service.view().documents).toMatchObject([{ state: 'up-to-date' }]));
    host().control.documents.pushAs({ file_key: SETTINGS.fileKey, device_id: 'newer', content: { ...(head(SETTINGS.fileKey) as object), hologram: 1 } });
    await one.service.runAll();
    const before = head(SETTINGS.fileKey);
    harm(one.service.view().documents[0]?.path ?? '');
    await one.service.runAll();
    expect(head(SETTINGS.fileKey)).toEqual(before);
    change(one, { encodeLinks: false });
    await until(() => expect(head(SETTINGS.fileKey)).toEqual({ ...(before as object), encodeLinks: false }));
  });
  it('go no further when they are switched off again', async () => {
    const one = await running();
    await one.service.setBuiltIn(ACCOUNT, 'settings', true);
    await until(() => expect(head(SETTINGS.fileKey)).toBeDefined());
    await one.service.setBuiltIn(ACCOUNT, 'settings', false);
    change(one, { theme: 'dark' });
    await one.service.runAll();
    expect([one.service.view(), head(SETTINGS.fileKey)]).toMatchObject([{ builtIn: [], documents: [] }, { theme: 'system' }]);
  });
});

describe('accounts', () => {
  it('come to another device without their keys, once each, and stay there when they are removed elsewhere', async () => {
    const [a, b] = [await running(), await running()];
    change(a, { accounts: [account('one'), account('twin')] });
    change(b, { accounts: [{ ...account('twin'), id: 'made-by-hand' }] });
    await a.service.setBuiltIn(ACCOUNT, 'accounts', true);
    await until(() => expect(head(ACCOUNTS.fileKey)).toEqual({ 'id-one': expect.anything() as unknown, 'id-twin': expect.anything() as unknown }));
    await b.service.setBuiltIn(ACCOUNT, 'accounts', true);
    await until(() => expect(b.service.view().documents).toMatchObject([{ state: 'first-choice' }]));
    await b.service.begin(ACCOUNTS, 'merge');
    await until(() => expect(b.settings.current().accounts.map(({ id }) => id)).toEqual(['made-by-hand', 'id-one']));

    change(a, { accounts: [account('twin')] });
    a.accountsChanged();
    await until(() => expect(head(ACCOUNTS.fileKey)).not.toHaveProperty('id-one'));
    await b.service.runAll();
    expect(b.settings.current().accounts.map(({ id }) => id)).toContain('id-one');
  });
  it('that mean another Picferry on this computer go nowhere, and none is taken', async () => {
    const [a, b] = [await running(), await running()];
    const other = { ...account('other'), provider: 'picferry', url: '', settings: { folder: '/home/me/second' } } as const;
    change(a, { accounts: [account('one'), other] });
    await a.service.setBuiltIn(ACCOUNT, 'accounts', true);
    await until(() => expect(head(ACCOUNTS.fileKey)).toEqual({ 'id-one': expect.anything() as unknown }));
    const { id, ...told } = other;
    host().control.documents.pushAs({ file_key: ACCOUNTS.fileKey, device_id: 'elsewhere', content: { ...(head(ACCOUNTS.fileKey) as object), [id]: told } });
    await b.service.setBuiltIn(ACCOUNT, 'accounts', true);
    await until(() => expect(b.settings.current().accounts.map(({ name }) => name)).toEqual(['one']));
    await a.service.runAll();
    expect(a.settings.current().accounts).toEqual([account('one'), other]);
    await until(() => expect(head('picferry-index')).toHaveProperty(ACCOUNTS.fileKey));
  });
  it('never carry a secret or a delete link', async () => {
    const one = await running();
    change(one, { accounts: [account('one')] });
    await one.service.setBuiltIn(ACCOUNT, 'accounts', true);
    await until(() => expect(head(ACCOUNTS.fileKey)).toEqual({ 'id-one': { name: 'one', provider: 'smms', url: 'https://smms.example', settings: {}, createdAt: 1 } }));
    const texts = readdirSync(join(one.file, '..'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json') && name.startsWith(`${one.name}-own`)).map((name) => readFileSync(join(one.file, '..', name), 'utf8'));
    expect(texts.join('')).not.toContain(host().keys.wizs);
    // The list of documents is on its way, too: it would arrive in the next test's host.
    await until(() => expect(head('picferry-index')).toHaveProperty(ACCOUNTS.fileKey));
  });
});

describe('the list of documents of an account', () => {
  it('lets a second device find the documents of the first, and stays out of sight', async () => {
    const [a, b] = [await running(), await running()];
    a.write({ n: 1 });
    await a.service.add(DOCUMENT, a.file);
    await until(() => expect(head('picferry-index')).toHaveProperty('doc'));
    expect(await b.service.indexed(ACCOUNT)).toEqual([{ fileKey: 'doc', name: `${a.name}.json`, kind: 'file', here: false, elsewhere: true }]);
    await b.service.add(DOCUMENT, b.file);
    await until(() => expect(b.read()).toEqual({ n: 1 }));
    expect(await b.service.indexed(ACCOUNT)).toMatchObject([{ fileKey: 'doc', here: true }]);
    for (const { service } of [a, b]) {
      expect(service.view().documents.map(({ fileKey }) => fileKey)).toEqual(['doc']);
      expect((await service.list()).map(({ fileKey }) => fileKey)).toEqual(['doc']);
    }
    await a.service.remove(DOCUMENT);
    await a.service.runAll();
    expect(head('picferry-index')).toHaveProperty('doc');
  });

  it('says of a document that was removed from a device who else syncs it, and offers none that the host has not', async () => {
    const [a, b, c] = [await running(), await running(), await running()];
    a.write({ n: 1 });
    await a.service.add(DOCUMENT, a.file);
    await until(() => expect(head('picferry-index')).toHaveProperty('doc'));
    await b.service.add(DOCUMENT, b.file);
    const on = (): number => Object.keys((head('picferry-index') as Record<string, { on?: object }>)['doc']?.on ?? {}).length;
    await until(() => expect(on()).toBe(2));
    const offered = async (one: typeof a): Promise<unknown> => (await one.service.indexed(ACCOUNT)).map(({ fileKey, here, elsewhere }) => [fileKey, here, elsewhere]);
    expect([await offered(a), await offered(c)]).toEqual([[['doc', true, true]], [['doc', false, true]]]);
    await a.service.remove(DOCUMENT);
    await a.service.runAll();
    await until(() => expect(on()).toBe(1));
    expect([await offered(a), await offered(b), await offered(c)]).toEqual([[['doc', false, true]], [['doc', true, false]], [['doc', false, true]]]);
    await b.service.remove(DOCUMENT);
    await b.service.runAll();
    await until(() => expect(on()).toBe(0));
    expect([await offered(a), await offered(b), await offered(c)]).toEqual([[['doc', false, false]], [['doc', false, false]], [['doc', false, false]]]);
    // It comes back where it was only removed from the device.
    await a.service.add(DOCUMENT, a.file);
    await until(() => expect(on()).toBe(1));
    expect([await offered(a), await offered(b)]).toEqual([[['doc', true, false]], [['doc', false, true]]]);
    await a.service.remove(DOCUMENT);
    host().control.documents.rollBack({ file_key: 'doc', version: 0 });
    expect([await offered(a), await offered(b)]).toEqual([[], []]);
  });

  it('has keys that no file gets, and says what to do where an older Picferry gave one to a file', async () => {
    const one = await running();
    one.write({ n: 1 });
    for (const fileKey of ['picferry-settings', 'picferry-accounts', 'picferry-index', 'picferry-library.abc', 'Picferry-Settings']) {
      await expect(one.service.add({ account: ACCOUNT, fileKey }, one.file)).rejects.toMatchObject({ problem: { message: 'syncKeyReserved', params: { key: fileKey } } });
    }
    expect(one.service.view().documents).toEqual([]);

    await one.service.setBuiltIn(ACCOUNT, 'settings', true);
    await until(() => expect(one.service.view().documents).toMatchObject([{ state: 'up-to-date' }]));
    await one.sync.close();
    const folder = join(dirname(one.file), one.name);
    const records = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('record.json')).map((name) => join(folder, name));
    for (const path of records) writeFileSync(path, readFileSync(path, 'utf8').replace('"kind":"settings"', '"kind":"file"'));
    const { service } = await running(one.name);
    await expect(service.setBuiltIn(ACCOUNT, 'settings', true)).rejects.toMatchObject({ problem: { message: 'syncKeyInWay', params: { key: SETTINGS.fileKey } } });
    await service.remove(SETTINGS);
    await service.setBuiltIn(ACCOUNT, 'settings', true);
    expect(service.view().builtIn).toEqual([{ account: ACCOUNT, kind: 'settings' }]);
  });
});
