/** What the icon tells at a glance: eight steps of progress, each an eighth further. */
export type TrayIcon = 'idle' | 'paused' | `busy-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;

/** One line of the tray's menu. `picture` is the path of a small PNG file. */
export type TrayItem =
  | { readonly type: 'line' }
  | { readonly type: 'words'; readonly label: string }
  | { readonly type: 'act'; readonly label: string; readonly picture: string | null; readonly enabled: boolean; readonly act: () => void }
  | { readonly type: 'check' | 'choice'; readonly label: string; readonly checked: boolean; readonly act: () => void }
  | { readonly type: 'menu'; readonly label: string; readonly items: readonly TrayItem[] };

export type TrayLook = { readonly icon: TrayIcon; readonly tooltip: string };

export type TrayActs = {
  /** The icon was pressed. */
  readonly onClick: () => void;
  /** Files were dropped on the icon, where the system has that (macOS). */
  readonly onDrop: (paths: readonly string[]) => void;
};

/** An icon in the tray or menu bar, from creation to `close`. */
export interface TrayPort {
  setLook(look: TrayLook): void;
  setMenu(items: readonly TrayItem[]): void;
  close(): void;
}

/** Whether the desktop shows tray icons. */
export interface TrayPlace {
  exists(): boolean;
  /** Told when a tray comes or goes, such as a panel that starts after Picferry. */
  onChange(listener: (exists: boolean) => void): () => void;
  close(): void;
}

/** Progress where the system shows it on the application: task bar, Dock. Null takes it away. */
export interface ProgressPort {
  show(progress: { readonly fraction: number; readonly paused: boolean } | null): void;
}
