import { FolderMinus, FolderPlus, Images } from 'lucide-react';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAlbums } from '../../stores/use-app';
import { ChooseDialog } from '../../ui/choose-dialog';
import type { Chosen } from './use-selection';

const NONE = '-';

/** Moves a selection into one of the library's own albums, or into a new one by typing its name. */
export const AlbumDialog = ({ chosen, onDone }: { readonly chosen: Chosen; readonly onDone: () => void }) => {
  const { t, number } = useText();
  const call = useCall();
  const say = useSay();
  const albums = useAlbums().filter(({ source }) => source === 'local');
  /** Whether they are where they were. */
  const moveBack = async (undo: string): Promise<boolean> => {
    const back = await call('albums:undo-move', { undo });
    if (back !== undefined) say({ title: { key: 'changeUndone', params: { count: back.moved, formatted: number(back.moved) } } });
    return back !== undefined;
  };
  const move = async (albumId: string | null, name: string): Promise<void> => {
    onDone();
    const done = await call('albums:move', { selection: chosen.selection, albumId });
    if (done === undefined) return;
    say({
      title: { key: albumId === null ? 'movedOut' : 'movedInto', params: { count: done.moved, formatted: number(done.moved), name } },
      ...(done.moved === 0 ? {} : { action: { label: { key: 'undo' }, onPress: () => void moveBack(done.undo) } }),
    });
  };
  const create = async (name: string): Promise<void> => {
    onDone();
    const made = await call('albums:create', { name, selection: chosen.selection });
    if (made === undefined) return;
    const undo = async ({ id, undo: moved }: typeof made): Promise<void> => {
      if (moved === null || (await moveBack(moved))) await call('albums:remove', { id });
    };
    say({ title: { key: 'movedInto', params: { count: chosen.count, formatted: number(chosen.count), name } }, action: { label: { key: 'undo' }, onPress: () => void undo(made) } });
  };
  const taken = (name: string): boolean => albums.some((album) => album.name.toLowerCase() === name.toLowerCase());
  return (
    <ChooseDialog
      title={t('moveTitle', { count: chosen.count, formatted: `${number(chosen.count)}${chosen.exact ? '' : '+'}` })}
      closeLabel={t('close')}
      placeholder={t('movePlaceholder')}
      empty={t('moveEmpty')}
      more={(hidden) => t('chooseMore', { count: hidden, formatted: number(hidden) })}
      choices={[
        ...albums.map((album) => ({ id: album.id, label: album.name, note: t('libraryTotal', { count: album.count, formatted: number(album.count) }), icon: <Images size={16} aria-hidden /> })),
        { id: NONE, label: t('moveNone'), icon: <FolderMinus size={16} aria-hidden /> },
      ]}
      create={(typed) => (typed === '' || taken(typed) ? null : { label: t('moveCreate', { name: typed }), icon: <FolderPlus size={16} aria-hidden />, run: () => void create(typed) })}
      onChoose={(id) => void move(id === NONE ? null : id, albums.find((album) => album.id === id)?.name ?? '')}
      onClose={onDone}
    />
  );
};
