import type { Policy, TextChoice, TextPath } from '../../merge';
import type { Problem } from '../../shared/model/problem';
import type { SyncBeginning, SyncCopy, SyncDeviceList, SyncDiff, SyncFirstRun, SyncHistoryPage, SyncKind, SyncPath, SyncRestorePlan, SyncSettled, SyncSide, SyncTakenBack, SyncVersionCounts, SyncVersionRow } from '../../shared/model/sync';
import type { Page } from './texts';

/** A document of an account, by its key. */
export type DocumentName = { readonly account: string; readonly fileKey: string };

export type DocumentState =
  /** Added, never synced. */
  | 'new'
  /** Both sides have something and have never met: a person chooses how it begins. */
  | 'first-choice'
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
  readonly kind: SyncKind;
  readonly state: DocumentState;
  /** Its own switch, whatever the state says. */
  readonly paused: boolean;
  /** The version this device stands on; null before the first sync. */
  readonly version: number | null;
  readonly openConflicts: number;
  /** Epoch milliseconds of the last run that ended well. */
  readonly lastSync: number | null;
  /** What the next version is called; empty while nobody said. */
  readonly note: string;
  /** The host made lists of objects, and which ones these were cannot be told. */
  readonly folded?: boolean;
  /** What a person let be written into the file is still there and cannot be sent at present. */
  readonly canTakeBack: boolean;
  readonly heldDecision?: true;
  readonly problem: Problem | null;
};

export type AddOptions = {
  /** Both sides wait for `begin` when both have something. */
  readonly ask?: boolean;
  readonly kind?: SyncKind;
  readonly policy?: Policy;
};

/** A text that lies on disk, gzipped UTF-8: large documents do not pass through main. */
export type TextFile = { readonly path: string };

/** The three texts of a merge that waits for a person. */
export type OpenSides = {
  /** Changes whenever one of the texts does; `settle` takes nothing for another one. */
  readonly stamp: string;
  /** Null when no common ancestor is known: then absence is no deletion. */
  readonly base: TextFile | null;
  readonly mine: TextFile;
  readonly theirs: TextFile;
  readonly policy: Policy;
  readonly theirsVersion: number;
  readonly theirsDevice: string | null;
  /** What was decided one by one so far. */
  readonly choices: Readonly<Record<string, TextChoice>>;
};

/** One decision, for the list of settled conflicts. */
export type Decision = { readonly id: string; readonly path: SyncPath; readonly choice: string; readonly result: string | null };

export type Settled = { readonly stamp: string; readonly result: TextFile; readonly decisions: readonly Decision[] };

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
  /** Whether both sides can be kept there. */
  readonly both: boolean;
  /** What was decided and is not carried out yet, so that it can be decided anew: `mine`, `theirs`, `base`, `both-mine`, `both-theirs` or `edited`. */
  readonly choice: string | null;
  /** The device that made theirs, as the host names it. */
  readonly deviceId: string | null;
  readonly version: number | null;
};

/**
 * JSON documents that sync between devices. Nothing that a person wrote is lost by any call, crash or answer: whatever
 * is about to be replaced is kept first. Every method rejects with `PicferryError` for what a person can cause or meet.
 */
