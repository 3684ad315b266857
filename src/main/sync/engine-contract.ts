import type { TextChoice, TextPath } from '../../merge';
import type { Problem } from '../../shared/model/problem';
import type { SyncConflict, SyncDevice, SyncVersion } from '../providers/contract';

/** A document of an account, by its key. */
export type DocumentName = { readonly account: string; readonly fileKey: string };

export type DocumentState =
  /** Added, never synced. */
  | 'new'
  | 'clean'
  /** Changes wait to be sent. */
  | 'waiting'
  /** Places wait for a person; nothing is sent until they are decided. */
  | 'conflict'
  /** The host's data is older than ours; nothing is sent until a person says what that means. */
  | 'rolled-back'
  | 'paused'
  /** The last run failed; `problem` says why. */
  | 'failed';

export type DocumentStatus = DocumentName & {
  readonly path: string;
  readonly state: DocumentState;
  /** The version this device stands on; null before the first sync. */
  readonly version: number | null;
  readonly openConflicts: number;
  /** Epoch milliseconds of the last run that ended well. */
  readonly lastSync: number | null;
  readonly problem: Problem | null;
};

/** A place that waits for a person. Values are JSON texts; a side that has nothing there has none. */
export type OpenConflict = {
  /** The same on every device. */
  readonly id: string;
  readonly document: DocumentName;
  readonly path: TextPath;
  /** As the merge names it, or `rollback`: the host's data is older than ours. */
  readonly kind: string;
  readonly base?: string | undefined;
  readonly mine?: string | undefined;
  readonly theirs?: string | undefined;
  /** The device that made theirs, as the host names it. */
  readonly deviceId: string | null;
  readonly version: number | null;
};

export type HistoryPage = {
  readonly currentVersion: number;
  readonly page: number;
  readonly totalPages: number;
  /** Messages without our tag. */
  readonly versions: readonly (SyncVersion & { readonly isOurs: boolean })[];
};

/**
 * JSON documents that sync between devices. Nothing that a person wrote is lost by any call, crash or answer: whatever
 * is about to be replaced is kept first. Every method rejects with `PicferryError` for what a person can cause or meet.
 */
export interface SyncEngine {
  /** Remembers a document. Sends and asks nothing; the file may be missing. Refuses a key or a file that is in use. */
  add(document: DocumentName, path: string): DocumentStatus;
  /** Forgets the document here; file and host keep theirs. */
  remove(document: DocumentName): Promise<void>;
  list(account?: string): readonly DocumentStatus[];
  status(document: DocumentName): DocumentStatus;
  /** Syncs one document now, once its run under way has ended. `note` names the next version. Resolves with conflicts as a state, rejects with failures. */
  run(document: DocumentName, options?: { readonly note?: string; readonly signal?: AbortSignal }): Promise<DocumentStatus>;
  /** Syncs every document whose time has come, two at a time; failures stay in the statuses. */
  runDue(signal?: AbortSignal): Promise<readonly DocumentStatus[]>;
  pause(document: DocumentName, paused: boolean): Promise<void>;
  history(document: DocumentName, page: number, signal?: AbortSignal): Promise<HistoryPage>;
  /** A version's document as JSON text. */
  show(document: DocumentName, version: number, signal?: AbortSignal): Promise<string>;
  /** Puts an old version into the file; the next run sends it as a new one. */
  restore(document: DocumentName, version: number, signal?: AbortSignal): Promise<void>;
  /** This device first, the others as the host gives them. */
  devices(account: string, fileKey: string | null, signal?: AbortSignal): Promise<{ readonly source: 'host' | 'history'; readonly devices: readonly (SyncDevice & { readonly isThis: boolean })[] }>;
  renameDevice(name: string): void;
  /** What waits for a person here. */
  conflicts(account?: string, fileKey?: string): readonly OpenConflict[];
  /** Conflicts that the host counts as settled. */
  resolvedConflicts(account: string, fileKey: string | null, signal?: AbortSignal): Promise<readonly SyncConflict[]>;
  /** Decides one place. Once all are decided the next run goes on. */
  resolve(id: string, choice: TextChoice): Promise<DocumentName>;
  /** Resolves when nothing runs any more. What is under way ends with the connections it uses. */
  close(): Promise<void>;
}
