import type ElectronStore from 'electron-store';
import { keepSignals } from '../../lib/keep-signals';
import type { Settings } from '../../shared/model/settings';
import type { SettingsStore } from '../settings';

/**
 * The settings file of the app, `settings.json` in `folder`. Its `migrations` are never used: steps are
 * ours. Opened on first use, since opening reads the file and throws when it is no JSON. `onOpened` runs
 * right after, to close the channel that electron-store opens for pages.
 */
export const electronSettingsStore = async (folder: string, onOpened: () => void): Promise<SettingsStore> => {
  const { default: Store } = await keepSignals(() => import('electron-store'));
  let opened: ElectronStore<Record<string, unknown>> | null = null;
  const store = (): ElectronStore<Record<string, unknown>> => {
    if (opened !== null) return opened;
    opened = new Store<Record<string, unknown>>({
      name: 'settings',
      cwd: folder,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      configFileMode: 0o600,
    });
    onOpened();
    return opened;
  };
  return {
    read: () => store().store,
    write: (settings: Settings) => {
      store().store = { ...settings };
    },
  };
};
