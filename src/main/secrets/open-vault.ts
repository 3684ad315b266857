import { join } from 'node:path';
import { codeOf } from '../../lib/atomic-file';
import type { Clock } from '../../lib/clock';
import { dataFolderId } from '../../lib/data-folder';
import { isFull } from '../../lib/full-disk';
import { tryLock, withLock } from '../../lib/file-lock';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Notice } from '../../shared/model/notice';
import type { Keychain, Vault } from './contract';
import { findKeyOf, findOrMakeKey, makeCheck, type KeyPlaces } from './find-key';
import { seal, unseal } from './seal';
import { createVaultFile, type VaultContent, type VaultFile } from './vault-file';

export type OpenVaultOptions = {
  /** The data folder's `store`. */
  readonly folder: string;
  /** Null where there is none, or where it is switched off. */
  readonly keychain: Keychain | null;
  readonly now: Clock;
  /** How long each question to the keychain may take; 4000 ms unless told. */
  readonly keychainLimitMs?: number;
};

export type OpenedVault = { readonly vault: Vault; readonly notices: readonly Notice[] };

const CONTEXT_LOOSE = 'sealed';
const contextOf = (name: string): string => `value:${name}`;

/**
 * Opens a data folder's vault, making key and file on first use. Where sealed values exist and their key cannot be had the
 * vault is `locked`: it opens nothing, takes nothing, and never makes another key. Rejects with `PicferryError`
 * kind `file` only when a new vault cannot be written.
 */
export async function openVault(options: OpenVaultOptions): Promise<OpenedVault> {
  const { folder, now } = options;
  const places: KeyPlaces = {
    keyFile: join(folder, 'vault.key'),
    keychain: options.keychain,
    limitMs: options.keychainLimitMs ?? 4000,
  };
  const file = createVaultFile(join(folder, 'vault.json'));
  const lock = join(folder, 'vault.lock');
  const notices: Notice[] = [];
  let found = file.find(now());
  if (found.state === 'corrupt') notices.push(notice('vaultCorrupt', 'error', { file: found.aside }, now()));
  if (found.state === 'restored') notices.push(notice('vaultRestored', 'warning', { file: found.aside }, now()));
  if (found.state === 'missing' || found.state === 'corrupt') {
    await makeVault(file, lock, places, folder, now);
    found = file.find(now());
  }
  const content = 'content' in found ? found.content : undefined;
  const key = content === undefined ? undefined : await findKeyOf(content, places);
  if (key === undefined) notices.push(notice('vaultLocked', 'error', {}, now()));
  else if (key.place.place === 'file') notices.push(notice('vaultKeyFile', 'warning', {}));
  return { vault: createVault(file, lock, key?.key, key?.place.place === 'keychain' ? 'keychain' : 'key-file', now), notices };
}

/** Makes key and file, once, even if two processes are at it. */
async function makeVault(file: VaultFile, lock: string, places: KeyPlaces, folder: string, now: Clock): Promise<void> {
  try {
    const release = await waitForLock(lock, places.limitMs * 4);
    try {
      if (file.read() !== undefined) return;
      const { key, place } = await findOrMakeKey(dataFolderId(folder), places, now());
      file.write({ version: 1, key: place, check: makeCheck(key), values: {} });
    } finally {
      release();
    }
  } catch (error) {
    throw notSaved(error, now());
  }
}

async function waitForLock(lock: string, limitMs: number): Promise<() => void> {
  const end = performance.now() + limitMs;
  for (;;) {
    const release = tryLock(lock);
    if (release !== undefined) return release;
    if (performance.now() > end) throw new Error('another process holds the vault');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function createVault(file: VaultFile, lock: string, key: Uint8Array | undefined, place: 'keychain' | 'key-file', now: Clock): Vault {
  const unlocked = (): Uint8Array => {
    if (key === undefined) throw new PicferryError(problemOf({ kind: 'file', sub: 'vaultLocked', message: 'vaultLocked', retryable: true }, now()));
    return key;
  };
  const values = (): VaultContent['values'] => file.read()?.values ?? {};
  const change = (edit: (values: Record<string, string>) => void): void => {
    try {
      withLock(lock, () => {
        const content = file.read();
        if (content === undefined) throw new Error('the vault file is gone');
        const next = { ...content.values };
        edit(next);
        file.write({ ...content, values: next });
      });
    } catch (error) {
      throw notSaved(error, now());
    }
  };
  return {
    state: key === undefined ? 'locked' : place,
    get(name) {
      const sealed = own(values(), name);
      return sealed === undefined || key === undefined ? undefined : unseal(key, Buffer.from(sealed, 'base64'), contextOf(name));
    },
    set(name, value) {
      const sealed = Buffer.from(seal(unlocked(), value, contextOf(name))).toString('base64');
      change((next) => void (next[name] = sealed));
    },
    remove(name) {
      if (own(values(), name) === undefined) return;
      change((next) => void delete next[name]);
    },
    names: (prefix) => Object.keys(values()).filter((name) => name.startsWith(prefix)),
    seal: (plain) => seal(unlocked(), plain, CONTEXT_LOOSE),
    open: (sealed) => (key === undefined ? undefined : unseal(key, sealed, CONTEXT_LOOSE)),
  };
}

const own = (values: VaultContent['values'], name: string): string | undefined => (Object.hasOwn(values, name) ? values[name] : undefined);

const notSaved = (error: unknown, at: number): PicferryError => {
  const code = codeOf(error) || null;
  return new PicferryError(problemOf({ kind: 'file', message: isFull(code) ? 'secretsDiskFull' : 'secretsNotSaved', detail: code, retryable: true }, at), { cause: error });
};

const notice = (message: string, level: Notice['level'], params: Notice['params'], at?: number): Notice => ({
  // Putting away a lasting state is for good; an event of this one time hides no later one.
  id: at === undefined ? message : `${message}:${at}`,
  level,
  message,
  params,
});
