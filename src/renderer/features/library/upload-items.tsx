import clsx from 'clsx';
import { CircleCheck, Copy, File, Film, Image, Link2Off, Monitor } from 'lucide-react';
import { memo } from 'react';
import { flushSync } from 'react-dom';
import type { Upload } from '../../../shared/model/upload';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { Badge, Thumb } from '../../ui/bits';
import { buttonClass } from '../../ui/button';
import { CopyUpload, QuietButtons, UploadMenu, useHot } from './upload-menu';
import type { UploadActions } from './use-upload-actions';
import { clockOf, isGone, remoteWords } from './upload-words';

export type ItemProps = {
  /** Undefined while it is read. */
  readonly upload: Upload | undefined;
  readonly place: number;
  /** 1-based: its line among lines of uploads, and its column. */
  readonly line: number;
  readonly column: number;
  readonly selected: boolean;
  readonly tabbable: boolean;
  /** Rows lie under their days: the time of day says the rest. */
  readonly grouped: boolean;
  readonly actions: UploadActions;
  readonly onPress: (place: number, event: React.MouseEvent) => void;
};

export const UploadIcon = ({ kind, size = 18 }: { readonly kind: Upload['kind']; readonly size?: number }) => {
  const Icon = kind === 'image' ? Image : kind === 'video' ? Film : File;
  return <Icon size={size} strokeWidth={1.5} aria-hidden />;
};

// The same elements for every row: React passes over what is identical.
const deadIcon = <Link2Off size={12} aria-hidden />;
const hereIcon = <Monitor size={12} aria-hidden />;

/** What has to be known of an upload at a glance; `small`: a sign where a tile has no room for words that most of its neighbours carry, too. */
export const Marks = ({ upload, small = false }: { readonly upload: Upload; readonly small?: boolean }) => {
  const { t } = useText();
  const words = remoteWords(upload.remoteState);
  return (
    <>
      {upload.remoteState === 'online' ? null : <Badge tone={words.tone}>{t(words.key)}</Badge>}
      {upload.linkState === 'dead' && !isGone(upload) ? (
        <Badge tone="danger" icon={deadIcon}>
          {t('libraryLinkDead')}
        </Badge>
      ) : null}
      {upload.onlyThisComputer && small ? (
        <span title={t('onlyHere')} className="inline-flex size-5 items-center justify-center rounded-full border border-line bg-surface text-text-2">
          {hereIcon}
          <span className="sr-only">{t('onlyHereShort')}</span>
        </span>
      ) : upload.onlyThisComputer ? (
        <Badge icon={hereIcon} title={t('onlyHere')}>
          {t('onlyHereShort')}
        </Badge>
      ) : null}
    </>
  );
};

export const dimensionsOf = (upload: Upload): string => (upload.width === null || upload.height === null ? '' : `${upload.width} × ${upload.height}`);
const fromButton = (event: React.MouseEvent): boolean => event.target instanceof Element && event.target.closest('button, a, [role=menu], [role=menuitem]') !== null;

const itemClass = (selected: boolean): string => clsx('group rounded-s -outline-offset-2', selected ? 'bg-accent-soft' : 'hover:bg-hover');

const handlers = ({ upload, place, actions, onPress }: ItemProps) => ({
  'data-row': place,
  onClick: (event: React.MouseEvent) => (fromButton(event) ? undefined : onPress(place, event)),
  onDoubleClick: (event: React.MouseEvent) => (fromButton(event) || upload === undefined ? undefined : actions.preview(place)),
});

const RowSkeleton = () => (
  <>
    <span className="size-10 rounded-s bg-sunken" role="gridcell" />
    <span className="h-3 w-1/2 max-w-60 rounded-s bg-sunken" role="gridcell" />
  </>
);

const rowSigns = { image: <UploadIcon kind="image" />, video: <UploadIcon kind="video" />, other: <UploadIcon kind="other" /> } as const;
const tileSigns = { image: <UploadIcon kind="image" size={28} />, video: <UploadIcon kind="video" size={28} />, other: <UploadIcon kind="other" size={28} /> } as const;

const RowCells = ({ upload, tabbable, grouped, hot, actions }: Pick<ItemProps, 'tabbable' | 'grouped' | 'actions'> & { readonly upload: Upload; readonly hot: boolean }) => {
  const { account, bytes, clock, time, timeLong } = useText();
  const tabIndex = tabbable ? 0 : -1;
  return (
    <>
      <span role="gridcell">
        <Thumb src={thumbAddress(upload.thumb)} size="row" fallback={rowSigns[upload.kind]} />
      </span>
      <span role="gridcell" className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <span className={clsx('min-w-12 truncate font-medium', isGone(upload) && 'text-text-2 line-through')} title={upload.name}>
            {upload.name}
          </span>
          <Marks upload={upload} />
        </span>
        <span className="block truncate text-small text-text-2">{[account(upload.accountName), ...upload.tags].join(' · ')}</span>
      </span>
      <span role="gridcell" className="num hidden text-right text-small text-text-2 @min-[760px]:block">
        {dimensionsOf(upload)}
      </span>
      <span role="gridcell" className="num hidden text-right text-small text-text-2 @min-[620px]:block">
        {upload.bytes === 0 ? '' : bytes(upload.bytes)}
      </span>
      <span role="gridcell" title={hot ? timeLong(upload.uploadedAt) : undefined} className="num hidden text-right text-small text-text-2 @min-[620px]:block">
        {(grouped ? clock : time)(upload.uploadedAt)}
      </span>
      <span role="gridcell" className="flex items-center justify-end gap-1">
        {hot || tabbable ? (
          <>
            <CopyUpload upload={upload} tabIndex={tabIndex} />
            <UploadMenu upload={upload} tabIndex={tabIndex} actions={actions} />
          </>
        ) : (
          <QuietButtons upload={upload} actions={actions} />
        )}
      </span>
    </>
  );
};

