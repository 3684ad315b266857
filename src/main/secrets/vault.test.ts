import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVault, systemKeychain, type Keychain, type OpenedVault } from './index';
import { seal, unseal } from './seal';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picferry-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const memoryKeychain = (): Keychain & { readonly held: Map<string, string> } => {
  const held = new Map<string, string>();
  return {
    held,
    get: (name) => Promise.resolve(held.get(name) ?? null),
    set: (name, value) => Promise.resolve(void held.set(name, value)),
    remove: (name) => Promise.resolve(void held.delete(name)),
  };
};
const brokenKeychain: Keychain = { get: () => Promise.reject(new Error('no')), set: () => Promise.reject(new Error('no')), remove: () => Promise.reject(new Error('no')) };
const hungKeychain: Keychain = { get: () => new Promise(() => undefined), set: () => new Promise(() => undefined), remove: () => new Promise(() => undefined) };
const open = (keychain: Keychain | null): Promise<OpenedVault> => openVault({ folder, keychain, now: () => 0, keychainLimitMs: 50 });
const messages = ({ notices }: OpenedVault): readonly string[] => notices.map((notice) => notice.message);
const vaultFile = (): string => join(folder, 'vault.json');

describe('sealing', () => {
  const key = new Uint8Array(32).fill(7);

  it('gives back what was sealed, and never the same bytes twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        const sealed = seal(key, plain, context);
        expect(unseal(key, sealed, context)).toBe(plain);
        expect(Buffer.from(seal(key, plain, context)).equals(sealed)).toBe(false);
      }),
    );
  });

  it('opens nothing that was changed, shortened, moved or sealed with another key', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, flip) => {
        const sealed = seal(key, plain, 'here');
        const changed = Uint8Array.from(sealed);
        const index = at % changed.byteLength;
        changed[index] = (changed[index] ?? 0) ^ flip;
        expect(unseal(key, changed, 'here')).toBeUndefined();
        expect(unseal(key, sealed.subarray(0, index), 'here')).toBeUndefined();
        expect(unseal(key, sealed, 'there')).toBeUndefined();
        expect(unseal(new Uint8Array(32).fill(8), sealed, 'here')).toBeUndefined();
      }),
    );
  });
});

