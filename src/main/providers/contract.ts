import type { AccountTest, Album, RemoteItem } from '../../shared/model/account';
import type { MediaKind } from '../../shared/model/job';
import type { Localized } from '../../shared/model/localized';
import type { Capabilities, ProviderDescriptor, ProviderId, SettingDeclaration, SettingValue } from '../../shared/model/provider';
import type { DeleteStatus } from '../../shared/model/upload';
import type { Call } from './call';
import type { Http } from './http';
import type { DocumentSync } from './sync-contract';

export type { Call } from './call';
export type * from './sync-contract';

/** An account's settings with its secrets filled in. Lives in main's memory only, for as long as it is used. */
export type ProviderConfig = {
  /** The site's root with any path prefix, without a trailing slash. */
  readonly url: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/** The few things a provider finds out and keeps per account, such as which way of sending the key works. */
export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export type ProviderDeps = {
  readonly http: Http;
  readonly memory: Memory;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** What a provider is, as data, and how one is made. A new provider is one folder and one line in `registry.ts`. */
export interface ProviderDefinition {
  readonly id: ProviderId;
  readonly name: Localized;
  readonly defaultUrl: string;
  /** Its host is no site: it is found by the data folder in the setting `folder`, and has neither address nor key of its own. */
  readonly byFolder?: true;
  readonly notice: Localized | null;
  /** Drives the form, the check, the storage and the redaction. */
  readonly settings: readonly SettingDeclaration[];
  /** Endpoint paths that people paste, cut back to the site's root, such as `/api/v2/upload`. */
  readonly endpoints: readonly string[];
  capabilities(settings: Readonly<Record<string, SettingValue>>, url: string): Capabilities;
  /** Settings to fill in for an address, e.g. the size limit a known site states. */
  prefill?(url: string): Readonly<Record<string, SettingValue>>;
  create(config: ProviderConfig, deps: ProviderDeps): Provider;
}

/** The bytes of one upload. */
export type UploadSource = {
  /** The name the file part carries, with extension, in UTF-8. */
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  readonly kind: MediaKind;
  /**
   * The bytes from the start; may be called again for another try. A piece stays as it is only until the next one is
   * asked for. Whoever stops early calls `return`, as `for await` does.
   */
  readonly open: () => AsyncIterable<Buffer>;
};

export type UploadCall = Call & {
  /** The host's album id, as the host spells it; null for none. */
  readonly albumId: string | null;
  /** Bytes of the file that the socket has taken so far; never falls, ends at `size`. */
  readonly onProgress: (sentBytes: number) => void;
};

/** An upload whose answer was lost, as it is looked for in its host's list. */
export type Sought = Pick<UploadSource, 'name' | 'size'> & {
  /** SHA-256 of the bytes that were sent, in lower-case hexadecimal; null when nobody knows it any more. Asked only when a listed file must be compared. */
  readonly sha256: () => Promise<string | null>;
  /** Whether a listed file is known to be another upload of this account. */
  readonly isTaken: (listed: Pick<Receipt, 'remoteId' | 'storedName' | 'url'>) => boolean;
};

/** What a host said of an upload it took. Null is "the host did not say". */
export type Receipt = {
  readonly remoteId: string | null;
  /** Null only while `pendingReview`. */
  readonly url: string | null;
  readonly thumbUrl: string | null;
  readonly viewerUrl: string | null;
  /** A secret. Absent hosts and repeats give none. */
  readonly deleteUrl: string | null;
  readonly storedName: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number | null;
  readonly mime: string | null;
  readonly kind: MediaKind;
  readonly durationSeconds: number | null;
  readonly pendingReview: boolean;
};

export type DeleteTarget = {
  /** Used verbatim; a secret. */
  readonly deleteUrl: string;
  /** The picture's own address, to look whether it is gone. Null when unknown. */
  readonly imageUrl: string | null;
};

/** `evidence` says in a few words what was seen, without the link. */
export type DeleteOutcome = { readonly status: DeleteStatus; readonly evidence: string };

export type ListQuery = {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly orderBy: 'created_at' | 'views' | 'file_size';
  readonly orderDir: 'ASC' | 'DESC';
};

/** A row as its host lists it; what the library knows of it is added later. */
export type ListedItem = Omit<RemoteItem, 'uploadId' | 'thumb' | 'mayDelete'>;

export type RemotePage = {
  readonly items: readonly ListedItem[];
  readonly page: number;
  readonly perPage: number;
  readonly total: number | null;
  readonly totalPages: number;
};

/**
 * A client of one account. One try each: it never retries, waits or logs. Every method rejects only
 * with `ProviderError`; an aborted signal rejects with kind `cancelled` and closes the connection.
 * Methods marked optional are present exactly when the capabilities say so.
 */
export interface Provider {
  /** Sends the bytes once, streamed. Resolves only when the host said that it took the file. */
  upload(source: UploadSource, call: UploadCall): Promise<Receipt>;
  /** Looks what works without uploading anything. Resolves with failures as values; rejects only when cancelled. */
  test(call: Call): Promise<AccountTest>;
  /** Follows a delete link once, with GET, without credentials, and says what is known. */
  remove?(target: DeleteTarget, call: Call): Promise<DeleteOutcome>;
  albums?(call: Call): Promise<readonly Album[]>;
  list?(query: ListQuery, call: Call): Promise<RemotePage>;
  /** Clears the host's list; the files stay online. */
  clearList?(call: Call): Promise<void>;
  /**
   * Asks the host whether an upload with an unknown outcome arrived: a receipt when it surely did,
   * `absent` when it surely did not, `cannot_tell` otherwise. Sure of a listed file only by its bytes: lists
   * hold strangers' files, too. Present where a list can tell.
   */
  find?(sought: Sought, sentAt: number, call: Call): Promise<Receipt | 'absent' | 'cannot_tell'>;
  /** Documents that sync between devices. */
  readonly sync?: DocumentSync;
}

/** Every provider, by id; the only way from a stored account to a client. */
export interface ProviderRegistry {
  descriptors(): readonly ProviderDescriptor[];
  definition(id: ProviderId): ProviderDefinition;
  /**
   * Cuts an address back to the site's root and judges it: https anywhere, http on loopback,
   * http on private addresses only after a yes, never on a public host.
   */
  checkUrl(id: ProviderId, url: string): { readonly url: string; readonly problem: 'none' | 'malformed' | 'no-dot' | 'http-public' | 'http-private' };
}
