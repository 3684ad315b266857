import { join } from 'node:path';
import type { DropLook } from '../../../shared/model/drop-window';
import type { Settings } from '../../../shared/model/settings';
import { dropWindow } from '../../platform';
import type { SettingsService } from '../../settings';
import type { AppParts } from '../app-parts';
import { PAGE_ORIGIN } from '../declare-schemes';

/** Shows the small window that takes drops while the settings want it, in their language and theme. */
export const startDropWindow = (parts: AppParts, settings: SettingsService, lifetime: AbortSignal): void => {
  const port = dropWindow({
    origin: PAGE_ORIGIN,
    preload: join(parts.programs, '..', 'preload', 'index.js'),
    icon: join(parts.programs, '..', '..', 'resources', 'icon.png'),
    devTools: parts.devTools,
    sideWindows: parts.sideWindows,
  });
  const lookOf = ({ dropWindow: wanted, language, theme, copyWhenDone }: Settings): DropLook | null => {
    if (!wanted) return null;
    const { t } = parts.texts();
    return {
      language: language === 'system' ? parts.systemLanguage : language,
      theme,
      words: {
        here: t('desktop:dropHere'),
        taking: t('desktop:dropTaking'),
        taken: t(copyWhenDone ? 'desktop:dropTaken' : 'desktop:dropTakenOnly', { skipInterpolation: true }),
        nothing: t('desktop:dropNothing'),
        refused: t('desktop:dropRefused'),
        close: t('desktop:dropClose'),
      },
    };
  };
  let shown = 'null';
  const draw = (): void => {
    const look = lookOf(settings.current());
    const now = JSON.stringify(look);
    if (now === shown) return;
    shown = now;
    port.show(look);
  };
  const off = settings.onChange(draw);
  draw();
  lifetime.addEventListener(
    'abort',
    () => {
      off();
      port.show(null);
    },
    { once: true },
  );
};
