import clsx from 'clsx';
import { Ban, BookImage, Clock, Globe, HardDrive, LayoutGrid } from 'lucide-react';
import type { Account } from '../../../shared/model/account';
import { placesOf, samePlace } from '../../stores/album-lists';
import { useText, type TextKey } from '../../stores/text';
import { useAccounts } from '../../stores/use-app';
import type { AlbumsPlace } from '../../stores/ui-store';
import { Dot } from '../../ui/bits';
import { Select } from '../../ui/select';

type PlacesProps = { readonly place: AlbumsPlace; readonly onChoose: (place: AlbumsPlace) => void };

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

const nameOf = (place: AlbumsPlace, account: Account): TextKey => {
  if (place.kind === 'local') return 'albumsMine';
  if (place.kind === 'none') return 'albumsNothing';
  if (place.kind === 'albums') return account.capabilities.albums ? 'albumsOfHost' : 'albumsById';
  if (account.onlyThisComputer) return 'albumsHere';
  return account.capabilities.list === 'last-hour-of-this-network' ? 'albumsLastHour' : 'albumsGallery';
};

const iconOf = (place: AlbumsPlace, account: Account) => {
  if (place.kind === 'local' || place.kind === 'albums') return <BookImage {...icon} />;
  if (place.kind === 'none') return <Ban {...icon} />;
  if (account.onlyThisComputer) return <HardDrive {...icon} />;
  return account.capabilities.list === 'last-hour-of-this-network' ? <Clock {...icon} /> : <Globe {...icon} />;
};

const itemClass = (current: boolean): string =>
  clsx('flex h-8 w-full items-center gap-2.5 rounded-s px-2.5 text-left', current ? 'bg-accent-soft font-medium text-accent' : 'text-text-2 hover:bg-hover hover:text-text');

/** The places beside the content, account by account. */
export const PlacesList = ({ place, onChoose }: PlacesProps) => {
  const { t, account: called } = useText();
  const accounts = useAccounts();
  const mine: AlbumsPlace = { kind: 'local' };
  return (
    <nav aria-label={t('albumsPlaces')} className="flex w-52 shrink-0 flex-col gap-3 overflow-y-auto border-r border-line p-3">
      <button type="button" aria-current={place.kind === 'local' ? 'page' : undefined} onClick={() => onChoose(mine)} className={itemClass(place.kind === 'local')}>
        <LayoutGrid {...icon} className="shrink-0" />
        <span className="truncate">{t('albumsMine')}</span>
      </button>
      {accounts.map((account) => (
        <section key={account.id} aria-label={called(account.name)} className="flex flex-col gap-0.5">
          <h2 className="flex items-center gap-2 px-2.5 pb-1 text-small font-medium text-text-2" title={account.onlyThisComputer ? undefined : account.url}>
            <Dot tone={account.paused === null ? 'ok' : 'warn'} />
            <span className="truncate">{called(account.name)}</span>
          </h2>
          {placesOf(account).map((one) => (
            <button
              key={one.kind}
              type="button"
              aria-current={samePlace(one, place) ? 'page' : undefined}
              onClick={() => onChoose(one)}
              className={itemClass(samePlace(one, place))}
            >
              <span className="shrink-0">{iconOf(one, account)}</span>
              <span className="truncate" title={t(nameOf(one, account))}>
                {t(nameOf(one, account))}
              </span>
            </button>
          ))}
        </section>
      ))}
    </nav>
  );
};

/** The same places as one choice, for narrow windows. */
export const PlacesSelect = ({ place, onChoose }: PlacesProps) => {
  const { t, account: called } = useText();
  const accounts = useAccounts();
  const places = [
    { value: 'local', place: { kind: 'local' } as AlbumsPlace, label: t('albumsMine'), icon: <LayoutGrid {...icon} /> },
    ...accounts.flatMap((account) =>
      placesOf(account).map((one) => ({ value: `${one.kind} ${account.id}`, place: one, label: `${called(account.name)} · ${t(nameOf(one, account))}`, icon: iconOf(one, account) })),
    ),
  ];
  const current = places.find((one) => samePlace(one.place, place));
  return (
    <div className="shrink-0 border-b border-line px-4 py-2">
      <Select
        label={t('albumsPlaces')}
        className="w-full"
        value={current?.value ?? 'local'}
        options={places.map(({ value, label }) => ({ value, label }))}
        onChange={(value) => {
          const chosen = places.find((one) => one.value === value);
          if (chosen !== undefined) onChoose(chosen.place);
        }}
      />
    </div>
  );
};