export interface SyncEngine {
  /** Remembers a document. Sends and asks nothing; the file may be missing. Refuses a key or a file that is in use. */
  add(document: DocumentName, path: string, options?: AddOptions): DocumentStatus;
  /** Forgets the document here; file and host keep theirs. */
  remove(document: DocumentName): Promise<void>;
  /** The same, but `bringBack` undoes it until `forgetAside` or a new document of this key. */
  setAside(document: DocumentName): Promise<void>;
  /** The document stands as it did when it was set aside. Refuses a key or a file that is in use by now. */
  bringBack(document: DocumentName): DocumentStatus;
  /** Nothing that was set aside can be brought back any more. */
  forgetAside(): void;
  list(account?: string): readonly DocumentStatus[];
  status(document: DocumentName): DocumentStatus;
  /** Syncs one document now, once its run under way has ended. `note` names the next version; `byHand` as in `Call`. Resolves with conflicts as a state, rejects with failures. */
  run(document: DocumentName, options?: { readonly note?: string; readonly signal?: AbortSignal; readonly byHand?: boolean }): Promise<DocumentStatus>;
  /** Keeps what the next version of this device is called, whatever makes it; an empty note takes it back. */
  keepNote(document: DocumentName, note: string): Promise<DocumentStatus>;
  /** How many places of the file differ from the version this device stands on; 0 while one of them cannot be read. */
  waiting(document: DocumentName): Promise<number>;
  pause(document: DocumentName, paused: boolean): Promise<void>;
  /** The same file lies elsewhere now. */
  relocate(document: DocumentName, path: string): Promise<void>;
  history(document: DocumentName, page: number, signal?: AbortSignal): Promise<SyncHistoryPage>;
  /** The versions whose text is kept on this device, newest first; asks nobody. */
  versionsHere(document: DocumentName): readonly SyncVersionRow[];
  /** A version against the one it was made on. */
  counts(document: DocumentName, version: number, signal?: AbortSignal): Promise<SyncVersionCounts>;
  /** Which of the versions changed a place whose path holds the text. */
  changedAt(document: DocumentName, versions: readonly number[], text: string, signal?: AbortSignal): Promise<readonly number[]>;
  diff(document: DocumentName, sides: { readonly before: SyncSide; readonly after: SyncSide }, page: Page, signal?: AbortSignal): Promise<SyncDiff>;
  /** JSON text; longer ones than `maxBytes` are refused. */
  show(document: DocumentName, side: SyncSide, maxBytes?: number, signal?: AbortSignal): Promise<string>;
  restorePlan(document: DocumentName, version: number, paths: readonly SyncPath[] | null, page: Page, signal?: AbortSignal): Promise<SyncRestorePlan>;
  /**
   * Puts an old version, or some places of it, into the file, also over one that is broken or gone; the next run sends it as
   * a new one. `sync`: takes what is newer at the host first. False: the file had it all, and nothing was done. Refused
   * while places wait for a person, except over a file that is broken or gone: that ends their merge.
   */
  restore(document: DocumentName, version: number, paths?: readonly SyncPath[] | null, options?: { readonly note?: string; readonly signal?: AbortSignal; readonly sync?: boolean }): Promise<boolean>;
  /** Those of the documents that the host has, whoever syncs them. */
  held(account: string, fileKeys: readonly string[], signal?: AbortSignal): Promise<readonly string[]>;
  /** This device first, the others as the host gives them. */
  devices(account: string, fileKey: string | null, signal?: AbortSignal): Promise<SyncDeviceList>;
  device(): { readonly id: string; readonly name: string };
  renameDevice(name: string): void;
  /** What waits for a person here; `decided`: and what was decided while the merge still waits. */
  conflicts(account?: string, fileKey?: string, decided?: boolean): readonly OpenConflict[];
  /** What was decided here, and what the host counts as settled; the former also while the host cannot be asked. */
  resolved(account: string, fileKey: string | null, signal?: AbortSignal): Promise<SyncSettled>;
  /**
   * Decides places, also anew while their merge still waits; all of them or, where the choice cannot be made at one, none.
   * Once all of a document are decided the next run goes on. Gives their documents. `account`: two of them may ask the same.
   */
  resolve(ids: string | readonly string[], choice: TextChoice, account?: string): Promise<readonly DocumentName[]>;
  /** The texts of the merge that waits; null when none does. */
  sides(document: DocumentName): Promise<OpenSides | null>;
  /** Ends that merge with a text; false when it is another one by now. */
  settle(document: DocumentName, settled: Settled): Promise<boolean>;
  /** Puts back what the file held before that, and asks again what had been decided. */
  takeBack(document: DocumentName): Promise<SyncTakenBack>;
  /** What was kept before something was written over it, newest first. */
  copies(document: DocumentName): readonly SyncCopy[];
  /** Where such a copy lies, compressed. */
  copyPath(document: DocumentName, id: string): string;
  /** Puts such a copy into the file, to be sent like any edit and to be taken back. False: the file has it already. */
  putBack(document: DocumentName, id: string): Promise<boolean>;
  firstRun(document: DocumentName, signal?: AbortSignal): Promise<SyncFirstRun>;
  begin(document: DocumentName, how: SyncBeginning, signal?: AbortSignal): Promise<void>;
  /** Resolves when nothing runs any more. What is under way ends with the connections it uses. */
  close(): Promise<void>;
}
