import type { SqlDatabase } from '../../lib/sqlite';
import type { MediaKind } from '../../shared/model/job';
import type { ProviderError } from '../providers/errors';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import type { SettingsService } from '../settings';
import type { PrepareFile } from './contract';

/** Time as the queue needs it. */
export type Timers = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Runs `work` once after `ms`; returns the cancel. Does not keep the process alive longer than jobs do. */
  readonly after: (ms: number, work: () => void) => () => void;
};

export type QueueDeps = {
  readonly db: SqlDatabase;
  readonly settings: SettingsService;
  readonly accounts: AccountsService;
  readonly library: LibraryService;
  readonly prepare: PrepareFile;
  /** A file's number in the count of a profile's names, for good; the same for the same job again. */
  readonly count: (profileId: string, jobId: string) => number;
  /** SHA-256 of a whole file, as lower-case hexadecimal. */
  readonly hash: (path: string, signal: AbortSignal) => Promise<string>;
  /** Milliseconds to wait before the next try, or null when there is none. `attempt` counts from 1. */
  readonly nextTry: (error: ProviderError, attempt: number, random: () => number) => number | null;
  /** Takes away the bytes that Picferry kept or prepared for a job. Must not throw. */
  readonly forget: (path: string) => void;
  /** Told when a file's upload is in the library, while its bytes still lie at `path`. Must neither throw nor wait. */
  readonly uploaded?: (upload: { readonly id: string; readonly kind: MediaKind; readonly path: string }) => void;
  readonly timers: Timers;
  readonly newId: () => string;
  /** From 0 up to 1. */
  readonly random: () => number;
};
