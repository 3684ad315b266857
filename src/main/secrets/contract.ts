/** Where the vault's key lies: the OS keychain, a key file (mode 0600), or out of reach although sealed values exist. */
export type VaultState = 'keychain' | 'key-file' | 'locked';

/**
 * Sealed values (AES-256-GCM under a random vault key). Never logs, never throws a value.
 * `seal`/`open` are for values kept elsewhere (delete links in the library); `get`/`set` for named secrets.
 */
export interface Vault {
  readonly state: VaultState;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Names of the secrets that have a value and begin with `prefix`. */
  names(prefix: string): readonly string[];
  seal(plain: string): Uint8Array;
  /** Undefined when the value cannot be opened with this key. */
  open(sealed: Uint8Array): string | undefined;
}

/**
 * The system's store for small secrets, as the vault needs it. A rejection means that it cannot be reached or
 * refuses; `get` gives null when it surely holds nothing under that name. May take for ever: callers bound it, and
 * the signal tells it that nobody waits any longer.
 */
export interface Keychain {
  get(name: string, signal?: AbortSignal): Promise<string | null>;
  set(name: string, value: string, signal?: AbortSignal): Promise<void>;
  remove(name: string, signal?: AbortSignal): Promise<void>;
}
