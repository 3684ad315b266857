import type { Settings } from '../../shared/model/settings';

/** A settings file as it was read: an object of anything. */
export type RawSettings = Readonly<Record<string, unknown>>;

/**
 * What changed from one version of the settings file to the next. The step at index n takes a file of
 * version n to version n + 1. Steps are pure, never change once released, and are only ever added at the end.
 */
export const steps: readonly ((raw: RawSettings) => RawSettings)[] = [
  // Before versions were counted, a file carried none.
  (raw) => ({ ...raw, version: 1 }),
  // Profiles of preparation came; a program of version 1 would drop them from the file when it writes.
  (raw) => ({ ...raw, version: 2, preparation: { profiles: [], defaultProfile: 'private', accounts: {} } }),
  // Profiles of preparation have more parts; a program of version 2 would take a file with them for damaged.
  (raw) => ({ ...raw, version: 3 }),
  // Accounts may mean another Picferry; a program of version 3 would take a file with one for damaged.
  (raw) => ({ ...raw, version: 4 }),
];

/** The version this program writes. */
export const CURRENT_VERSION = 4 satisfies Settings['version'];

/** The version a file says it has; 0 when it says none, null when it says nonsense. */
export function versionOf(raw: RawSettings): number | null {
  const version = raw['version'] ?? 0;
  return typeof version === 'number' && Number.isInteger(version) && version >= 0 ? version : null;
}

/** Takes a file through every step from its own version to ours. */
export const migrate = (raw: RawSettings, from: number): RawSettings => steps.slice(from).reduce((value, step) => step(value), raw);
