import type { Vault } from '../secrets';

/** The name of an account's secret in the vault; with an empty key the prefix of them all. */
export const secretName = (id: string, key: string): string => `account/${id}/${key}`;

/** An account's secrets by key, opened. */
export function secretsOf(vault: Vault, id: string): Readonly<Record<string, string>> {
  const prefix = secretName(id, '');
  return Object.fromEntries(vault.names(prefix).map((name) => [name.slice(prefix.length), vault.get(name) ?? '']));
}

/** Seals the secrets, then runs `work`; when that fails the secrets are as they were before. */
export function withSecrets(vault: Vault, id: string, secrets: Readonly<Record<string, string>>, work: () => void): void {
  const before = new Map(Object.keys(secrets).map((key) => [secretName(id, key), vault.get(secretName(id, key))]));
  const put = (name: string, value: string): void => (value === '' ? vault.remove(name) : vault.set(name, value));
  for (const [key, value] of Object.entries(secrets)) put(secretName(id, key), value);
  try {
    work();
  } catch (error) {
    for (const [name, value] of before) put(name, value ?? '');
    throw error;
  }
}
