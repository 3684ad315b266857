import { codeOf } from '../../lib/atomic-file';
import type { Clock } from '../../lib/clock';
import { isFull } from '../../lib/full-disk';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Settings } from '../../shared/model/settings';
import { wholeSettings } from './parse-settings';
import type { SettingsService, SettingsStore } from './contract';
import type { PreparedSettings } from './prepare-settings-file';

/** The settings service over a file that `prepareSettingsFile` has made fit. A change is on disk before anybody hears of it. */
export function createSettings(
  store: SettingsStore,
  prepared: Pick<PreparedSettings, 'settings' | 'readOnly'>,
  now: Clock,
): SettingsService {
  let settings = prepared.settings;
  let rev = 0;
  const listeners = new Set<(settings: Settings, rev: number) => void>();
  const refuse = (message: string, detail: string | null, cause?: unknown): never => {
    throw new PicferryError(problemOf({ kind: 'file', message, detail }, now()), { cause });
  };
  return {
    readOnly: prepared.readOnly,
    current: () => settings,
    rev: () => rev,
    update(change) {
      const wanted = change(settings);
      if (wanted === settings) return;
      if (prepared.readOnly) refuse('settingsReadOnly', null);
      const next = wholeSettings(wanted);
      try {
        store.write(next);
      } catch (error) {
        const code = codeOf(error) || null;
        refuse(isFull(code) ? 'settingsDiskFull' : 'settingsNotSaved', code, error);
      }
      settings = next;
      rev += 1;
      for (const listener of [...listeners]) listener(settings, rev);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Stands in where the file may not be opened (`blocked`): reads as empty and refuses every write. */
export const closedStore: SettingsStore = {
  read: () => ({}),
  write: () => {
    throw new Error('the settings file cannot be used');
  },
};
