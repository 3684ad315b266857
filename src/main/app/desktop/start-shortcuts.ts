import { PicferryError } from '../../../lib/picferry-error';
import { assertNever } from '../../../shared/assert-never';
import { problemText } from '../../../shared/i18n/translator';
import type { Shortcut, ShortcutName } from '../../../shared/model/settings';
import type { Acts } from '../../desktop';
import type { Send } from '../../ipc';
import { systemGlobalKeys } from '../../platform';
import { createShortcuts, type ShortcutsService } from '../../shortcuts';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';

export type StartShortcutsDeps = { readonly parts: AppParts; readonly loaded: Loaded; readonly acts: Acts; readonly send: Send; readonly onClipboardUpload: () => void };

/** Registers the global keys and does what they say. What fails is told by a notification, and in the window. */
export const startShortcuts = ({ parts, loaded, acts, send, onClipboardUpload }: StartShortcutsDeps): ShortcutsService => {
  let failedRev = 0;
  const failed = (error: unknown): void => {
    if (!(error instanceof PicferryError)) {
      parts.logger.log('error', 'what a key asked for failed', { error });
      return;
    }
    const texts = parts.texts();
    send('shortcuts:failed', { rev: (failedRev += 1), problem: error.problem });
    acts.tell({ id: 'key-failed', title: texts.t('desktop:keyNothingTitle'), body: problemText(texts, error.problem), picture: null, actions: [], onClick: acts.showWindow, urgency: 'problem' });
  };
  const run = async (name: ShortcutName, { accountId, format, profile }: Shortcut): Promise<void> => {
    const options = { accountId, format, profile };
    switch (name) {
      case 'uploadClipboard':
        await acts.uploadClipboard(options);
        onClipboardUpload();
        return;
      case 'captureRegion':
        return acts.capture('region', options);
      case 'captureWindow':
        return acts.capture('window', options);
      case 'captureScreen':
        return acts.capture('screen', options);
      case 'openWindow':
        return acts.showWindow();
      default:
        return assertNever(name);
    }
  };
  const service = createShortcuts({
    keys: systemGlobalKeys(),
    settings: loaded.services.settings,
    act: (name, shortcut) => {
      run(name, shortcut).catch(failed);
    },
    mac: process.platform === 'darwin',
    now: Date.now,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  service.onChange(() => send('shortcuts:changed', { rev: service.rev(), shortcuts: [...service.list()] }));
  return service;
};
