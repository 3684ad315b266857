/** What can be put on the clipboard in one go; '' and an empty list stand for nothing. */
export type ClipboardContent = {
  readonly files: readonly string[];
  readonly picture: { readonly mime: string; readonly bytes: Uint8Array } | null;
  readonly html: string;
  readonly text: string;
};

/** The system's clipboard. Every method is a promise, since Electron 44 made its own so. */
export interface ClipboardPort {
  /** What is offered, as far as the system lists it; tells at little cost whether another look is worth it. */
  formats(): Promise<readonly string[]>;
  /** Paths of files copied in a file manager; empty when there are none. */
  readFiles(): Promise<readonly string[]>;
  /** A media type's bytes just as the other program offers them, or null. Nothing is decoded. */
  readRaw(mime: string): Promise<Uint8Array | null>;
  /** The picture as PNG bytes, whatever it was offered as, or null. */
  readPng(): Promise<Uint8Array | null>;
  /** The program that put it there, as it calls itself; '' where the system does not tell. Costs a few round trips. */
  source(): Promise<string>;
  readHtml(): Promise<string>;
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
  /** Replaces everything. Electron 43 and older write files, and pictures other than PNG, without the rest. */
  write(content: ClipboardContent): Promise<void>;
}

/** What a quit would interrupt: uploads that run, and actions over many uploads. */
export type QuitWork = { readonly uploads: number; readonly operations: number };

export type QuitAnswer = 'quit' | 'stay';

/** Questions that only the system's own dialogs ask. */
export interface DialogsPort {
  /** Pictures and videos to upload; empty when the person closed the dialog. */
  chooseFiles(): Promise<readonly string[]>;
  /** Where a new file is to be written; null when the person closed the dialog. What lies there may be replaced, unless `replaces` is false: then nobody warns of it. */
  chooseNewFile(suggested: { readonly name: string; readonly extension: string; readonly replaces?: false }): Promise<string | null>;
  /** A file with data of Picferry, PicGo or PicList; null when the person closed the dialog. */
  chooseImport(): Promise<string | null>;
  /** JSON files that are to be kept in sync; empty when the person closed the dialog. */
  chooseDocuments(): Promise<readonly string[]>;
  /** One JSON file that is there; null when the person closed the dialog. */
  chooseDocument(): Promise<string | null>;
  /** A folder that is there; null when the person closed the dialog. */
  chooseFolder(): Promise<string | null>;
  /** Asked when a quit would stand in the way of this. */
  confirmQuit(work: QuitWork): Promise<QuitAnswer>;
  /** Asks whether a link from outside may have the picture at this address uploaded to this account. */
  confirmLink(asked: { readonly url: string; readonly account: string }): Promise<boolean>;
  /** Says that Picferry could not start and where its log lies; returns when the person has read it. */
  startFailed(logFolder: string): void;
}

/** Whether uploads can run: a network is there and the machine is awake. */
export interface OnlinePort {
  current(): boolean;
  onChange(listener: (online: boolean) => void): () => void;
}
