import type { ShortcutName } from '../../shared/model/settings';
import type { ShortcutState, ShortcutTest } from '../../shared/model/shortcut-state';

/** Keys that the system sends wherever the focus is. */
export interface GlobalKeysPort {
  /** `portal`: the desktop asks the person and does not say what they answered. */
  readonly support: 'grabs' | 'portal' | 'none';
  /** False when the key is not to be had. Never throws; `bad` for a name that the system does not know. */
  register(accelerator: string, onPress: () => void): boolean | 'bad';
  unregister(accelerator: string): void;
}

export interface ShortcutsService {
  list(): readonly ShortcutState[];
  rev(): number;
  onChange(listener: () => void): () => void;
  /** Lets all keys go while a new one is recorded, so that it reaches the window. Ends by itself after a while. */
  record(on: boolean): void;
  /** Asks the system again for keys that were refused. */
  tryAgain(): void;
  /** Resolves when the system sends this key, or does not within 15 seconds. What the key does is not done meanwhile. */
  test(name: ShortcutName): Promise<ShortcutTest>;
  stopTest(): void;
  /** Does what the key of this name does, as its settings say. */
  act(name: ShortcutName): void;
  /** Gives all keys back. */
  close(): void;
}
