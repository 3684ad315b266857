import type { Keychain } from './contract';

const SERVICE = 'Picferry';

/** The keychain as the native library reaches it. On Linux each call can block its thread while the service is silent. */
export function keyring(): Keychain {
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
