import type { TextChoice } from '../../merge';
import type {
  BuiltInKind,
  OthersRecords,
  SyncBeginning,
  SyncCopy,
  SyncDeviceList,
  SyncDiff,
  SyncDocument,
  SyncFirstRun,
  SyncHistoryPage,
  SyncIndexed,
  SyncName,
  SyncOpenConflict,
  SyncPath,
  SyncSettled,
  SyncRestorePlan,
  SyncSide,
  SyncTakenBack,
  SyncVersionCounts,
  SyncVersionRow,
  SyncView,
} from '../../shared/model/sync';
import type { FileLook, LinePage, LineRowPage } from '../../shared/model/sync-views';
import type { DocumentStatus, OpenSides, Settled } from './engine-contract';

export type { Decision, DocumentName, DocumentState, DocumentStatus, OpenConflict, OpenSides, TextFile } from './engine-contract';

/** `id`: of an earlier page of the same text. */
export type LinesWanted = { readonly id: string | undefined; readonly offset: number; readonly limit: number };

/**
 * JSON documents that sync between devices, as the rest of Picferry sees them. Nothing that a person wrote is lost by any
 * call, crash or answer: whatever is about to be replaced is kept first. Documents are read and merged in a process of
 * their own. Every method rejects with `PicferryError` for what a person can cause or meet.
 */
export interface SyncService {
  view(): SyncView;
  /** Grows with every change of the view. */
  rev(): number;
  onChange(listener: () => void): () => void;
  /** How documents stand at the engine, in its own words: what the command line prints. */
  list(account?: string): Promise<readonly DocumentStatus[]>;
  status(document: SyncName): Promise<DocumentStatus>;
  /** How many places of the file were edited since it was synced, as the file is now. 0 too where it cannot be read. */
  unsent(document: SyncName): Promise<number>;

  /**
   * Remembers a document. The file may be missing. Refuses a key or a file that is in use. With `ask` both sides wait
   * for `begin` when both have something; otherwise they are merged, and clashes wait for a person.
   */
  add(document: SyncName, path: string, options?: { readonly ask?: boolean }): Promise<SyncDocument>;
  /** Forgets the document here; file and host keep theirs. Until Picferry starts again `bringBack` undoes it. */
  remove(document: SyncName): Promise<void>;
  /** The document stands as it did before it was removed: what it stood on, what was open and decided in it, its note and its pause. */
  bringBack(document: SyncName): Promise<SyncDocument>;
  /** Forgets all documents of an account here, Picferry's own as well; files and host keep theirs. Gives how many there were. */
  leave(account: string): Promise<number>;
  /** Syncs one document now. `note` names the next version. Resolves with conflicts as a state, rejects with failures. */
  run(document: SyncName, options?: { readonly note?: string; readonly signal?: AbortSignal }): Promise<SyncDocument>;
  /**
   * Sends the account's list of documents, by which other devices find their keys, where it lacks one that is here. Does
   * nothing while documents sync by themselves, which sends it, too.
   */
  sendList(account: string, signal?: AbortSignal): Promise<void>;
  /** Keeps what this device's next version of the document is called, whatever makes it; an empty note takes it back. */
  keepNote(document: SyncName, note: string): Promise<SyncDocument>;
  /** Looks at everything now, as after a wake; failures stay in the view. */
  runAll(): Promise<void>;
  pause(document: SyncName, paused: boolean): Promise<void>;
  pauseAll(paused: boolean): Promise<void>;

  /** Pages from 1, newest first. */
  history(document: SyncName, page: number, signal?: AbortSignal): Promise<SyncHistoryPage>;
  /** The versions whose text is kept on this device, newest first: what can be shown while the host cannot be asked. */
  versionsHere(document: SyncName): Promise<readonly SyncVersionRow[]>;
  /** A version against the one it was made on. */
  counts(document: SyncName, version: number, signal?: AbortSignal): Promise<SyncVersionCounts>;
  /** Which of the versions changed a place whose path holds the text. */
  changedAt(document: SyncName, versions: readonly number[], text: string, signal?: AbortSignal): Promise<readonly number[]>;
  diff(document: SyncName, sides: { readonly before: SyncSide; readonly after: SyncSide }, page: { readonly offset: number; readonly limit: number }, signal?: AbortSignal): Promise<SyncDiff>;
  /** JSON text, as the host or the file spells it; above `maxBytes` it is refused. */
  show(document: SyncName, side: SyncSide, options?: { readonly maxBytes?: number; readonly signal?: AbortSignal }): Promise<string>;
  /** What is to be said of a file before it becomes a document. */
  look(path: string): Promise<FileLook>;
  /** One document in lines, in pages; `id` goes on with the text of an earlier page. */
  lines(document: SyncName, side: SyncSide, page: LinesWanted, signal?: AbortSignal): Promise<LinePage>;
  /** Two of its texts by lines; `whole`: equal lines, too. */
  lineRows(document: SyncName, sides: { readonly before: SyncSide; readonly after: SyncSide }, whole: boolean, page: LinesWanted, signal?: AbortSignal): Promise<LineRowPage>;
  /** Writes the text to another file. */
  save(document: SyncName, side: SyncSide, path: string, signal?: AbortSignal): Promise<void>;
  /** What `restore` would do. `paths`: at and below these places only; null: everywhere. */
  restorePlan(document: SyncName, version: number, paths: readonly SyncPath[] | null, page: { readonly offset: number; readonly limit: number }, signal?: AbortSignal): Promise<SyncRestorePlan>;
  /**
   * Puts an old version, or some places of it, into the file by a merge; the next run sends it as a new version, which gets
   * the note. False: the file had it all. Refused while places wait for a person, unless the file is broken or gone.
   */
  restore(document: SyncName, version: number, paths: readonly SyncPath[] | null, options?: { readonly note?: string; readonly signal?: AbortSignal }): Promise<boolean>;

