import { CloudDownload, Copy, Trash2, X } from 'lucide-react';
import type { RemoteItem } from '../../../shared/model/account';
import type { RemoteState } from '../../stores/remote-list';
import { useText } from '../../stores/text';
import { Button, IconButton } from '../../ui/button';
import type { RemoteActions } from './use-remote-actions';

const small = { size: 14, 'aria-hidden': true } as const;

type RemoteFootProps = {
  readonly state: RemoteState;
  readonly chosen: readonly RemoteItem[];
  readonly actions: RemoteActions;
  readonly onDelete: (items: readonly RemoteItem[]) => void;
  readonly onClear: () => void;
};

/** How much of the list was read; with a selection, what can be done with it. */
export const RemoteFoot = ({ state, chosen, actions, onDelete, onClear }: RemoteFootProps) => {
  const { t, number } = useText();
  const { items, total } = state;
  if (chosen.length === 0)
    return (
      <footer className="num flex min-h-11 shrink-0 items-center border-t border-line bg-surface px-4 text-text-2">
        {total === null ? t('remoteShownOnly', { count: items.length, formatted: number(items.length) }) : t('remoteShown', { shown: number(items.length), total: number(total) })}
      </footer>
    );
  const linked = chosen.filter(({ url }) => url !== null);
  const fresh = linked.filter(({ uploadId }) => uploadId === null);
  const own = chosen.filter(({ mayDelete }) => mayDelete);
  return (
    <footer className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-t border-line bg-surface px-4 py-1.5">
      <IconButton size="s" label={t('remoteClearSelection')} onClick={onClear}>
        <X {...small} />
      </IconButton>
      <span role="status" className="num font-medium">
        {t('remoteSelected', { count: chosen.length, formatted: number(chosen.length) })}
      </span>
      <span className="ml-auto flex flex-wrap items-center gap-1">
        {own.length === 0 ? null : (
          <Button size="s" look="quiet" icon={<Trash2 {...small} />} className="!text-danger" onClick={() => onDelete(chosen)}>
            {t('remoteDelete')}
          </Button>
        )}
        {fresh.length === 0 ? null : (
          <Button size="s" icon={<CloudDownload {...small} />} onClick={() => void actions.add(fresh)}>
            {t('remoteAddSelected', { count: fresh.length, formatted: number(fresh.length) })}
          </Button>
        )}
        {linked.length === 0 ? null : (
          <Button size="s" icon={<Copy {...small} />} onClick={() => void actions.copy(linked)}>
            {t('remoteCopySelected', { count: linked.length, formatted: number(linked.length) })}
          </Button>
        )}
      </span>
    </footer>
  );
};
