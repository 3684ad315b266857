import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { THIS_COMPUTER, type AccountDraft } from '../../shared/model/account';
import { Settings } from '../../shared/model/settings';
import type { SettingDeclaration } from '../../shared/model/provider';
import { ProviderError } from '../providers';
import type { Provider, ProviderConfig, ProviderDefinition, ProviderDeps, ProviderRegistry } from '../providers/contract';
import type { Http } from '../providers/http';
import { openVault, type Vault } from '../secrets';
import { createSettings, type SettingsService, type SettingsStore } from '../settings';
import { createAccounts, type AccountsService } from './index';

const words = { en: '', 'zh-CN': '' };
const common = { label: words, help: words, advanced: false };
const declared: readonly SettingDeclaration[] = [
  { ...common, key: 'token', type: 'secret', required: true },
  { ...common, key: 'album', type: 'text', required: false, default: '' },
  { ...common, key: 'maxBytes', type: 'number', required: false, default: null, min: 1, max: 1000, unit: 'bytes' },
  { ...common, key: 'allowHttp', type: 'switch', required: false, default: false },
  { ...common, key: 'keyIn', type: 'choice', required: false, default: 'auto', choices: [{ value: 'auto', label: words }, { value: 'header', label: words }] },
];

let folder: string;
let vault: Vault;
let settings: SettingsService;
let accounts: AccountsService;
let diskFull = false;
let canUpload = true;
let hostStarts = 0;
let neighbour: { readonly folder: string; start: () => Promise<{ readonly url: string; readonly key: string }> };
/** What the client of a host says when asked to delete. */
let refusal: (key: string) => Error | null = () => null;
let made: { readonly config: ProviderConfig; readonly deps: ProviderDeps }[] = [];

const definition = (id: ProviderDefinition['id'], list: readonly SettingDeclaration[]): ProviderDefinition => ({
  id,
  name: words,
  defaultUrl: 'https://default.example',
  notice: null,
  settings: list,
  endpoints: [],
  capabilities: (values) => ({ images: true, video: false, albums: true, uploadIntoAlbum: true, list: 'none', clearList: false, deleteByLink: true, sync: false, anonymous: false, extensions: [], maxBytes: values['maxBytes'] as number | null, warnBytes: null }),
  prefill: (url) => (url.includes('known') ? { maxBytes: 77 } : {}),
  create(config, deps): Provider {
    made.push({ config, deps });
    return {
      upload: () => Promise.reject(new Error('not here')),
      test: () => Promise.resolve({ canUpload, steps: [] }),
      remove(target) {
        const refused = refusal(config.secrets['key'] ?? '');
        return refused === null ? Promise.resolve({ status: 'deleted', evidence: `${config.url} ${config.secrets['key'] ?? ''} ${target.deleteUrl}` }) : Promise.reject(refused);
      },
      albums: () => Promise.resolve([]),
    };
  },
});
const registry: ProviderRegistry = {
  descriptors: () => [],
  definition: (id) => id === 'picferry' ? { ...definition(id, [{ ...common, key: 'folder', type: 'text', required: true, default: '' }]), byFolder: true } : definition(id, id === 'wizs' ? [{ ...common, key: 'flavour', type: 'text', required: false, default: 'wizs' }] : declared),
  checkUrl: (_id, url) => ({ url: url.replace(/\/+$/, ''), problem: url === 'https://lone' ? 'no-dot' : url.startsWith('http://10.') ? 'http-private' : url.startsWith('http://') ? 'http-public' : url.startsWith('https://') ? 'none' : 'malformed' }),
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-accounts-'));
  diskFull = false;
  canUpload = true;
  hostStarts = 0;
  neighbour = { folder: '/second', start: () => Promise.resolve({ url: 'http://127.0.0.1:4712', key: 'theirs' }) };
  refusal = () => null;
  made = [];
  vault = (await openVault({ folder, keychain: null, now: () => 0 })).vault;
  const store: SettingsStore = {
    read: () => ({}),
    write: () => {
      if (diskFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  };
  settings = createSettings(store, { settings: Settings.parse({}), readOnly: false }, () => 0);
  accounts = start();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const start = (): AccountsService =>
  createAccounts({
    settings,
    vault,
    registry,
    http: {} as Http,
    thisComputer: {
      start: () => {
        hostStarts += 1;
        return Promise.resolve({ url: 'http://127.0.0.1:4711', key: `key-${hostStarts}` });
      },
    },
    neighbours: {
      isSame: (one, other) => one === other || [one, other].every((each) => ['/second', '/link'].includes(each)),
      judge: (typed) => ({ folder: typed.replace(/\/+$/, ''), problem: typed === '/own' ? 'own' : typed === '/empty' ? 'no-data' : 'none' }),
      at: (path) => ({ start: () => (path === neighbour.folder ? neighbour.start() : Promise.reject(new Error(`nobody is at ${path}`))) }),
    },
    memoryFile: join(folder, 'account-memory.json'),
    now: () => 9,
    newId: () => `id-${(count += 1)}`,
    retry: (work, signal) => work(signal),
  });
const draft = (part: Partial<AccountDraft> = {}): AccountDraft => ({ name: 'blog', provider: 'imgurl', url: 'https://h.example/', settings: {}, secrets: { token: 'invented' }, ...part });
const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof PicferryError) return `${error.problem.kind} ${error.problem.message}`;
    throw error;
  }
  return 'nothing thrown';
};
const signal = new AbortController().signal;

