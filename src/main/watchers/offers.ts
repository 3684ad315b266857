import { basename, dirname } from 'node:path';
import type { Notice } from '../../shared/model/notice';
import type { FinishedBatch, QueueInput } from '../queue';
import type { SettingsService } from '../settings';
import { fitsPattern } from './name-pattern';
import type { ScreenshotPlace } from './screenshot-places';

export type OffersDeps = {
  readonly settings: Pick<SettingsService, 'current' | 'update' | 'readOnly'>;
  /** A notice in the window, which says where to switch the watcher on. */
  readonly notice: (notice: Notice) => void;
  readonly findPlaces: () => Promise<readonly ScreenshotPlace[]>;
  readonly onFault: (error: unknown) => void;
};

/** In the settings' `dismissed`: the watcher was offered. */
const OFFERED = { clipboard: 'offered-clipboard-watcher', screenshots: 'offered-screenshot-watcher' } as const;

/** Offers each watcher once, when it would have spared the person something: a new user would never look for them. */
export const createOffers = ({ settings, notice, findPlaces, onFault }: OffersDeps) => {
  const open = (which: keyof typeof OFFERED): boolean => {
    const { dismissed, clipboardWatcher, screenshotWatcher } = settings.current();
    return !settings.readOnly && !(which === 'clipboard' ? clipboardWatcher : screenshotWatcher).on && !dismissed.includes(OFFERED[which]);
  };
  const offer = (which: keyof typeof OFFERED): void => {
    settings.update((current) => ({ ...current, dismissed: [...current.dismissed, OFFERED[which]] }));
    const message = which === 'clipboard' ? 'offerClipboardWatcher' : 'offerScreenshotWatcher';
    notice({ id: message, level: 'info', message, params: {} });
  };
  const lookAtFiles = async (files: readonly string[]): Promise<void> => {
    const places = await findPlaces();
    const fits = (file: string): boolean =>
      places.some(({ path, patterns }) => dirname(file) === path && (patterns.length === 0 || patterns.some((pattern) => fitsPattern(basename(file), pattern))));
    if (files.some(fits) && open('screenshots')) offer('screenshots');
  };
  return {
    /** A person uploaded by hand what was on the clipboard; a picture there is what its watcher would have met. */
    clipboardUploaded: (inputs: readonly QueueInput[]): void => {
      if (inputs.some(({ type }) => type === 'kept') && open('clipboard')) offer('clipboard');
    },
    /** Files were uploaded by hand. */
    filesUploaded: ({ origin, results }: Pick<FinishedBatch, 'origin' | 'results'>): void => {
      const files = results.filter(({ state }) => state === 'done').map(({ file }) => file);
      if ((origin === 'window' || origin === 'anywhere') && files.length > 0 && open('screenshots')) lookAtFiles(files).catch(onFault);
    },
  };
};
