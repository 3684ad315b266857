import type { CaptureKind } from '../shared/model/capture';
import type { LinkFormat } from '../shared/model/settings';
import type { Capturing } from './capture';
import type { Integration } from './integration';
import type { Note } from './notifications';
import type { Batch, FinishedBatch, QueueInput } from './queue/contract';
import type { ShortcutsService } from './shortcuts/contract';
import type { WatchersService } from './watchers/contract';

/** Null: the default account, and the account's own link format and preparation profile. */
export type QuickOptions = { readonly accountId: string | null; readonly format: LinkFormat | null; readonly profile?: string | null };

/** What a person can do from outside the window: by a key, the tray, a notification, a watcher. The links go to the clipboard. */
export type Acts = {
  /** Uploads what the clipboard holds. Rejects with `PicferryError` kind `file` when that is nothing to upload. */
  readonly uploadClipboard: (options: QuickOptions) => Promise<Batch>;
  /** Resolves once the jobs are on disk. */
  readonly uploadInputs: (inputs: readonly QueueInput[], options: QuickOptions) => Promise<Batch>;
  /** Tells the person by a notification of the system, if they want such and the system has them. A note with the same id takes the earlier one's place. Never throws. */
  readonly tell: (note: Note) => void;
  /**
   * Lets the person choose what to capture, and uploads it. Resolves once the job is on disk, and when they gave up. Rejects
   * with `PicferryError` when nothing can be captured here. While one capture goes on, another leads back to it.
   */
  readonly capture: (kind: CaptureKind, options: QuickOptions) => Promise<void>;
  /** Brings the window before the person. */
  readonly showWindow: () => void;
};

/** What works without the window, as the window's calls reach it. Built once by `app/desktop`. */
export type Desktop = {
  readonly acts: Acts;
  readonly shortcuts: ShortcutsService;
  readonly watchers: WatchersService;
  /** To be called when a person has uploaded by hand what was on the clipboard: the watcher is offered once. */
  readonly clipboardUploaded: (inputs: readonly QueueInput[]) => void;
  /** Tells of a batch that ended, if nobody sees it in the window; `copied`: whether its links lie on the clipboard. */
  readonly tellFinished: (batch: FinishedBatch, copied: boolean) => void;
  /** Captures with Picferry's own window out of the way. */
  readonly captureFromWindow: (kind: CaptureKind, target: { readonly accountId: string | null; readonly albumId: string | null }) => Promise<void>;
  readonly capturing: Capturing;
  readonly integration: Integration;
  readonly tray: {
    /** Whether there is an icon by which a person can reach Picferry. */
    readonly exists: () => boolean;
    /** To be called when the window was closed and Picferry stays; says so the first time. */
    readonly onStay: () => void;
  };
};
