import { BookImage, Image, Images, Pencil, Plus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import { localAlbums, matchingAlbums } from '../../stores/album-lists';
import { openLibrary } from '../../stores/open-library';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useAlbums, useApp } from '../../stores/use-app';
import { EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';
import type { MenuEntry } from '../../ui/menu';
import { AlbumGrid } from './album-grid';
import { CoverDialog } from './cover-dialog';
import { FilterBox } from './filter-box';
import { Head } from './head';
import { NameDialog } from './name-dialog';

const icon = { size: 14, 'aria-hidden': true } as const;
type Asking = { readonly kind: 'new' } | { readonly kind: 'rename' | 'cover'; readonly album: LibraryAlbum } | null;

/** This library's own albums: they need no network and take uploads of any account. */
export const LocalAlbums = () => {
  const { t, language } = useText();
  const app = useApp();
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const every = useAlbums();
  const [search, setSearch] = useState('');
  const [asking, setAsking] = useState<Asking>(null);
  const albums = useMemo(() => localAlbums(every, language), [every, language]);
  const found = useMemo(() => matchingAlbums(albums, search), [albums, search]);
  const open = (album: LibraryAlbum): void => openLibrary(app, { album: { source: 'local', id: album.id } });
  const remove = async (album: LibraryAlbum): Promise<void> => {
    const removed = await call('albums:remove', { id: album.id });
    if (removed === undefined) return;
    say({ title: { key: 'albumsRemoved', params: { name: album.name } }, action: { label: { key: 'albumsUndo' }, onPress: () => void attempt('albums:undo-remove', { undo: removed.undo }) } });
  };
  const entriesOf = (album: LibraryAlbum): readonly MenuEntry[] => [
    { label: t('albumsOpen'), icon: <Images {...icon} />, onSelect: () => open(album) },
    { label: t('albumsRename'), icon: <Pencil {...icon} />, onSelect: () => setAsking({ kind: 'rename', album }) },
    { label: t('albumsCover'), icon: <Image {...icon} />, onSelect: () => setAsking({ kind: 'cover', album }) },
    { kind: 'separator' },
    { label: t('albumsRemove'), icon: <Trash2 {...icon} />, danger: true, onSelect: () => void remove(album) },
  ];
  const create = (
    <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setAsking({ kind: 'new' })}>
      {t('albumsNew')}
    </Button>
  );
  const close = (): void => setAsking(null);
  return (
    <div className="flex h-full flex-col">
      <Head
        title={t('albumsMine')}
        about={t('albumsMineText')}
        actions={
          albums.length === 0 ? null : (
            <>
              <FilterBox label={t('albumsFilter')} value={search} onChange={setSearch} />
              {create}
            </>
          )
        }
      />
      <div className="min-h-0 flex-1">
        {albums.length === 0 ? (
          <EmptyState icon={<BookImage size={40} strokeWidth={1.25} />} title={t('albumsEmpty')} actions={create}>
            {t('albumsEmptyText')}
          </EmptyState>
        ) : (
          <AlbumGrid label={t('albumsGrid')} albums={found} entriesOf={entriesOf} onOpen={open} onClearFilter={() => setSearch('')} />
        )}
      </div>
      {asking?.kind === 'new' ? (
        <NameDialog
          title={t('albumsNewTitle')}
          confirm={t('albumsCreate')}
          taken={albums.map(({ name }) => name)}
          onConfirm={async (name) => (await call('albums:create', { name, selection: null })) !== undefined}
          onClose={close}
        />
      ) : null}
      {asking?.kind === 'rename' ? (
        <NameDialog
          title={t('albumsRenameTitle')}
          confirm={t('albumsRenameConfirm')}
          initial={asking.album.name}
          taken={albums.filter(({ id }) => id !== asking.album.id).map(({ name }) => name)}
          onConfirm={(name) => attempt('albums:rename', { id: asking.album.id, name })}
          onClose={close}
        />
      ) : null}
      {asking?.kind === 'cover' ? <CoverDialog album={asking.album} onClose={close} /> : null}
    </div>
  );
};
