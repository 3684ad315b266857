import Conf from 'conf';
import type { SettingsStore } from '../settings';

/**
 * The settings file of the command line, `settings.json` in `folder`: the same file that the app opens with
 * electron-store, whose base class conf is. Opened on first use, since opening throws when the file is no JSON.
 */
export const confSettingsStore = (folder: string): SettingsStore => {
  let opened: Conf<Record<string, unknown>> | null = null;
  const store = (): Conf<Record<string, unknown>> =>
    (opened ??= new Conf<Record<string, unknown>>({
      configName: 'settings',
      projectName: 'picferry',
      cwd: folder,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      configFileMode: 0o600,
    }));
  return {
    read: () => store().store,
    write: (settings) => {
      store().store = { ...settings };
    },
  };
};
