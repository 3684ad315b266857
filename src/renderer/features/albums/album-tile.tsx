import clsx from 'clsx';
import { BookImage, Lock, MoreHorizontal, Upload } from 'lucide-react';
import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { LibraryAlbum } from '../../../shared/model/library-album';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { Badge } from '../../ui/bits';
import { buttonClass } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { Picture } from '../../ui/picture';

type AlbumTileProps = {
  readonly album: LibraryAlbum;
  readonly index: number;
  readonly tabbable: boolean;
  /** New uploads of its account go into it. */
  readonly inUse: boolean;
  readonly entries: readonly MenuEntry[];
  readonly onOpen: () => void;
  readonly onFocus: (index: number) => void;
};

const fromButton = (event: MouseEvent): boolean => event.target instanceof Element && event.target.closest('button, [role=menu]') !== null;

/** One album: its cover whole, its name, how many uploads this library has in it. */
export const AlbumTile = ({ album, index, tabbable, inUse, entries, onOpen, onFocus }: AlbumTileProps) => {
  const { t, number } = useText();
  const menu = useRef<HTMLButtonElement>(null);
  const tabIndex = tabbable ? 0 : -1;
  const count = t(album.source === 'host' ? 'albumsCountHost' : 'albumsCount', { count: album.count, formatted: number(album.count) });
  const keydown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' || event.key === ' ') onOpen();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) menu.current?.click();
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="gridcell"
      aria-label={`${album.name}, ${count}`}
      data-tile={index}
      tabIndex={tabIndex}
      onFocus={() => onFocus(index)}
      onKeyDown={keydown}
      onClick={(event) => (fromButton(event) ? undefined : onOpen())}
      title={album.description ?? undefined}
      className="group flex h-full min-w-0 flex-col gap-1.5 rounded-s p-1.5 -outline-offset-2 hover:bg-surface"
    >
      <span className="relative min-h-0 flex-1">
        <span className="absolute inset-0">
          <Picture src={thumbAddress(album.coverThumb)} fallback={<BookImage size={28} strokeWidth={1.25} aria-hidden />} />
        </span>
        <span className="absolute left-1.5 top-1.5 flex flex-wrap gap-1">
          {inUse ? (
            <Badge tone="accent" icon={<Upload size={12} aria-hidden />}>
              {t('albumsInUse')}
            </Badge>
          ) : null}
        </span>
        {entries.length === 0 ? null : (
          <span className="absolute bottom-1.5 right-1.5 rounded-s bg-surface opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 group-focus-visible:opacity-100 has-[[data-popup-open]]:opacity-100">
            <Menu
              entries={entries}
              trigger={
                <button ref={menu} type="button" tabIndex={tabIndex} aria-label={t('remoteRowActions', { name: album.name })} className={clsx(buttonClass('quiet', 's'), 'w-6 !px-0')}>
                  <MoreHorizontal size={14} aria-hidden />
                </button>
              }
            />
          </span>
        )}
      </span>
      <span className="flex min-w-0 flex-col px-0.5">
        <span className="truncate font-medium" title={album.name}>
          {album.name}
        </span>
        <span className="flex items-center gap-1.5 text-small text-text-2">
          <span className="num truncate">{count}</span>
          {album.isPrivate === true ? (
            <span className="flex shrink-0 items-center gap-1">
              <Lock size={12} aria-hidden />
              {t('albumsPrivate')}
            </span>
          ) : null}
        </span>
      </span>
    </div>
  );
};
