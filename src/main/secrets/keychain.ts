import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Keychain } from './contract';

const SERVICE = 'Picferry';

export type KeychainFacts = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
};

/**
 * The keychain of the person's session (Windows credentials, macOS keychain, Secret Service), or null where none
 * can be there. Its native part is loaded with the first use. `PICFERRY_KEYCHAIN=off` switches it off.
 */
export function systemKeychain({ env, platform }: KeychainFacts): Keychain | null {
  if (env['PICFERRY_KEYCHAIN'] === 'off') return null;
  if (platform === 'linux' && !hasSessionBus(env)) return null;
  const entry = async (name: string): Promise<InstanceType<typeof import('@napi-rs/keyring').AsyncEntry>> => {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    // Without this it falls back to the kernel's keyring, which forgets everything when the computer restarts.
    return new AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } });
  };
  return {
    get: async (name) => (await (await entry(name)).getPassword()) ?? null,
    set: async (name, value) => (await entry(name)).setPassword(value),
    remove: async (name) => void (await (await entry(name)).deletePassword()),
  };
}

/** Asked without a bus, the D-Bus library would start one, and leave it running. */
const hasSessionBus = (env: KeychainFacts['env']): boolean => {
  const runtime = env['XDG_RUNTIME_DIR'];
  return Boolean(env['DBUS_SESSION_BUS_ADDRESS']) || (runtime !== undefined && existsSync(join(runtime, 'bus')));
};
