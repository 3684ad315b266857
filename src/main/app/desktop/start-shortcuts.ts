import { assertNever } from '../../../shared/assert-never';
import type { Shortcut, ShortcutName } from '../../../shared/model/settings';
import type { Acts } from '../../desktop';
import type { Send } from '../../ipc';
import { shellLine } from '../../integration';
import { systemGlobalKeys } from '../../platform';
import { createShortcuts, type ShortcutsService } from '../../shortcuts';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';
import { ownStartCommand } from './start-integration';
import type { Told } from './tell-failures';

export type StartShortcutsDeps = { readonly parts: AppParts; readonly loaded: Loaded; readonly acts: Acts; readonly told: Told; readonly send: Send };

/** Registers the global keys and does what they say. */
export const startShortcuts = ({ parts, loaded, acts, told, send }: StartShortcutsDeps): ShortcutsService => {
  const run = async (name: ShortcutName, { accountId, format, profile }: Shortcut): Promise<void> => {
    const options = { accountId, format, profile };
    switch (name) {
      case 'uploadClipboard':
        await acts.uploadClipboard(options);
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
    act: (name, shortcut) => told(run(name, shortcut)),
    commandFor: (name) => shellLine(ownStartCommand(parts), ['--do', name]),
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
