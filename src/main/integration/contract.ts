/** What Picferry can be in the system besides a program: each is installed for this person alone, and removed again whole. */
export type SystemAct = 'login' | 'links' | 'sendTo';

/** How Picferry is started: a program, its first arguments and what has to be in its environment. */
export type StartCommand = { readonly program: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };

export type ShortcutFile = { readonly target: string; readonly args: string; readonly icon: string; readonly description: string };

/** The system as these acts see it. */
export type SystemParts = {
  readonly platform: string;
  /** The person's home folder. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly command: StartCommand;
  /** A PNG picture of Picferry. */
  readonly icon: string;
  /** "Send to Picferry" in the person's language. */
  readonly sendLabel: string;
  /** Runs a program without a shell; resolves to its exit code and output, 127 when it cannot be run. */
  readonly run: (program: string, args: readonly string[]) => Promise<{ readonly code: number; readonly output: string }>;
  /** Writes a shortcut of Windows. Throws when it cannot. */
  readonly writeShortcut: (path: string, shortcut: ShortcutFile) => void;
  /** The kind of links that macOS leaves to the bundle of the application. */
  readonly bundleLinks: { readonly isOurs: () => boolean; readonly claim: () => boolean; readonly leave: () => void };
};

/** One act on one system. */
export interface ActBody {
  /** Where it lies: files, or a key of the registry. Empty where this system has no place for it. */
  places(): readonly string[];
  /** Whether it is installed and not switched off by the system's own tools. */
  isOn(): Promise<boolean>;
  /** Installs it, or brings what is installed up to date. Rejects with the system's error. */
  install(): Promise<void>;
  /** Removes all that `install` made and nothing else; nothing happens where there is nothing. */
  remove(): Promise<void>;
}

export type ActState = { readonly state: 'on' | 'off' | 'unavailable'; readonly places: readonly string[] };

export interface Integration {
  state(): Promise<Readonly<Record<SystemAct, ActState>>>;
  /** Rejects with `PicferryError` kind `file` when the system refuses. */
  set(act: SystemAct, on: boolean): Promise<void>;
  /** Writes what is installed anew, since the program may lie elsewhere now. */
  refresh(): Promise<void>;
}

/** The scheme of Picferry's own links. */
export const SCHEME = 'picferry';
