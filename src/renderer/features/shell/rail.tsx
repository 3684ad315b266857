import clsx from 'clsx';
import { FileBraces, GalleryVerticalEnd, Images, PanelLeft, Settings2, Upload } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { undecidedIn } from '../../../shared/undecided';
import { useText, type TextKey } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useApp, useSettings, useSync, useUi } from '../../stores/use-app';
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

const MOST_SHOWN = 99;

/** How many places wait for a person, where the way to them is; said in words as the button's description. */
const Undecided = ({ id, count, open }: { readonly id: string; readonly count: number; readonly open: boolean }) => {
  const { t, number } = useText();
  return (
    <>
      <span aria-hidden data-testid="undecided" className={clsx('num flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-warn-soft px-1 text-small font-medium text-warn', open ? 'absolute end-0.5 top-0.5 min-[720px]:static min-[720px]:ms-auto' : 'absolute end-0.5 top-0.5')}>
        {count > MOST_SHOWN ? `${number(MOST_SHOWN)}+` : number(count)}
      </span>
      <span id={id} hidden>
        {t('syncUndecided', { count, formatted: number(count) })}
      </span>
    </>
  );
};

export const Rail = () => {
  const { t, number } = useText();
  const undecided = useSync((view) => undecidedIn(view.documents));
  const waits = useId();
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
        const count = place.route === 'sync' ? undecided : 0;
        const label = count === 0 ? t(place.label) : `${t(place.label)}: ${t('syncUndecided', { count, formatted: number(count) })}`;
        const button = (
          <button
            key={place.route}
            type="button"
            aria-label={t(place.label)}
            aria-current={route === place.route ? 'page' : undefined}
            aria-describedby={count === 0 ? undefined : waits}
            title={open && count > 0 ? label : undefined}
            // Who is in a document already goes to all of them.
            onClick={() => ui.setState(({ route: from }) => (from === 'sync' && place.route === 'sync' ? { syncPlace: { document: null } } : { route: place.route }))}
            className={clsx(
              'relative flex h-9 items-center gap-3 rounded-s px-2.5 transition-colors duration-100',
              route === place.route ? 'bg-accent-soft font-medium text-accent' : 'text-text-2 hover:bg-hover hover:text-text',
            )}
          >
            <span className="shrink-0">{place.icon}</span>
            {open ? <span className="hidden truncate min-[720px]:inline">{t(place.label)}</span> : null}
            {count === 0 ? null : <Undecided id={waits} count={count} open={open} />}
          </button>
        );
        return open ? (
          button
        ) : (
          <Tooltip key={place.route} text={label} side="right">
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
