import clsx from 'clsx';
import { CircleCheck, CloudDownload, Copy, Expand, ExternalLink, File, Film, Image, Link2Off, MoreHorizontal, Trash2, WandSparkles } from 'lucide-react';
import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { RemoteItem } from '../../../shared/model/account';
import { useText } from '../../stores/text';
import { Badge } from '../../ui/bits';
import { buttonClass, IconButton } from '../../ui/button';
import { Menu, type MenuEntry } from '../../ui/menu';
import { Picture } from '../../ui/picture';
import { remoteFacts, remoteTime, remoteTimeShort } from './remote-words';

const small = { size: 14, 'aria-hidden': true } as const;

export type RemoteTileActions = {
  readonly onPreview: (index: number) => void;
  readonly onCopy: (item: RemoteItem) => void;
  readonly onOpen: (item: RemoteItem) => void;
  readonly onAdd: (item: RemoteItem) => void;
  readonly onDelete: (item: RemoteItem) => void;
};

type RemoteTileProps = RemoteTileActions & {
  readonly item: RemoteItem;
  readonly index: number;
  /** Where its small picture can be loaded; null when there is none. */
  readonly thumb: string | null;
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly onPress: (index: number, event: MouseEvent) => void;
};

export const KindSign = ({ kind, size = 28 }: { readonly kind: RemoteItem['kind']; readonly size?: number }) => {
  const Icon = kind === 'image' ? Image : kind === 'video' ? Film : File;
  return <Icon size={size} strokeWidth={1.25} aria-hidden />;
};

/** What has to be known of a row at a glance. Where most links are guessed, that is said once for all instead. */
export const RemoteMarks = ({ item, guessed = true }: { readonly item: RemoteItem; readonly guessed?: boolean }) => {
  const { t } = useText();
  return (
    <>
      {item.uploadId === null ? null : (
        <Badge tone="ok" icon={<CircleCheck size={12} aria-hidden />}>
          {t('remoteKnown')}
        </Badge>
      )}
      {item.url === null ? (
        <Badge icon={<Link2Off size={12} aria-hidden />} title={t('remoteNoLinkHelp')}>
          {t('remoteNoLink')}
        </Badge>
      ) : item.derived && guessed ? (
        <Badge icon={<WandSparkles size={12} aria-hidden />} title={t('remoteGuessedHelp')}>
          {t('remoteGuessed')}
        </Badge>
      ) : null}
    </>
  );
};

/** What a row's menu offers; only what is known to be the person's own, and how it goes, can be deleted. */
const useEntries = ({ item, index, onPreview, onCopy, onOpen, onAdd, onDelete }: RemoteTileActions & { readonly item: RemoteItem; readonly index: number }): readonly MenuEntry[] => {
  const { t } = useText();
  const linked: readonly MenuEntry[] =
    item.url === null
      ? []
      : [
          { label: t('remotePreview'), icon: <Expand {...small} />, onSelect: () => onPreview(index) },
          { label: t('remoteCopy'), icon: <Copy {...small} />, onSelect: () => onCopy(item) },
          { label: t('remoteOpen'), icon: <ExternalLink {...small} />, onSelect: () => onOpen(item) },
        ];
  const add: readonly MenuEntry[] = item.uploadId === null && item.url !== null ? [{ label: t('remoteAdd'), icon: <CloudDownload {...small} />, onSelect: () => onAdd(item) }] : [];
  const remove: readonly MenuEntry[] =
    !item.mayDelete ? [] : [{ kind: 'separator' }, { label: t('remoteDelete'), icon: <Trash2 {...small} />, danger: true, onSelect: () => onDelete(item) }];
  return [...linked, ...add, ...remove];
};

const fromButton = (event: MouseEvent): boolean => event.target instanceof Element && event.target.closest('button, [role=menu]') !== null;

/** One listed row: its picture whole, what the host says of it, and what it does not say. */
export const RemoteTile = (props: RemoteTileProps) => {
  const { item, index, thumb, selected, tabbable, onPress, onPreview, onCopy, onDelete } = props;
  const text = useText();
  const { t, number } = text;
  const name = item.name === '' ? t('remoteNoName') : item.name;
  const menu = useRef<HTMLButtonElement>(null);
  const entries = useEntries(props);
  const tabIndex = tabbable ? 0 : -1;
  const keydown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ' && item.url !== null) onPreview(index);
    else if (event.key === 'Enter' && item.url !== null) onCopy(item);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && item.mayDelete) onDelete(item);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) menu.current?.click();
    else return;
    event.preventDefault();
  };
  const line = [remoteTimeShort(item, text), item.views === null ? null : t('remoteViews', { count: item.views, formatted: number(item.views) })].filter((part) => part !== null).join(' · ');
  return (
    <div
      role="gridcell"
      aria-selected={selected}
      aria-label={name}
      data-tile={index}
      tabIndex={tabIndex}
      onKeyDown={keydown}
      onClick={(event) => (fromButton(event) ? undefined : onPress(index, event))}
      onDoubleClick={(event) => (fromButton(event) || item.url === null ? undefined : onPreview(index))}
      className={clsx('group flex h-full min-w-0 flex-col gap-1.5 rounded-s p-1.5 -outline-offset-2', selected ? 'bg-accent-soft' : 'hover:bg-surface')}
    >
      <span className="relative min-h-0 flex-1">
        <span className="absolute inset-0">
          <Picture src={thumb} fallback={<KindSign kind={item.kind} />} />
        </span>
        <span className="absolute left-1.5 top-1.5 flex flex-wrap gap-1">
          <RemoteMarks item={item} guessed={false} />
        </span>
        <span className="absolute bottom-1.5 right-1.5 flex gap-0.5 rounded-s bg-surface opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 group-focus-visible:opacity-100 has-[[data-popup-open]]:opacity-100">
          {item.url === null ? null : (
            <IconButton size="s" tabIndex={tabIndex} label={t('remoteCopy')} onClick={() => onCopy(item)}>
              <Copy {...small} />
            </IconButton>
          )}
          {entries.length === 0 ? null : (
            <Menu
              entries={entries}
              trigger={
                <button ref={menu} type="button" tabIndex={tabIndex} aria-label={t('remoteRowActions', { name })} className={clsx(buttonClass('quiet', 's'), 'w-6 !px-0')}>
                  <MoreHorizontal {...small} />
                </button>
              }
            />
          )}
        </span>
      </span>
      <span className="flex min-w-0 flex-col px-0.5">
        <span className="truncate" title={name}>
          {name}
        </span>
        <span className="num truncate text-small text-text-2">{remoteFacts(item, text)}</span>
        <span className="num truncate text-small text-text-2" title={item.hostTime === null ? undefined : item.hostTimeZoneKnown ? remoteTime(item, text) : t('remoteZoneUnknown')}>
          {line}
        </span>
      </span>
    </div>
  );
};
