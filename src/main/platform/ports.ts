/** The system's clipboard. Every method is a promise, since Electron 44 made its own so. */
export interface ClipboardPort {
  /** Paths of files copied in a file manager; empty when there are none. */
  readFiles(): Promise<readonly string[]>;
  /** The picture as PNG bytes, or null. */
  readPng(): Promise<Uint8Array | null>;
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

/** What a quit would interrupt: uploads that run, and actions over many uploads. */
export type QuitWork = { readonly uploads: number; readonly operations: number };

export type QuitAnswer = 'quit' | 'stay';

/** Questions that only the system's own dialogs ask. */
export interface DialogsPort {
  /** Pictures and videos to upload; empty when the person closed the dialog. */
  chooseFiles(): Promise<readonly string[]>;
  /** Where a new file is to be written; null when the person closed the dialog. What lies there may be replaced. */
  chooseNewFile(suggested: { readonly name: string; readonly extension: string }): Promise<string | null>;
  /** A file with data of Picferry, PicGo or PicList; null when the person closed the dialog. */
  chooseImport(): Promise<string | null>;
  /** Asked when a quit would stand in the way of this. */
  confirmQuit(work: QuitWork): Promise<QuitAnswer>;
  /** Says that Picferry could not start and where its log lies; returns when the person has read it. */
  startFailed(logFolder: string): void;
}

/** Whether uploads can run: a network is there and the machine is awake. */
export interface OnlinePort {
  current(): boolean;
  onChange(listener: (online: boolean) => void): () => void;
}
