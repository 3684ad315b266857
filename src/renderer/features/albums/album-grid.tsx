import { SearchX } from 'lucide-react';
import { useState } from 'react';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import { gridKeyed, noSelection } from '../../stores/grid-selection';
import { useText } from '../../stores/text';
import { EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';
import type { MenuEntry } from '../../ui/menu';
import { TileGrid } from '../../ui/tile-grid';
import { AlbumTile } from './album-tile';
import { useCovers } from './use-covers';

const TILE = { width: 168, height: 204 } as const;

type AlbumGridProps = {
  readonly label: string;
  /** Those that match the filter, in their order. */
  readonly albums: readonly LibraryAlbum[];
  readonly inUseId?: string;
  readonly entriesOf: (album: LibraryAlbum) => readonly MenuEntry[];
  readonly onOpen: (album: LibraryAlbum) => void;
  readonly onClearFilter: () => void;
};

/** Any number of albums as tiles. */
export const AlbumGrid = ({ label, albums, inUseId, entriesOf, onOpen, onClearFilter }: AlbumGridProps) => {
  const { t } = useText();
  const [active, setActive] = useState(0);
  const onShown = useCovers(albums);
  const current = Math.max(0, Math.min(active, albums.length - 1));
  if (albums.length === 0)
    return (
      <EmptyState icon={<SearchX size={36} strokeWidth={1.25} />} title={t('albumsNoneFound')} actions={<Button onClick={onClearFilter}>{t('albumsClearFilter')}</Button>} />
    );
  const ids = albums.map(({ id }) => id);
  return (
    <TileGrid
      label={label}
      count={albums.length}
      tile={TILE}
      keyOf={(index) => ids[index] ?? String(index)}
      active={current}
      onShown={onShown}
      onKey={(event, columns) => {
        const next = gridKeyed({ ...noSelection, active: current }, event, ids, columns);
        if (next === null || next.active === current) return false;
        setActive(next.active);
        return true;
      }}
    >
      {(index) => {
        const album = albums[index];
        return album === undefined ? null : (
          <AlbumTile album={album} index={index} tabbable={index === current} inUse={album.id === inUseId} entries={entriesOf(album)} onOpen={() => onOpen(album)} onFocus={setActive} />
        );
      }}
    </TileGrid>
  );
};