describe('accounts', () => {
  it('begin with this computer as the default, which cannot be changed or removed', () => {
    expect(accounts.list()).toHaveLength(1);
    expect(accounts.default()).toMatchObject({ id: THIS_COMPUTER, name: 'this-computer', onlyThisComputer: true, isDefault: true, capabilities: { maxBytes: null } });
    expect(messageOf(() => accounts.remove(THIS_COMPUTER))).toBe('bad_request accountBuiltIn');
    expect(messageOf(() => accounts.save(draft({ id: THIS_COMPUTER, provider: 'wizs' })))).toBe('bad_request accountBuiltIn');
    expect(messageOf(() => accounts.save(draft({ name: 'This-Computer' })))).toBe('bad_request nameTaken');
  });

  it('make the first real one the default, later ones not, and none against a choice by hand', () => {
    const first = accounts.save(draft());
    accounts.save(draft({ name: 'second' }));
    expect(accounts.default().id).toBe(first.id);
    accounts.setDefault(THIS_COMPUTER, true);
    accounts.remove(first.id);
    accounts.save(draft({ name: 'third' }));
    expect(accounts.default().id).toBe(THIS_COMPUTER);
  });

  it('fall back to another default when the default is removed', () => {
    const first = accounts.save(draft());
    const second = accounts.save(draft({ name: 'second' }));
    accounts.setDefault(first.id, true);
    accounts.remove(first.id);
    expect(accounts.default().id).toBe(second.id);
  });

  it('that came without their keys are no default by themselves until their keys are given', () => {
    const come = { id: 'came', name: 'came', provider: 'imgurl', url: 'https://h.example', settings: {}, createdAt: 1 } as const;
    accounts.adopt(come, {});
    expect(accounts.default().id).toBe(THIS_COMPUTER);
    // One that is removed leaves nothing to it.
    const mine = accounts.save(draft({ name: 'mine' }));
    expect(accounts.default().id).toBe(mine.id);
    accounts.remove(mine.id);
    expect(accounts.default().id).toBe(THIS_COMPUTER);
    accounts.save(draft({ id: 'came', name: 'came' }));
    expect(accounts.default().id).toBe('came');
  });

  it('that come with their keys are the default where there is none, and displace none', () => {
    const come = { name: 'came', provider: 'imgurl', url: 'https://h.example', settings: {}, createdAt: 1 } as const;
    accounts.adopt({ ...come, id: 'first' }, { token: 'invented' });
    accounts.adopt({ ...come, id: 'second' }, { token: 'invented' });
    expect(accounts.default().id).toBe('first');
    accounts.setDefault(THIS_COMPUTER, true);
    accounts.save(draft({ id: 'second', name: 'second' }));
    expect(accounts.default().id).toBe(THIS_COMPUTER);
  });

  it('keep secrets in the vault and show only that they are set', () => {
    const saved = accounts.save(draft());
    expect(saved.secretsSet).toEqual(['token']);
    expect(JSON.stringify([accounts.list(), settings.current()])).not.toContain('invented');
    expect(accounts.config(saved.id).secrets).toEqual({ token: 'invented' });
    accounts.save(draft({ id: saved.id, secrets: {} }));
    expect(accounts.config(saved.id).secrets).toEqual({ token: 'invented' });
    expect(messageOf(() => accounts.save(draft({ id: saved.id, secrets: { token: '' } })))).toBe('bad_request settingRequired');
    accounts.remove(saved.id);
    expect(vault.names('account/')).toEqual([]);
  });

  it('take settings of the declared kinds, also as text, and refuse all else by name', () => {
    const saved = accounts.save(draft({ settings: { maxBytes: '12', allowHttp: 'true', keyIn: 'header', album: 7 } }));
    expect(accounts.config(saved.id).settings).toEqual({ maxBytes: 12, allowHttp: true, keyIn: 'header', album: '7' });
    const bad = [{ maxBytes: 0 }, { maxBytes: 'x' }, { maxBytes: 1.5 }, { allowHttp: 'maybe' }, { keyIn: 'sky' }, { album: true }];
    for (const settings of bad) expect(messageOf(() => accounts.save(draft({ name: 'x', settings })))).toBe('bad_request badSetting');
    expect(messageOf(() => accounts.save(draft({ name: 'x', settings: { nonsense: 1 } })))).toBe('bad_request unknownSetting');
    expect(messageOf(() => accounts.save(draft({ name: 'x', settings: { token: 'x' } })))).toBe('bad_request unknownSetting');
    expect(messageOf(() => accounts.save(draft({ name: 'x', secrets: { token: 'x', other: 'x' } })))).toBe('bad_request unknownSetting');
    expect(messageOf(() => accounts.save(draft({ name: 'x', secrets: {} })))).toBe('bad_request settingRequired');
    expect(accounts.list()).toHaveLength(2);
  });

  it('judge the address, and take http in a private network only after a yes', () => {
    expect(messageOf(() => accounts.save(draft({ url: 'nonsense' })))).toBe('bad_request badUrl');
    expect(messageOf(() => accounts.save(draft({ url: 'https://lone' })))).toBe('bad_request urlNoDot');
    expect(messageOf(() => accounts.save(draft({ url: 'http://h.example', settings: { allowHttp: true } })))).toBe('bad_request httpPublic');
    expect(messageOf(() => accounts.save(draft({ url: 'http://10.0.0.1' })))).toBe('bad_request httpPrivate');
    expect(accounts.save(draft({ url: 'http://10.0.0.1/', settings: { allowHttp: true } })).url).toBe('http://10.0.0.1');
    expect(accounts.save(draft({ name: 'empty', url: '' })).url).toBe('https://default.example');
    expect(accounts.save(draft({ name: 'known', url: 'https://known.example' })).settings['maxBytes']).toBe(77);
  });

  it('mean the same host when address and keys are the same', () => {
    const [one, twin, elsewhere, stranger] = [draft(), draft({ name: 'twin' }), draft({ name: 'elsewhere', url: 'https://g.example' }), draft({ name: 'stranger', secrets: { token: 'another' } })].map((each) => accounts.save(each).id) as [string, string, string, string];
    expect([one, twin, elsewhere, stranger, THIS_COMPUTER].map((id) => accounts.isSameHost(one, id))).toEqual([true, true, false, false, false]);
  });

  it('have names of their own, whatever the case, and keep their provider', () => {
    const saved = accounts.save(draft());
    expect(messageOf(() => accounts.save(draft({ name: 'BLOG' })))).toBe('bad_request nameTaken');
    expect(accounts.byName('Blog')?.id).toBe(saved.id);
    expect(accounts.save(draft({ id: saved.id, name: 'Blog', secrets: {} })).name).toBe('Blog');
    expect(messageOf(() => accounts.save(draft({ id: saved.id, provider: 'smms' })))).toBe('bad_request accountProviderFixed');
    expect(messageOf(() => accounts.save(draft({ id: 'nobody' })))).toBe('bad_request noAccount');
  });

  it('change nothing, secrets included, when the disk refuses', () => {
    const saved = accounts.save(draft());
    diskFull = true;
    expect(messageOf(() => accounts.save(draft({ id: saved.id, name: 'new', secrets: { token: 'other' } })))).toBe('file settingsDiskFull');
    expect(messageOf(() => accounts.save(draft({ name: 'another' })))).toBe('file settingsDiskFull');
    expect(accounts.byId(saved.id)?.name).toBe('blog');
    expect(accounts.config(saved.id).secrets).toEqual({ token: 'invented' });
    expect(vault.names('account/')).toHaveLength(1);
  });

  it('get a new client when their settings change, and only then', () => {
    const saved = accounts.save(draft());
    const client = accounts.provider(saved.id);
    expect(accounts.provider(saved.id)).toBe(client);
    accounts.save(draft({ id: saved.id, settings: { album: 'x' }, secrets: {} }));
    expect(accounts.provider(saved.id)).not.toBe(client);
    expect(made.at(-1)?.config).toMatchObject({ url: 'https://h.example', settings: { album: 'x' }, secrets: { token: 'invented' } });
  });

  it('remember what their provider found out until they change', () => {
    const saved = accounts.save(draft());
    accounts.provider(saved.id);
    made.at(-1)?.deps.memory.set('keyIn', 'field');
    expect(JSON.parse(readFileSync(join(folder, 'account-memory.json'), 'utf8'))).toEqual({ [saved.id]: { keyIn: 'field' } });
    start().provider(saved.id);
    expect(made.at(-1)?.deps.memory.get('keyIn')).toBe('field');
    accounts.save(draft({ id: saved.id, secrets: {} }));
    accounts.provider(saved.id);
    expect(made.at(-1)?.deps.memory.get('keyIn')).toBeUndefined();
  });

  it('stay paused until a test passes, they are saved, or a person lets them go on', async () => {
    const { id } = accounts.save(draft());
    const problem = problemOf({ kind: 'auth', message: 'authBad' }, 1);
    let told = 0;
    const off = accounts.onChange(() => (told += 1));
    accounts.pause(id, problem);
    expect(accounts.byId(id)?.paused).toEqual(problem);
    canUpload = false;
    await accounts.test({ id }, signal);
    expect(accounts.byId(id)?.paused).toEqual(problem);
    canUpload = true;
    await accounts.test({ id }, signal);
    expect(accounts.byId(id)?.paused).toBeNull();
    accounts.pause(id, problem);
    accounts.resume(id);
    accounts.resume(id);
    accounts.pause(id, problem);
    accounts.save(draft({ id, secrets: {} }));
    expect(accounts.byId(id)?.paused).toBeNull();
    off();
    expect([told, accounts.rev()]).toEqual([6, 7]);
  });

  it('are tested as drafts with the secrets that are already there, and nothing is kept', async () => {
    const saved = accounts.save(draft());
    await accounts.test({ draft: draft({ id: saved.id, url: 'https://other.example', secrets: {} }) }, signal);
    expect(made.at(-1)?.config).toMatchObject({ url: 'https://other.example', secrets: { token: 'invented' } });
    expect(accounts.byId(saved.id)?.url).toBe('https://h.example');
    await expect(accounts.test({ draft: draft({ name: 'x', url: 'nonsense' }) }, signal)).rejects.toMatchObject({ problem: { message: 'badUrl' } });
  });
});

