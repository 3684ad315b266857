import type { Settings } from '../../shared/model/settings';

/** Where settings are kept: electron-store in the app, conf on the command line, both on the same file. */
export interface SettingsStore {
  /** What is stored, unparsed. */
  read(): unknown;
  /** Writes the whole file atomically (temporary name, synced, renamed). Throws when it cannot. */
  write(settings: Settings): void;
}

/** The settings of this data folder. Main owns them; everybody else asks for changes. */
export interface SettingsService {
  current(): Settings;
  /** Bumped by one with every change. */
  rev(): number;
  /** Changes, checks and writes at once. Throws `PicferryError` kind `file` when the disk refuses; nothing changed then. */
  update(change: (settings: Settings) => Settings): void;
  onChange(listener: (settings: Settings, rev: number) => void): () => void;
  /** True when the file belongs to a newer Picferry: it is not touched. */
  readonly readOnly: boolean;
}
