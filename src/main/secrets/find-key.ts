import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf, createFileAtomic, keepAside } from '../../lib/atomic-file';
import type { Keychain } from './contract';
import { KEY_BYTES, seal, unseal } from './seal';
import type { VaultContent } from './vault-file';

export type FoundKey = { readonly key: Uint8Array; readonly place: VaultContent['key'] };

export type KeyPlaces = {
  /** Where the key file lies, for computers without a keychain. */
  readonly keyFile: string;
  readonly keychain: Keychain | null;
  /** How long each question to the keychain may take, in milliseconds. */
  readonly limitMs: number;
};

const CHECK_TEXT = 'picferry';
const CHECK_CONTEXT = 'check';

export const makeCheck = (key: Uint8Array): string => Buffer.from(seal(key, CHECK_TEXT, CHECK_CONTEXT)).toString('base64');
const fits = (key: Uint8Array, check: string): boolean => unseal(key, Buffer.from(check, 'base64'), CHECK_CONTEXT) === CHECK_TEXT;

/** The key that an existing vault was sealed with, wherever it lies now; undefined when it cannot be had. */
export async function findKeyOf(content: VaultContent, places: KeyPlaces): Promise<FoundKey | undefined> {
  if (content.key.place === 'keychain') {
    const key = await askKeychain(places, content.key.entry);
    if (key instanceof Uint8Array && fits(key, content.check)) return { key, place: content.key };
  }
  const key = readKeyFile(places.keyFile);
  return key !== undefined && fits(key, content.check) ? { key, place: { place: 'file' } } : undefined;
}

/**
 * The key for a data folder that has no vault file: one that is there already (the vault file was lost) or a new one,
 * in the keychain if it takes and gives it back, else in the key file. Throws the system's error when neither can be.
 */
export async function findOrMakeKey(entry: string, places: KeyPlaces, now: number): Promise<FoundKey> {
  const known = readKeyFile(places.keyFile);
  if (known !== undefined) return { key: known, place: { place: 'file' } };
  const stored = await askKeychain(places, entry);
  if (stored instanceof Uint8Array) return { key: stored, place: { place: 'keychain', entry } };
  const key = randomBytes(KEY_BYTES);
  if (stored === 'nothing' && (await keepInKeychain(places, entry, key))) return { key, place: { place: 'keychain', entry } };
  return { key: makeKeyFile(places.keyFile, key, now), place: { place: 'file' } };
}

async function askKeychain(places: KeyPlaces, entry: string): Promise<Uint8Array | 'nothing' | 'out-of-reach'> {
  const { keychain } = places;
  if (keychain === null) return 'out-of-reach';
  try {
    const text = await within(places.limitMs, (signal) => keychain.get(entry, signal));
    if (text === null) return 'nothing';
    return decodeKey(text) ?? 'out-of-reach';
  } catch {
    // Why a keychain refuses is its own affair: to us it is out of reach, which the vault's state says.
    return 'out-of-reach';
  }
}

async function keepInKeychain(places: KeyPlaces, entry: string, key: Uint8Array): Promise<boolean> {
  const { keychain } = places;
  if (keychain === null) return false;
  try {
    await within(places.limitMs, (signal) => keychain.set(entry, Buffer.from(key).toString('base64'), signal));
  } catch {
    return false;
  }
  // Some services say yes and keep nothing.
  const back = await askKeychain(places, entry);
  return back instanceof Uint8Array && Buffer.from(back).equals(key);
}

function readKeyFile(path: string): Uint8Array | undefined {
  try {
    return decodeKey(readFileSync(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return undefined;
  }
}

function makeKeyFile(path: string, key: Uint8Array, now: number): Uint8Array {
  const text = `${Buffer.from(key).toString('base64')}\n`;
  if (createFileAtomic(path, text, { mode: 0o600 })) return key;
  const other = readKeyFile(path);
  if (other !== undefined) return other;
  keepAside(path, 'corrupt', now);
  if (createFileAtomic(path, text, { mode: 0o600 })) return key;
  throw new Error('the key file cannot be made');
}

const decodeKey = (text: string): Uint8Array | undefined => {
  const key = Buffer.from(text.trim(), 'base64');
  return key.byteLength === KEY_BYTES ? key : undefined;
};

/** Rejects when the work takes longer, and tells it so. */
function within<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      late.abort();
      reject(new Error('the keychain did not answer'));
    }, limitMs);
    work(late.signal).then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
