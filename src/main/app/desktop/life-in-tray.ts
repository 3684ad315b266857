import type { BrowserWindow } from 'electron';
import type { Acts } from '../../desktop';
import type { SettingsService } from '../../settings';
import type { TrayFeature } from '../../tray';
import type { AppParts } from '../app-parts';

/** In the settings' `dismissed`: a person knows that closing leaves Picferry in the tray. */
const TOLD = 'stays-in-tray';
/** At login the panel may come after Picferry; longer than this nobody waits for a window that cannot be had otherwise. */
const PANEL_MS = 20_000;

/** Says by a notification that Picferry stays in the tray, the first time only. */
export const saysStay =
  ({ parts, settings, acts }: { readonly parts: Pick<AppParts, 'texts'>; readonly settings: SettingsService; readonly acts: Acts }) =>
  (): void => {
    if (settings.readOnly || settings.current().dismissed.includes(TOLD)) return;
    const texts = parts.texts();
    acts.tell({
      id: TOLD,
      title: texts.t('desktop:trayStaysTitle'),
      body: texts.t('desktop:trayStaysBody'),
      picture: null,
      actions: [],
      onClick: acts.showWindow,
      urgency: 'problem',
    });
    settings.update((current) => ({ ...current, dismissed: [...current.dismissed, TOLD] }));
  };

/** A window that was started hidden is put in the task bar where no tray comes: it could not be found otherwise. */
export const showWithoutTray = async (window: BrowserWindow, hidden: boolean, tray: TrayFeature): Promise<void> => {
  if (!hidden || (await tray.appears(PANEL_MS)) || window.isDestroyed() || window.isVisible()) return;
  window.showInactive();
  window.minimize();
};