  /** This device first. */
  devices(account: string, fileKey: string | null, signal?: AbortSignal): Promise<SyncDeviceList>;
  /** Sent with the next change. */
  renameDevice(name: string): Promise<void>;
  /** Hides a device here, or shows it again. */
  forgetDevice(account: string, deviceId: string, forgotten: boolean): Promise<void>;

  /** What waits for a person here; `decided`: and what was decided while the merge still waits. */
  conflicts(document?: Partial<SyncName> & { readonly decided?: boolean }): Promise<readonly SyncOpenConflict[]>;
  /** Newest first; what was decided here also while the host cannot be asked. */
  resolved(account: string, fileKey: string | null, signal?: AbortSignal): Promise<SyncSettled>;
  /**
   * Decides places, also anew while their merge still waits; all of them or, where the choice cannot be made at one, none.
   * Once all of a document are decided the next run goes on. Gives their documents. `account`: two of them may ask the same.
   */
  resolve(ids: string | readonly string[], choice: TextChoice, account?: string): Promise<readonly SyncName[]>;
  /** The texts of the merge that waits; null when none does (any more). */
  sides(document: SyncName): Promise<OpenSides | null>;
  /**
   * Ends the merge that waits with this text (gzipped, in the file at `result`), and syncs. False, with nothing changed,
   * when the stamp is not the one of the texts any more.
   */
  settle(document: SyncName, settled: Settled): Promise<boolean>;
  /** Puts back what the file held before the last `settle` or other act that wrote over it. */
  takeBack(document: SyncName): Promise<SyncTakenBack>;

  /** What was kept before something was written over it, newest first. */
  copies(document: SyncName): Promise<readonly SyncCopy[]>;
  /** Where such a copy lies, compressed. */
  copyPath(document: SyncName, id: string): Promise<string>;
  /** Puts such a copy into the file, to be sent like any edit and to be taken back. False: the file has it already. */
  putBack(document: SyncName, id: string): Promise<boolean>;

  /** Both sides of a document that has never synced here, or whose host has older data, and how it would begin. */
  firstRun(document: SyncName, signal?: AbortSignal): Promise<SyncFirstRun>;
  /** Begins so, after a copy of both sides was kept. */
  begin(document: SyncName, how: SyncBeginning, signal?: AbortSignal): Promise<SyncDocument>;

  /** Documents that other devices have put into the account's index. */
  indexed(account: string, signal?: AbortSignal): Promise<readonly SyncIndexed[]>;
  /** Switches one of Picferry's own documents on for an account, or off; `others`: what becomes of records that came from other devices, kept unless told. */
  setBuiltIn(account: string, kind: BuiltInKind, on: boolean, others?: OthersRecords): Promise<void>;
  /** Resolves when nothing runs any more. */
  close(): Promise<void>;
}

/** Whether a network is there and the machine is awake. */
export interface OnlineSource {
  current(): boolean;
  onChange(listener: (online: boolean) => void): () => void;
}

/** Documents for those who need them: nothing is loaded or opened before. */
export interface LazySync {
  open(): Promise<SyncService>;
  /** The documents where they are open; null before. Opens nothing. */
  opened(): SyncService | null;
  /** Tells of every change of the view, from when the documents are open; opens nothing. */
  onChange(listener: (service: SyncService) => void): () => void;
  /** From now on documents sync by themselves. Where there are none, nothing is loaded before one is added. */
  start(online: OnlineSource): void;
  /** `SyncService.leave`, which opens the documents only where there are some. */
  leave(account: string): Promise<number>;
  close(): Promise<void>;
}