describe('the vault', () => {
  it('keeps its key in the keychain, and no value or key in its files', async () => {
    const keychain = memoryKeychain();
    const first = await open(keychain);
    expect([first.vault.state, messages(first)]).toEqual(['keychain', []]);
    first.vault.set('account/1/key', 'k-7391-invented');
    const sealed = first.vault.seal('https://h.example/delete/invented');
    const { vault } = await open(keychain);
    expect(vault.get('account/1/key')).toBe('k-7391-invented');
    expect(vault.open(sealed)).toBe('https://h.example/delete/invented');
    expect([...keychain.held.keys()]).toEqual([readFileSync(join(folder, 'folder-id'), 'utf8').trim()]);
    expect(readFileSync(vaultFile(), 'utf8')).not.toContain('k-7391');
    expect(statSync(vaultFile()).mode & 0o777).toBe(0o600);
  });

  it('falls back to a key file of mode 0600 where there is no keychain, or none that answers, and says so', async () => {
    for (const keychain of [null, brokenKeychain, hungKeychain, { ...memoryKeychain(), set: () => Promise.resolve() }]) {
      const opened = await open(keychain);
      expect([opened.vault.state, messages(opened)]).toEqual(['key-file', ['vaultKeyFile']]);
      opened.vault.set('a', 'x');
      expect((await open(keychain)).vault.get('a')).toBe('x');
      expect(statSync(join(folder, 'vault.key')).mode & 0o777).toBe(0o600);
      rmSync(join(folder, 'vault.key'));
      rmSync(vaultFile());
    }
  });

  it('is locked, and makes no new key, when the keychain that has the key is out of reach', async () => {
    const keychain = memoryKeychain();
    (await open(keychain)).vault.set('account/1/key', 'x');
    const before = readFileSync(vaultFile());
    for (const away of [null, brokenKeychain, hungKeychain, memoryKeychain()]) {
      const opened = await open(away);
      expect([opened.vault.state, messages(opened)]).toEqual(['locked', ['vaultLocked']]);
      expect(opened.vault.get('account/1/key')).toBeUndefined();
      expect(opened.vault.names('account/1/')).toEqual(['account/1/key']);
      expect(() => opened.vault.set('b', 'y')).toThrow(expect.objectContaining({ problem: expect.objectContaining({ message: 'vaultLocked' }) }));
      expect(() => opened.vault.seal('y')).toThrow();
      expect(readFileSync(vaultFile())).toEqual(before);
    }
    expect((await open(keychain)).vault.get('account/1/key')).toBe('x');
  });

  it('is locked when the key file is gone or another', async () => {
    (await open(null)).vault.set('a', 'x');
    writeFileSync(join(folder, 'vault.key'), Buffer.alloc(32).toString('base64'));
    expect((await open(null)).vault.state).toBe('locked');
    rmSync(join(folder, 'vault.key'));
    expect((await open(memoryKeychain())).vault.state).toBe('locked');
  });

  it('does not take a value that was moved to another name', async () => {
    const { vault } = await open(null);
    vault.set('a', 'one');
    vault.set('b', 'two');
    const content = JSON.parse(readFileSync(vaultFile(), 'utf8')) as { values: Record<string, string> };
    writeFileSync(vaultFile(), JSON.stringify({ ...content, values: { a: content.values['b'], b: '' } }));
    expect([vault.get('a'), vault.get('b')]).toEqual([undefined, undefined]);
  });

  it('keeps a corrupt file aside and goes on with the content before its last change', async () => {
    const { vault } = await open(null);
    vault.set('a', 'one');
    vault.set('b', 'two');
    writeFileSync(vaultFile(), '{"version":1,');
    const opened = await open(null);
    expect(messages(opened)).toEqual(['vaultRestored', 'vaultKeyFile']);
    expect([opened.vault.get('a'), opened.vault.get('b')]).toEqual(['one', undefined]);
    expect(readFileSync(String(opened.notices[0]?.params['file']), 'utf8')).toBe('{"version":1,');
  });

  it('finds its key again when the file with the values is lost, so that sealed delete links open', async () => {
    const keychain = memoryKeychain();
    const sealed = (await open(keychain)).vault.seal('link');
    rmSync(vaultFile());
    expect((await open(keychain)).vault.open(sealed)).toBe('link');
  });

  it('removes a secret and forgets it for other processes too', async () => {
    const { vault } = await open(null);
    const other = (await open(null)).vault;
    vault.set('account/1/key', 'x');
    vault.set('account/2/key', 'y');
    expect(other.names('account/')).toEqual(['account/1/key', 'account/2/key']);
    other.remove('account/1/key');
    expect([vault.get('account/1/key'), vault.get('account/2/key')]).toEqual([undefined, 'y']);
  });

  it('loses no value and makes one key when several processes start and write at once', async () => {
    await build({
      logLevel: 'silent',
      configFile: false,
      ssr: { noExternal: ['zod'] },
      build: { ssr: join(__dirname, 'open-vault.ts'), outDir: folder, emptyOutDir: false, rollupOptions: { output: { entryFileNames: 'vault.mjs' } } },
    });
    const script = join(folder, 'writer.mjs');
    writeFileSync(
      script,
      `import { openVault } from './vault.mjs';
      const { vault } = await openVault({ folder: process.argv[2], keychain: null, now: Date.now });
      for (let n = 0; n < 10; n += 1) vault.set(process.argv[3] + n, 'v' + n);`,
    );
    const run = promisify(execFile);
    await Promise.all(['a', 'b', 'c'].map((name) => run(process.execPath, [script, folder, name])));
    const { vault } = await open(null);
    expect(vault.state).toBe('key-file');
    for (const name of ['a', 'b', 'c']) for (let n = 0; n < 10; n += 1) expect(vault.get(`${name}${n}`)).toBe(`v${n}`);
  });
});

describe('the system keychain', () => {
  it('is not there when it is switched off or the session has no bus', () => {
    const children = { start: () => expect.fail('no process is needed') };
    expect(systemKeychain({ env: { PICFERRY_KEYCHAIN: 'off', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/x' }, platform: 'linux', children })).toBeNull();
    expect(systemKeychain({ env: { XDG_RUNTIME_DIR: folder }, platform: 'linux', children })).toBeNull();
    expect(systemKeychain({ env: { PICFERRY_KEYCHAIN: 'off' }, platform: 'darwin', children })).toBeNull();
  });
});
