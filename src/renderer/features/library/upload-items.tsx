import clsx from 'clsx';
import { File, Film, Image, Monitor } from 'lucide-react';
import type { Upload } from '../../../shared/model/upload';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { Badge, Thumb } from '../../ui/bits';
import type { Question } from './library-dialogs';
import { CopyUpload, UploadMenu } from './upload-menu';
import { remoteWords } from './upload-words';

export type ItemProps = {
  readonly upload: Upload;
  readonly index: number;
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly onPress: (index: number, event: React.MouseEvent) => void;
  readonly onAsk: (question: Question) => void;
  readonly onDetails: (index: number) => void;
};

export const UploadIcon = ({ kind, size = 18 }: { readonly kind: Upload['kind']; readonly size?: number }) => {
  const Icon = kind === 'image' ? Image : kind === 'video' ? Film : File;
  return <Icon size={size} strokeWidth={1.5} aria-hidden />;
};

const Marks = ({ upload }: { readonly upload: Upload }) => {
  const { t } = useText();
  const words = remoteWords(upload.remoteState);
  return (
    <>
      {upload.remoteState === 'online' ? null : <Badge tone={words.tone}>{t(words.key)}</Badge>}
      {upload.onlyThisComputer ? (
        <Badge icon={<Monitor size={12} aria-hidden />} title={t('onlyHere')}>
          {t('onlyHereShort')}
        </Badge>
      ) : null}
    </>
  );
};

const dimensionsOf = (upload: Upload): string => (upload.width === null || upload.height === null ? '' : `${upload.width} × ${upload.height}`);
const fromButton = (event: React.MouseEvent): boolean => event.target instanceof Element && event.target.closest('button, a, [role=menu]') !== null;

const rowClass = (selected: boolean): string =>
  clsx('group rounded-s -outline-offset-2', selected ? 'bg-accent-soft' : 'hover:bg-surface');

/** One line of the list. */
export const UploadRow = ({ upload, index, selected, tabbable, onPress, onAsk, onDetails }: ItemProps) => {
  const { account, bytes, time, timeLong } = useText();
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      data-row={index}
      tabIndex={tabbable ? 0 : -1}
      onClick={(event) => (fromButton(event) ? undefined : onPress(index, event))}
      onDoubleClick={(event) => (fromButton(event) ? undefined : onDetails(index))}
      className={clsx(
        rowClass(selected),
        'mx-2 grid h-14 items-center gap-x-3 px-2',
        'grid-cols-[40px_minmax(0,1fr)_auto] @min-[620px]:grid-cols-[40px_minmax(0,1fr)_72px_100px_128px] @min-[760px]:grid-cols-[40px_minmax(0,1fr)_96px_72px_100px_128px]',
      )}
    >
      <span role="gridcell">
        <Thumb src={thumbAddress(upload.thumb)} size="row" fallback={<UploadIcon kind={upload.kind} />} />
      </span>
      <span role="gridcell" className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <span className={clsx('min-w-12 truncate font-medium', (upload.remoteState === 'deleted' || upload.remoteState === 'already_gone') && 'text-text-2 line-through')} title={upload.name}>
            {upload.name}
          </span>
          <Marks upload={upload} />
        </span>
        <span className="block truncate text-small text-text-2">{account(upload.accountName)}</span>
      </span>
      <span role="gridcell" className="num hidden text-right text-small text-text-2 @min-[760px]:block">
        {dimensionsOf(upload)}
      </span>
      <span role="gridcell" className="num hidden text-right text-small text-text-2 @min-[620px]:block">
        {bytes(upload.bytes)}
      </span>
      <span role="gridcell" title={timeLong(upload.uploadedAt)} className="num hidden text-right text-small text-text-2 @min-[620px]:block">
        {time(upload.uploadedAt)}
      </span>
      <span role="gridcell" className="flex items-center justify-end gap-1">
        <CopyUpload upload={upload} tabIndex={tabbable ? 0 : -1} />
        <UploadMenu upload={upload} tabIndex={tabbable ? 0 : -1} onAsk={onAsk} onDetails={() => onDetails(index)} />
      </span>
    </div>
  );
};

/** One cell of the grid: the picture whole, its name and copy below. */
export const UploadTile = ({ upload, index, selected, tabbable, onPress, onAsk, onDetails }: ItemProps) => (
  <div
    role="gridcell"
    aria-selected={selected}
    aria-label={upload.name}
    data-row={index}
    tabIndex={tabbable ? 0 : -1}
    onClick={(event) => (fromButton(event) ? undefined : onPress(index, event))}
    onDoubleClick={(event) => (fromButton(event) ? undefined : onDetails(index))}
    className={clsx(rowClass(selected), 'flex h-full min-w-0 flex-col gap-1.5 p-1.5')}
  >
    <span className="relative min-h-0 flex-1">
      <span className="absolute inset-0">
        <Thumb src={thumbAddress(upload.thumb)} size="fill" fallback={<UploadIcon kind={upload.kind} size={28} />} />
      </span>
      <span className="absolute left-1.5 top-1.5 flex flex-wrap gap-1">
        <Marks upload={upload} />
      </span>
      <span className="absolute bottom-1.5 right-1.5 flex gap-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 group-focus-visible:opacity-100">
        <CopyUpload upload={upload} tabIndex={tabbable ? 0 : -1} />
        <span className="rounded-s bg-surface">
          <UploadMenu upload={upload} tabIndex={tabbable ? 0 : -1} onAsk={onAsk} onDetails={() => onDetails(index)} />
        </span>
      </span>
    </span>
    <span className="truncate px-0.5 text-small" title={upload.name}>
      {upload.name}
    </span>
  </div>
);
