import { readFileSync } from 'node:fs';
import { Settings } from '../../shared/model/settings';

/** What the first paint needs, before the settings service and its store are loaded. */
export type EarlySettings = Pick<Settings, 'theme' | 'language' | 'window'>;

/** Read only and forgiving: a missing, damaged or newer file gives the defaults; the settings service deals with it later. */
export const readEarlySettings = (file: string): EarlySettings => {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const { theme, language, window } = Settings.parse(stored);
    return { theme, language, window };
  } catch {
    const { theme, language, window } = Settings.parse({});
    return { theme, language, window };
  }
};
