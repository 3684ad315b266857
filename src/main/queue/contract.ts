import type { Adapted, BatchResult, Job, QueueSummary } from '../../shared/model/job';
import type { PreparationProfile } from '../../shared/model/preparation';
import type { LinkFormat } from '../../shared/model/settings';
import type { FileFacts } from './job-record';

/** One thing to upload. `replaces` is the upload that the new one stands in for. Paths are absolute. Kept bytes already lie in the data folder's intake and belong to the job. */
export type QueueInput =
  | { readonly type: 'file'; readonly path: string; readonly name?: string; readonly replaces?: string }
  /** Bytes without a file of the person's (pasted, captured, from standard input); removed when the job is done. `clipboardApp`: the program that copied them, `clipboard` where that is not known. */
  | { readonly type: 'kept'; readonly path: string; readonly name: string; readonly replaces?: string; readonly clipboardApp?: string }
  /** An input that failed before it became a job; keeps its slot. */
  | { readonly type: 'bad'; readonly name: string; readonly problem: import('../../shared/model/problem').Problem };

/**
 * Who asked. Links of `window` and `anywhere` (a key, the tray, a watcher, a capture) go to the clipboard; `cli` and `api`
 * wait for the answer, which therefore says what stands in the way instead of waiting for a person.
 */
export type JobOrigin = 'window' | 'cli' | 'api' | 'anywhere';

export type AddOptions = {
  /** Null: the default account. */
  readonly accountId: string | null;
  readonly albumId: string | null;
  /** Sends even if the same bytes are there or stand as unknown. */
  readonly force: boolean;
  /** The id of a preparation profile for this once; null for the account's. */
  readonly profile?: string | null;
  readonly origin: JobOrigin;
  /** The links' format, for once; null for the account's. */
  readonly format?: LinkFormat | null;
  /** Lets each job wait for the person to name it. */
  readonly askName?: boolean;
};

export type Batch = {
  readonly id: string;
  readonly jobIds: readonly string[];
  /** One result per input, in the order of the inputs, when every one has ended. Never rejects. */
  readonly finished: Promise<readonly BatchResult[]>;
};

/** What a batch ended as. */
export type FinishedBatch = { readonly id: string; readonly origin: JobOrigin; readonly format: LinkFormat | null; readonly results: readonly BatchResult[] };

export type QueueChange = { readonly upsert: readonly Job[]; readonly removed: readonly string[]; readonly summary: QueueSummary };

/** A file that is to be made ready. */
export type FileToPrepare = {
  readonly path: string;
  readonly name: string;
  readonly profile: PreparationProfile;
  /** The person gave it this name. */
  readonly named?: boolean;
  /** The extensions that its host takes, in lower case without dot; none: it does not say. */
  readonly takes?: readonly string[];
  /** Its place among those uploaded together, from 1. */
  readonly place?: number;
  /** Takes the next number of its profile's count for good; asked once at most, and only where its name has one. Without it the number is 1. */
  readonly count?: () => number;
  /** The program that a pasted picture came from; '' for other files. */
  readonly clipboardApp?: string;
  /** What its account is called. */
  readonly account?: string;
  /** Whether its account has or gets another file of this name. */
  readonly isTaken?: (name: string) => boolean;
};

/** Looks at a file before it is sent, and makes a copy to be sent in its place where the profile asks for one. Rejects with `PicferryError`. */
export type PrepareFile = (file: FileToPrepare, signal: AbortSignal) => Promise<FileFacts>;

/** A job's file, what is made of it, and what came of that as far as it is known. */
export type JobSource = {
  readonly path: string;
  readonly name: string;
  readonly named: boolean;
  readonly profile: PreparationProfile;
  /** The extensions that its host takes; none: it does not say. */
  readonly takes: readonly string[];
  readonly clipboardApp: string;
  /** Bytes before and after; null while it was not made ready. */
  readonly made: { readonly before: number; readonly after: number } | null;
};

/**
 * Durable jobs. A job is on disk before `add` returns. What changes many jobs does so a hundred at a time; its promise
 * resolves when all of it is on disk, and rejects with `PicferryError` kind `file` when the disk refuses.
 */
export interface QueueService {
  /** For any number of inputs: nothing else waits while they are written. When it rejects, none of them became a job. */
  addMany(inputs: readonly QueueInput[], options: AddOptions): Promise<Batch>;
  /** The same in one step, for few inputs. Throws `PicferryError`. */
  add(inputs: readonly QueueInput[], options: AddOptions): Batch;
  /**
   * Live jobs, and finished ones until they are dismissed; newest batch first, inputs in order. With a `limit` the first
   * so many of them; the others are told to the listeners, a portion at a time.
   */
  snapshot(limit?: number): { readonly jobs: readonly Job[]; readonly summary: QueueSummary };
  /** The numbers alone, at no cost; starts nothing, and counts what an earlier process left once it is in memory. */
  summary(): QueueSummary;
  rev(): number;
  pause(paused: boolean): void;
  cancel(ids: readonly string[] | 'all'): Promise<void>;
  retry(ids: readonly string[] | 'failed'): Promise<void>;
  sendAnyway(id: string): void;
  /** Changes the album of jobs that are not sent yet; others are left as they are. */
  setAlbum(ids: readonly string[], albumId: string | null): void;
  /**
   * Changes the preparation profile of jobs that are not sent yet (null: the account's) and starts those that failed or were
   * cancelled again. What was made of them for a host goes, too, but for what `adapted` says. Jobs that are being sent or are done are left as they are.
   */
  setProfile(ids: readonly string[], profile: string | null, adapted?: Adapted | null): Promise<void>;
  /** Starts failed or cancelled jobs again with files that are made so that their host takes them. */
  adapt(ids: readonly string[], adapted: Adapted): Promise<void>;
  /** Names jobs that are not sent yet, and lets those go on that waited for it; null leaves a name as it is. */
  setNames(names: readonly { readonly id: string; readonly name: string | null }[]): Promise<void>;
  /** What a job is made of; null when there is no such job, or no file of it any more. */
  source(id: string): JobSource | null;
  /** A done job's file once more, with another profile, as a job of its own; null when the file was not the person's. */
  sendAgain(id: string, profile: string): Batch | null;
  /** Asks the host whether an unknown job arrived; a found one becomes done. */
  settle(id: string, signal: AbortSignal): Promise<'found' | 'not_found' | 'cannot_tell'>;
  dismiss(ids: readonly string[] | 'finished'): Promise<void>;
  /** What happened to these jobs, for a bug report; holds no secret. */
  report(ids: readonly string[]): string;
  /** Where kept and prepared bytes of known jobs lie; others may be removed. */
  keptPaths(): ReadonlySet<string>;
  /** Network or power state from outside; while offline nothing is sent but to hosts on this computer, and jobs go on by themselves after. */
  setOnline(online: boolean): void;
  /**
   * Starts the jobs that an earlier process left, a hundred at a time with everything else in between; `add`, `snapshot`
   * and `settle` do so, too, and those that are not in memory yet then come in one go: `loaded` spares that.
   */
  start(): void;
  /** Starts, and resolves when every job is in memory. Rejects with `PicferryError` kind `file` when the disk refuses; may be called again. */
  loaded(): Promise<void>;
  /** Resolves when nothing is preparing or sending and nothing queued can move by itself: what is paused waits for a person. */
  idle(): Promise<void>;
  /** Stops taking new work, aborts what is sending in a way that the next start can tell. */
  close(): Promise<void>;
  onChange(listener: (change: QueueChange) => void): () => void;
  onBatchFinished(listener: (batch: FinishedBatch) => void): () => void;
}
