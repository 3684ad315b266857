import { useCallback } from 'react';
import { placesOf, samePlace } from '../../stores/album-lists';
import { useText } from '../../stores/text';
import { useAccounts, useApp, useUi } from '../../stores/use-app';
import type { AlbumsPlace } from '../../stores/ui-store';
import { useWidth } from '../../ui/use-width';
import { HostAlbums } from './host-albums';
import { LocalAlbums } from './local-albums';
import { NothingThere } from './nothing-there';
import { PlacesList, PlacesSelect } from './places-list';
import { RemoteScreen } from './remote-screen';
import { TypedAlbum } from './typed-album';

const SIDE_FROM = 720;

const Content = ({ place }: { readonly place: AlbumsPlace }) => {
  const accounts = useAccounts();
  if (place.kind === 'local') return <LocalAlbums />;
  const account = accounts.find(({ id }) => id === place.accountId);
  if (account === undefined) return <LocalAlbums />;
  if (place.kind === 'list') return <RemoteScreen key={account.id} account={account} />;
  if (place.kind === 'none') return <NothingThere account={account} />;
  return account.capabilities.albums ? <HostAlbums key={account.id} account={account} /> : <TypedAlbum key={account.id} account={account} />;
};

/** Albums of this library, and what each account's host has: albums, lists, or a sentence why neither. */
export const AlbumsScreen = () => {
  const { t } = useText();
  const { ui } = useApp();
  const accounts = useAccounts();
  const chosen = useUi((state) => state.albumsPlace);
  const [width, ref] = useWidth();
  const known = chosen.kind === 'local' || accounts.some((account) => account.id === chosen.accountId && placesOf(account).some((place) => samePlace(place, chosen)));
  const place: AlbumsPlace = known ? chosen : { kind: 'local' };
  const choose = useCallback((albumsPlace: AlbumsPlace) => ui.setState({ albumsPlace }), [ui]);
  return (
    <section ref={ref} aria-label={t('albumsTitle')} className="@container flex h-full min-h-0">
      <h1 tabIndex={-1} className="sr-only">
        {t('albumsTitle')}
      </h1>
      {width >= SIDE_FROM ? <PlacesList place={place} onChoose={choose} /> : null}
      <div className="flex min-w-0 flex-1 flex-col">
        {width > 0 && width < SIDE_FROM ? <PlacesSelect place={place} onChoose={choose} /> : null}
        <div className="min-h-0 flex-1">
          <Content place={place} />
        </div>
      </div>
    </section>
  );
};
