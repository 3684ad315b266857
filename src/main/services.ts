import type { MediaKind } from '../shared/model/job';
import type { Notice } from '../shared/model/notice';
import type { AccountsService } from './accounts/contract';
import type { ComparisonService } from './comparison/contract';
import type { Imaging } from './imaging/contract';
import type { AlbumsService, LibraryService } from './library/contract';
import type { LibrarySharing } from './library/sharing/contract';
import type { Neighbours } from './neighbours';
import type { OperationsService } from './operations/contract';
import type { Counters } from './preparation/counters';
import type { PreviewsService } from './previews/contract';
import type { ProviderRegistry } from './providers/contract';
import type { PrepareFile, QueueService } from './queue/contract';
import type { Vault } from './secrets/contract';
import type { ResolverService } from './resolver/contract';
import type { RemoteService } from './remote/contract';
import type { LocalApi } from './local-api';
import type { SettingsService, SettingsStore } from './settings/contract';
import type { LazySync } from './sync/contract';
import type { TransferService } from './transfer/contract';

/** Things to tell the person, kept until they are put away. */
export interface Notices {
  list(): readonly Notice[];
  rev(): number;
  add(notice: Notice): void;
  dismiss(id: string): void;
  onChange(listener: () => void): () => void;
}

/** The embedded host as the services see it: started on demand, its port kept. */
export interface ThisComputer {
  /**
   * Resolves once the host answers; started once, however often it is asked. Throws `PicferryError`
   * saying by what the port is taken. The write key is random and new with every start.
   */
  start(): Promise<{ readonly url: string; readonly key: string }>;
  stop(): Promise<void>;
}

/** Everything Picferry does, without a window. Built once per process by `createServices`. */
export type Services = {
  readonly settings: SettingsService;
  readonly vault: Vault;
  readonly providers: ProviderRegistry;
  readonly accounts: AccountsService;
  readonly library: LibraryService;
  readonly queue: QueueService;
  /** Makes one file ready as the queue does before sending; a copy that comes of it belongs to the caller. */
  readonly prepare: PrepareFile;
  /** Makes files ready only to be looked at. */
  readonly comparison: ComparisonService;
  readonly counters: Counters;
  readonly albums: AlbumsService;
  /** The library's part in the one that devices share. */
  readonly sharing: LibrarySharing;
  readonly operations: OperationsService;
  readonly remote: RemoteService;
  readonly previews: PreviewsService;
  readonly transfer: TransferService;
  /** JSON documents that sync between devices. */
  readonly sync: LazySync;
  /** Where a person decides what a merge of a document could not. */
  readonly resolver: ResolverService;
  readonly notices: Notices;
  /** For other programs on this computer; nothing listens before it is opened. */
  readonly localApi: LocalApi;
  readonly thisComputer: ThisComputer;
  /** The other Picferrys of this person on this computer. */
  readonly neighbours: Neighbours;
  /** Lets running work end or stand still safely, then closes files and child processes. */
  readonly close: () => Promise<void>;
};

/** A child process of ours: utilityProcess in Electron, child_process.fork in plain Node; never ELECTRON_RUN_AS_NODE. */
export interface ChildProcessPort {
  start(entry: 'host' | 'imaging' | 'resolver' | 'keychain' | 'sync' | 'database'): Child;
}

export interface Child {
  /** Structured-clonable values only. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onExit(listener: (code: number | null) => void): () => void;
  /** How much memory the process holds, in bytes; null where that cannot be told from outside. */
  held(): number | null;
  kill(): void;
}

/** What differs between the window's process and the command line. */
export type ServicePorts = {
  readonly dataFolder: string;
  readonly settingsStore: SettingsStore;
  readonly children: ChildProcessPort;
  /** `PAC`-style answer of the system for a URL (`DIRECT`, `PROXY host:port`, …); null where it cannot be asked. */
  readonly systemProxy: ((url: string) => Promise<string>) | null;
  /** Told when a file's upload is in the library, while its bytes still lie at `path`. Must neither throw nor wait. */
  readonly uploaded?: (upload: { readonly id: string; readonly kind: MediaKind; readonly path: string }) => void;
  /** What makes small pictures, and knows which it is making; absent where no window shows any. */
  readonly thumbs?: { readonly imaging: Pick<Imaging, 'thumbnail'>; readonly making: (uploadId: string) => Promise<void> | undefined };
  /** Told of faults behind everything else, which nobody waits for; for a log. */
  readonly onFault?: (what: string, error: unknown) => void;
  readonly now: () => number;
};