/** One line of the list. It is the same element before and after its upload was read, so that the keyboard stays on it. */
export const UploadRow = memo((props: ItemProps) => {
  const [hot, heat] = useHot(props.upload?.id);
  return (
    <div
      role="row"
      aria-rowindex={props.line}
      aria-selected={props.selected}
      aria-busy={props.upload === undefined}
      tabIndex={props.tabbable ? 0 : -1}
      onPointerEnter={() => flushSync(heat)}
      onFocus={heat}
      {...handlers(props)}
      className={clsx(
        itemClass(props.selected),
        'mx-2 grid h-14 items-center gap-x-3 px-2',
        'grid-cols-[40px_minmax(0,1fr)_auto] @min-[620px]:grid-cols-[40px_minmax(0,1fr)_72px_100px_128px] @min-[760px]:grid-cols-[40px_minmax(0,1fr)_96px_72px_100px_128px]',
      )}
    >
      {props.upload === undefined ? <RowSkeleton /> : <RowCells upload={props.upload} tabbable={props.tabbable} grouped={props.grouped} hot={hot} actions={props.actions} />}
    </div>
  );
});
UploadRow.displayName = 'UploadRow';

const TileParts = ({ upload, selected, tabbable, hot, actions }: ItemProps & { readonly upload: Upload; readonly hot: boolean }) => {
  const { t } = useText();
  const tabIndex = tabbable ? 0 : -1;
  return (
    <>
      <span className="absolute inset-0">
        <Thumb src={thumbAddress(upload.thumb)} size="fill" fallback={tileSigns[upload.kind]} />
      </span>
      <span className="absolute left-1.5 right-8 top-1.5 flex flex-wrap gap-1 overflow-hidden">
        <Marks upload={upload} small />
      </span>
      {selected ? (
        <span className="absolute right-1.5 top-1.5 rounded-full bg-surface text-accent">
          <CircleCheck size={18} aria-hidden />
        </span>
      ) : null}
      {upload.kind === 'video' && upload.durationSeconds !== null ? (
        <span className="num absolute bottom-1.5 left-1.5 rounded-s bg-surface px-1 text-small text-text group-hover:opacity-0">{clockOf(upload.durationSeconds)}</span>
      ) : null}
      {hot || tabbable ? (
        <span className="absolute bottom-1.5 right-1.5 flex gap-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 group-focus-visible:opacity-100">
          {upload.url === null ? null : (
            <button type="button" tabIndex={tabIndex} aria-label={t('copy')} title={t('copy')} onClick={() => actions.copy([upload])} className={clsx(buttonClass('plain', 's'), 'w-6 !px-0')}>
              <Copy size={14} aria-hidden />
            </button>
          )}
          <span className="rounded-s bg-surface">
            <UploadMenu upload={upload} tabIndex={tabIndex} actions={actions} />
          </span>
        </span>
      ) : null}
    </>
  );
};

/** One cell of the grid: the picture whole, its name below. The same element before and after its upload was read. */
export const UploadTile = memo((props: ItemProps & { readonly named: boolean }) => {
  const { t } = useText();
  const { upload } = props;
  const [hot, heat] = useHot(upload?.id);
  return (
    <div
      role="gridcell"
      aria-selected={props.selected}
      aria-label={upload?.name ?? t('libraryReading')}
      aria-busy={upload === undefined}
      aria-colindex={props.column}
      tabIndex={props.tabbable ? 0 : -1}
      onPointerEnter={() => flushSync(heat)}
      onFocus={heat}
      {...handlers(props)}
      className={clsx(itemClass(props.selected), 'flex h-full min-w-0 flex-col gap-1 p-1.5')}
    >
      <span className="relative min-h-0 flex-1">
        {upload === undefined ? <span className="absolute inset-0 rounded-s bg-sunken" /> : <TileParts {...props} upload={upload} hot={hot} />}
      </span>
      {props.named ? (
        <span className={clsx('truncate px-0.5 text-small', upload !== undefined && isGone(upload) && 'text-text-2 line-through')} title={upload?.name}>
          {upload?.name ?? '\u00a0'}
        </span>
      ) : null}
    </div>
  );
});
UploadTile.displayName = 'UploadTile';
