import { Copy, ExternalLink, Trash2 } from 'lucide-react';
import { rowAt } from '../../stores/library-window';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useLibrary } from '../../stores/use-app';
import { useOriginal } from '../../stores/use-original';
import { Button, IconButton } from '../../ui/button';
import { Viewer } from '../../ui/viewer';
import { dimensionsOf } from './upload-items';
import { activeRow } from './use-kept-keyboard';
import { notDrawn } from './upload-words';
import { chosenOf } from './use-selection';
import type { Question, UploadActions } from './use-upload-actions';

type PreviewProps = {
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly actions: UploadActions;
  readonly onAsk: (question: Question) => void;
  readonly onClose: () => void;
};

/** One upload over the whole window. Opening it is the act that may fetch the original from its host. */
export const Preview = ({ place, onPlace, actions, onAsk, onClose }: PreviewProps) => {
  const { t, number, bytes } = useText();
  const pages = useLibrary((state) => state.pages);
  const total = useLibrary((state) => state.total);
  const exact = useLibrary((state) => state.exact);
  const upload = rowAt(pages, place);
  const strange = upload === undefined ? null : notDrawn(upload.mime);
  const original = useOriginal(upload === undefined || strange !== null ? null : { uploadId: upload.id });
  const viewed = strange === null ? original : ({ at: 'failed', text: t('previewNotDrawn', { type: strange }), retry: null } as const);
  const from = viewed.at !== 'shown' ? '' : t(viewed.from === 'file' ? 'previewFromFile' : 'previewFromHost');
  const about = upload === undefined ? [] : [upload.bytes === 0 ? '' : bytes(upload.bytes), dimensionsOf(upload), from];
  const where = t('previewPlace', { place: number(place + 1), total: `${number(total)}${exact ? '' : '+'}` });
  return (
    <Viewer
      name={upload?.name ?? t('libraryReading')}
      note={[where, ...about.filter((part) => part !== '')].join(' · ')}
      viewed={viewed}
      small={thumbAddress(upload?.thumb ?? null)}
      words={{
        close: t('close'),
        previous: t('previewPrevious'),
        next: t('previewNext'),
        fit: t('previewFit'),
        actual: t('previewActual'),
        loading: t(upload !== undefined && upload.kind === 'other' ? 'libraryReading' : 'previewLoading'),
        retry: t('tryAgain'),
        broken: t('previewBroken'),
      }}
      actions={
        upload === undefined ? null : (
          <>
            {upload.url === null ? null : (
              <Button size="s" icon={<Copy size={14} aria-hidden />} onClick={() => actions.copy([upload])}>
                {t('previewCopy')}
              </Button>
            )}
            {upload.url === null ? null : (
              <IconButton label={t('previewOpen')} onClick={() => actions.open(upload)}>
                <ExternalLink size={16} aria-hidden />
              </IconButton>
            )}
            <IconButton label={t('libraryDeleteHost')} onClick={() => onAsk({ kind: 'delete', chosen: chosenOf([upload]) })}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </>
        )
      }
      onPrevious={place > 0 ? () => onPlace(place - 1) : null}
      onNext={place < total - 1 ? () => onPlace(place + 1) : null}
      onClose={onClose}
      returnTo={activeRow}
      onKey={(event) => {
        if (upload === undefined) return;
        if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) actions.copy([upload]);
        else if (event.key === 'Delete') onAsk({ kind: 'delete', chosen: chosenOf([upload]) });
        else return;
        event.preventDefault();
      }}
    />
  );
};
