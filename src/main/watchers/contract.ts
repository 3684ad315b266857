import type { PauseSpan, WatchersView } from '../../shared/model/watchers';

/** Watches the clipboard and the folders of screenshots as the settings say. */
export interface WatchersService {
  view(): WatchersView;
  rev(): number;
  onChange(listener: () => void): () => void;
  /** Resolves when the system's folders are in the view. */
  look(): Promise<void>;
  /** Null lets both go on. What comes meanwhile is left alone for good. */
  pause(span: PauseSpan | null): void;
  /** Looks through the folders: after sleep. */
  lookAgain(): void;
  close(): void;
}
