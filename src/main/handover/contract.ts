/** Where a command's words go. Text arrives in the order it was written. */
export interface CommandIo {
  /** Results only. */
  stdout(text: string): void;
  /** Words for people. */
  stderr(text: string): void;
}

/** What the owner of a data folder does for others. */
export type Handlers = {
  /**
   * Runs a command that another process handed over and gives its exit code. `command` is unchecked.
   * `signal` aborts when the person cancelled; a process that merely vanished leaves its work going, and `gone` aborts.
   */
  command(command: unknown, io: CommandIo, signal: AbortSignal, gone: AbortSignal): Promise<number>;
  /** A window was started on this folder: show ours, or give the folder up as soon as the work allows. `wish` is what that start asks for besides, unchecked. */
  window(wish: unknown): 'shown' | 'yields';
  /** Starts the embedded host, if need be, for another Picferry of this person. Absent in a process that ends soon, null from one that is ending. */
  host?(): Promise<{ readonly url: string; readonly key: string } | null>;
};

/** The one process that may change a data folder. The system takes ownership away when the process dies. */
export interface Owner {
  /** Starts answering; whoever connected earlier has waited. */
  serve(handlers: Handlers): void;
  /** Aborts when a window asked for the folder; from then on no new command is taken. */
  readonly yielded: AbortSignal;
  /** Takes no new command (those who ask wait for the next owner) and resolves when none is running. */
  drain(): Promise<void>;
  /** Gives the folder up. Call it after everything in the folder is closed. */
  release(): void;
}

/** What the owner of another data folder says of its embedded host. The key lives in memory only. */
export type HostAnswer =
  | { readonly type: 'host'; readonly url: string; readonly key: string }
  /** Nobody answers, or only a process that ends soon. */
  | { readonly type: 'absent' }
  /** Its host could not be started. */
  | { readonly type: 'failed' }
  /** The owner is a Picferry that does not know the question, or that we do not understand. */
  | { readonly type: 'other-version' };

export type HandOverResult =
  /** The owner ran the command. */
  | { readonly type: 'exit'; readonly code: number }
  /** Nobody listens: there is no owner, or it is just starting or ending. */
  | { readonly type: 'absent' }
  /** The owner is leaving and did not take it. Try to become the owner. */
  | { readonly type: 'not-taken' }
  /** The owner went away in the middle; `spoke` tells whether any result had been written. */
  | { readonly type: 'lost'; readonly spoke: boolean };
