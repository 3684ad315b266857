import { BookImage, CircleAlert, Images, RefreshCw, Upload, UploadCloud } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Account } from '../../../shared/model/account';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure } from '../../bridge';
import { hostAlbums, lastListed, matchingAlbums } from '../../stores/album-lists';
import { openLibrary } from '../../stores/open-library';
import { useText } from '../../stores/text';
import { useAlbums, useApp, useSettings } from '../../stores/use-app';
import { Bar, EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';
import type { MenuEntry } from '../../ui/menu';
import { AlbumGrid } from './album-grid';
import { FilterBox } from './filter-box';
import { Head } from './head';
import { useAlbumChoice } from './use-album-choice';

const icon = { size: 14, 'aria-hidden': true } as const;

/** Asks the host for its albums; `asked` is true once it answered in this view. */
const useRefresh = (account: Account) => {
  const { client } = useApp();
  const [state, setState] = useState<{ readonly busy: boolean; readonly asked: boolean; readonly problem: Problem | null }>({ busy: false, asked: false, problem: null });
  const refresh = useCallback(async (): Promise<void> => {
    setState((before) => ({ ...before, busy: true, problem: null }));
    try {
      await client.call('albums:refresh', { accountId: account.id });
      setState({ busy: false, asked: true, problem: null });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setState({ busy: false, asked: true, problem: failure.error.problem });
    }
  }, [client, account.id]);
  return { ...state, refresh };
};

/** The albums that a host listed when it was last asked, with what this library knows of each. */
export const HostAlbums = ({ account }: { readonly account: Account }) => {
  const { t, language, sentences, account: called, problem: words, timeLong } = useText();
  const app = useApp();
  const every = useAlbums();
  const chosen = useSettings((settings) => settings.chosenAlbums[account.id]);
  const choose = useAlbumChoice(account);
  const [search, setSearch] = useState('');
  const { busy, asked, problem, refresh } = useRefresh(account);
  const albums = useMemo(() => hostAlbums(every, account.id, language), [every, account.id, language]);
  const found = useMemo(() => matchingAlbums(albums, search), [albums, search]);
  const listedAt = lastListed(albums);
  const name = called(account.name);
  const begun = useRef(false);
  useEffect(() => {
    // The first look at an account asks its host; later ones show what is kept until a person refreshes.
    if (begun.current) return;
    begun.current = true;
    if (albums.length === 0) void refresh();
  }, [albums.length, refresh]);
  const open = (album: LibraryAlbum): void => openLibrary(app, { album: { source: 'host', accountId: account.id, id: album.id } });
  const entriesOf = (album: LibraryAlbum): readonly MenuEntry[] => [
    { label: t('albumsOpen'), icon: <Images {...icon} />, onSelect: () => open(album) },
    album.id === chosen
      ? { label: t('albumsTypedClear'), icon: <Upload {...icon} />, onSelect: () => void choose('', { key: 'albumsTypedCleared', params: { account: name } }) }
      : { label: t('albumsUseForNew'), icon: <UploadCloud {...icon} />, onSelect: () => void choose(album.id, { key: 'albumsUsed', params: { account: name, name: album.name } }) },
  ];
  const again = (
    <Button icon={<RefreshCw {...icon} className={busy ? 'animate-spin motion-reduce:animate-none' : ''} />} disabled={busy} onClick={() => void refresh()}>
      {t(busy ? 'albumsRefreshing' : 'albumsRefresh')}
    </Button>
  );
  return (
    <div className="flex h-full flex-col">
      <Head
        title={`${name} · ${t('albumsOfHost')}`}
        about={sentences(t('albumsHostCannotList', { name }), listedAt === null ? t('albumsNeverListed') : t('albumsListedAt', { time: timeLong(listedAt) }))}
        actions={
          <>
            {albums.length === 0 ? null : <FilterBox label={t('albumsFilter')} value={search} onChange={setSearch} />}
            {again}
          </>
        }
      >
        {problem === null || albums.length === 0 ? null : (
          <div role="alert" className="mt-2">
            <Bar tone="warn" icon={<CircleAlert size={16} aria-hidden />}>
              {words(problem)}
            </Bar>
          </div>
        )}
      </Head>
      <div className="min-h-0 flex-1">
        {albums.length > 0 ? (
          <AlbumGrid
            label={t('albumsGrid')}
            albums={found}
            {...(chosen === undefined ? {} : { inUseId: chosen })}
            entriesOf={entriesOf}
            onOpen={open}
            onClearFilter={() => setSearch('')}
          />
        ) : problem !== null ? (
          <EmptyState icon={<CircleAlert size={36} strokeWidth={1.25} />} title={t('albumsHostFailed')} actions={<Button onClick={() => void refresh()}>{t('tryAgain')}</Button>}>
            {words(problem)}
          </EmptyState>
        ) : (
          <EmptyState icon={<BookImage size={40} strokeWidth={1.25} />} title={t(asked ? 'albumsHostEmpty' : 'albumsRefreshing', { name })}>
            {asked ? t('albumsHostEmptyText') : null}
          </EmptyState>
        )}
      </div>
    </div>
  );
};