describe('this computer', () => {
  it('starts its host before the first request and follows its new key', async () => {
    const client = accounts.provider(THIS_COMPUTER);
    expect(hostStarts).toBe(0);
    const first = await client.remove?.({ deleteUrl: 'd', imageUrl: null }, { signal });
    expect(first?.evidence).toBe('http://127.0.0.1:4711 key-1 d');
    expect((await client.remove?.({ deleteUrl: 'd', imageUrl: null }, { signal }))?.evidence).toBe('http://127.0.0.1:4711 key-2 d');
    expect(client.list).toBeUndefined();
  });
});

describe('another Picferry on this computer', () => {
  const other = (part: Partial<AccountDraft> = {}): AccountDraft => draft({ name: 'other', provider: 'picferry', url: '', settings: { folder: '/second/' }, secrets: {}, ...part });
  const remove = (id: string) => accounts.provider(id).remove?.({ deleteUrl: 'd', imageUrl: null }, { signal });
  const refused = (): Error => new ProviderError(problemOf({ kind: 'auth', message: 'authBad' }, 1), false, 'never');

  it('is known by its folder alone, without address and key, and its links open only here', () => {
    const saved = accounts.save(other({ url: 'https://ignored.example' }));
    expect(saved).toMatchObject({ url: '', settings: { folder: '/second' }, secretsSet: [], onlyThisComputer: true });
    expect(messageOf(() => accounts.save(other({ name: 'none', settings: {} })))).toBe('bad_request settingRequired');
    expect(messageOf(() => accounts.save(other({ name: 'me', settings: { folder: '/own' } })))).toBe('bad_request neighbourOwn');
    expect(messageOf(() => accounts.save(other({ name: 'new', settings: { folder: '/empty' } })))).toBe('bad_request neighbourNoData');
    expect(messageOf(() => accounts.save(other({ id: saved.id, settings: { folder: '/empty' } })))).toBe('bad_request neighbourNoData');
    expect(accounts.save(other({ id: saved.id, name: 'renamed', settings: { folder: '/second' } })).settings['folder']).toBe('/second');
  });

  it('is had by one account only, whatever path leads to its folder', () => {
    const saved = accounts.save(other());
    for (const folder of ['/second', '/second/', '/link']) expect(messageOf(() => accounts.save(other({ name: 'again', settings: { folder } })))).toBe('bad_request neighbourTaken');
    expect(messageOf(() => accounts.adopt({ id: 'p', name: 'again', provider: 'picferry', url: '', settings: { folder: '/link' }, createdAt: 1 }, {}))).toBe('bad_request neighbourTaken');
    expect(accounts.save(other({ id: saved.id, settings: { folder: '/link' } })).settings['folder']).toBe('/link');
    expect(accounts.save(other({ name: 'third', settings: { folder: '/third' } })).name).toBe('third');
  });

  it('never becomes the default by itself, and leaves that to the first real account', () => {
    const saved = accounts.save(other());
    expect(accounts.default().id).toBe(THIS_COMPUTER);
    const real = accounts.save(draft());
    expect(accounts.default().id).toBe(real.id);
    accounts.remove(real.id);
    expect(accounts.default().id).toBe(THIS_COMPUTER);
    accounts.setDefault(saved.id, true);
    expect(accounts.default().id).toBe(saved.id);
  });

  it('is asked for its address and key before each word, and once more when a key is refused that is old by then', async () => {
    const { id } = accounts.save(other());
    expect((await remove(id))?.evidence).toBe('http://127.0.0.1:4712 theirs d');
    const keys = ['old', 'new'];
    neighbour.start = () => Promise.resolve({ url: 'http://127.0.0.1:4712', key: keys.shift() ?? 'new' });
    refusal = (key) => (key === 'old' ? refused() : null);
    expect((await remove(id))?.evidence).toBe('http://127.0.0.1:4712 new d');
    refusal = refused;
    await expect(remove(id)).rejects.toMatchObject({ problem: { kind: 'auth' } });
  });

  it('that does not answer fails its test with the reason, as a host that cannot be reached', async () => {
    const { id } = accounts.save(other());
    neighbour.start = () => Promise.reject(new ProviderError(problemOf({ kind: 'network', message: 'neighbourAway', params: { folder: '/second' } }, 1), false, 'backoff'));
    expect(await accounts.test({ id }, signal)).toMatchObject({ canUpload: false, steps: [{ what: 'reach', result: 'fails', problem: { message: 'neighbourAway' } }] });
    expect(await accounts.test({ draft: other({ id }) }, signal)).toMatchObject({ canUpload: false });
    await expect(remove(id)).rejects.toMatchObject({ problem: { message: 'neighbourAway', params: { folder: '/second' } } });
  });
});
