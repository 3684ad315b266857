import clsx from 'clsx';
import { FileBraces, GalleryVerticalEnd, Images, PanelLeft, Settings2, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText, type TextKey } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useApp, useSettings, useUi } from '../../stores/use-app';
import type { Route } from '../../stores/ui-store';
import { IconButton } from '../../ui/button';
import { Tooltip } from '../../ui/tooltip';
import { AccountSwitcher } from './account-switcher';
import { Mark } from './mark';

const places: readonly { readonly route: Route; readonly label: TextKey; readonly icon: ReactNode }[] = [
  { route: 'upload', label: 'navUpload', icon: <Upload size={20} strokeWidth={1.75} aria-hidden /> },
  { route: 'library', label: 'navLibrary', icon: <Images size={20} strokeWidth={1.75} aria-hidden /> },
  { route: 'albums', label: 'albumsShort', icon: <GalleryVerticalEnd size={20} strokeWidth={1.75} aria-hidden /> },
  { route: 'sync', label: 'navSync', icon: <FileBraces size={20} strokeWidth={1.75} aria-hidden /> },
  { route: 'settings', label: 'navSettings', icon: <Settings2 size={20} strokeWidth={1.75} aria-hidden /> },
];

export const Rail = () => {
  const { t } = useText();
  const { ui } = useApp();
  // Conflicts are decided inside of Sync.
  const route = useUi((state) => (state.route === 'resolver' ? 'sync' : state.route));
  const open = useSettings((settings) => settings.railOpen);
  const { setSettings } = useActions();
  return (
    <nav
      aria-label={t('navMain')}
      className={clsx('flex shrink-0 flex-col gap-1 border-r border-line bg-surface p-2', open ? 'w-14 min-[720px]:w-50' : 'w-14')}
    >
      <div className={clsx('mb-2 flex h-10 items-center gap-2 px-1.5', !open && 'justify-center')}>
        <Mark />
        {open ? <span className="hidden text-lead font-semibold min-[720px]:inline">{t('appName')}</span> : null}
      </div>
      {places.map((place) => {
        const button = (
          <button
            key={place.route}
            type="button"
            aria-label={t(place.label)}
            aria-current={route === place.route ? 'page' : undefined}
            onClick={() => ui.setState({ route: place.route })}
            className={clsx(
              'flex h-9 items-center gap-3 rounded-s px-2.5 transition-colors duration-100',
              route === place.route ? 'bg-accent-soft font-medium text-accent' : 'text-text-2 hover:bg-hover hover:text-text',
            )}
          >
            <span className="shrink-0">{place.icon}</span>
            {open ? <span className="hidden truncate min-[720px]:inline">{t(place.label)}</span> : null}
          </button>
        );
        return open ? (
          button
        ) : (
          <Tooltip key={place.route} text={t(place.label)} side="right">
            {button}
          </Tooltip>
        );
      })}
      <div className="mt-auto flex flex-col gap-1">
        <span className="hidden min-[720px]:block">
          <IconButton label={t(open ? 'railClose' : 'railOpen')} aria-expanded={open} onClick={() => void setSettings({ railOpen: !open })} className="!w-10">
            <PanelLeft size={18} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </span>
        <AccountSwitcher open={open} />
      </div>
    </nav>
  );
};
