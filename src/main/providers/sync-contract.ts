import type { Call } from './call';

/** What a host says of one version of a document. Null is "the host did not say". */
export type SyncVersion = {
  readonly version: number;
  /** The host's own digest: opaque, comparable only with other digests of this host. */
  readonly hash: string | null;
  readonly parentHash: string | null;
  readonly deviceId: string | null;
  readonly message: string;
  /** A label in the host's words; its time zone is unknown, so it orders nothing. */
  readonly createdAt: string | null;
};

/** A version with its document, as JSON text in the host's spelling. */
export type SyncDocument = { readonly version: number; readonly hash: string | null; readonly text: string };

/** One version asked for by its number, with what the host says of it. */
export type SyncOneVersion = SyncVersion & { readonly text: string };

export type SyncPush = {
  readonly fileKey: string;
  /** JSON text. */
  readonly text: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly message: string;
};

export type SyncReceipt = {
  readonly version: number;
  readonly hash: string | null;
  /** The host met a head that it thinks we did not know. It saved something all the same: look what. */
  readonly conflict: { readonly localVersion: number | null; readonly remoteVersion: number | null; readonly savedAsVersion: number | null } | null;
  /** The host's clock at the answer, epoch milliseconds; a label. */
  readonly hostTime: number | null;
};

export type SyncUpdates = {
  readonly currentVersion: number;
  /** Versions above the one asked for, oldest first, each once. Text is null where the host left it out. */
  readonly updates: readonly (SyncVersion & { readonly text: string | null })[];
};

export type SyncHistory = {
  readonly currentVersion: number;
  /** Newest first. */
  readonly versions: readonly SyncVersion[];
  readonly page: number;
  readonly perPage: number;
  readonly total: number | null;
  readonly totalPages: number;
};

export type SyncDevice = {
  readonly deviceId: string;
  readonly name: string | null;
  readonly lastSyncAt: string | null;
  /** The newest version the host thinks it has, by document. */
  readonly versions: readonly { readonly fileKey: string; readonly version: number }[];
};

/** `history`: the host gave no list, these ids stand in its versions. */
export type SyncDevices = { readonly source: 'host' | 'history'; readonly devices: readonly SyncDevice[] };

export type SyncConflict = {
  readonly id: number;
  readonly fileKey: string | null;
  readonly type: string | null;
  readonly localVersion: number | null;
  readonly remoteVersion: number | null;
  readonly savedAsVersion: number | null;
  readonly localDeviceId: string | null;
  readonly remoteDeviceId: string | null;
  /** JSON texts, where the host gives them. */
  readonly localText: string | null;
  readonly remoteText: string | null;
  readonly resolved: boolean;
  readonly resolution: string | null;
  readonly createdAt: string | null;
  readonly resolvedAt: string | null;
};

export type SyncAction = 'keep_local' | 'keep_remote' | 'custom';

/**
 * JSON documents at a host. One try each, as every method of a provider; nothing is believed that was not asked again:
 * the host may have merged what was pushed, and "local" in its actions may mean either side. A document unknown to the
 * host is null, not an error.
 */
export interface DocumentSync {
  /** Sends a version. An error with `outcomeUnknown` may have been stored. */
  push(push: SyncPush, call: Call): Promise<SyncReceipt>;
  latest(fileKey: string, deviceId: string, call: Call): Promise<SyncDocument | null>;
  since(fileKey: string, version: number, deviceId: string, call: Call): Promise<SyncUpdates | null>;
  /** `page` from 1; at most 100 a page. */
  history(fileKey: string, page: number, perPage: number, call: Call): Promise<SyncHistory | null>;
  /** One version's document; null when the host cannot give it. `hash` is what the history says, if known. */
  version(fileKey: string, version: number, hash: string | null, call: Call): Promise<SyncOneVersion | null>;
  devices(fileKey: string | null, call: Call): Promise<SyncDevices>;
  conflicts(fileKey: string | null, resolved: boolean, call: Call): Promise<readonly SyncConflict[]>;
  /** Settles a conflict; `text` is the document for `custom`. What came of it has to be pulled. */
  resolve(id: number, action: SyncAction, text: string | null, call: Call): Promise<{ readonly version: number | null; readonly hash: string | null }>;
}
