import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcessPort } from '../services';
import type { Keychain } from './contract';
import { keychainInChild } from './keychain-in-child';
import { keyring } from './keyring';

export type KeychainFacts = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly children: ChildProcessPort;
};

/**
 * The keychain of the person's session (Windows credentials, macOS keychain, Secret Service), or null where none
 * can be there. Its native part is loaded with the first use. `PICFERRY_KEYCHAIN=off` switches it off.
 */
export function systemKeychain({ env, platform, children }: KeychainFacts): Keychain | null {
  if (env['PICFERRY_KEYCHAIN'] === 'off') return null;
  if (platform !== 'linux') return keyring();
  // A bus or a Secret Service that is silent would hold up everything else in this process, and its end.
  return hasSessionBus(env) ? keychainInChild(children) : null;
}

/** Asked without a bus, the D-Bus library would start one, and leave it running. */
const hasSessionBus = (env: KeychainFacts['env']): boolean => {
  const runtime = env['XDG_RUNTIME_DIR'];
  return Boolean(env['DBUS_SESSION_BUS_ADDRESS']) || (runtime !== undefined && existsSync(join(runtime, 'bus')));
};
