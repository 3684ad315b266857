import { Copy, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { CallFailure } from '../../bridge';
import { rowAt } from '../../stores/library-window';
import { useText } from '../../stores/text';
import { thumbAddress } from '../../stores/thumb-address';
import { useApp, useLibrary } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { Viewer, type Viewed } from '../../ui/viewer';
import { dimensionsOf } from './upload-items';
import { activeRow } from './use-kept-keyboard';
import { chosenOf } from './use-selection';
import type { Question, UploadActions } from './use-upload-actions';

/** Arrows held down pass by without a fetch for each. */
const OPEN_AFTER_MS = 120;

/** The original, made loadable while it is looked at and given back when left. */
const useOriginal = (uploadId: string | null): { readonly viewed: Viewed; readonly from: 'file' | 'host' | null } => {
  const { client } = useApp();
  const { t, problem } = useText();
  const [opened, setOpened] = useState<{ readonly id: string; readonly viewed: Viewed; readonly from: 'file' | 'host' | null } | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (uploadId === null) return undefined;
    let left = false;
    let address: string | null = null;
    const close = async (): Promise<void> => {
      if (address === null) return;
      const open = address;
      address = null;
      try {
        await client.call('previews:close', { address: open });
      } catch (failure) {
        // Main gives it back by itself when the window goes.
        if (!(failure instanceof CallFailure)) throw failure;
      }
    };
    const open = async (): Promise<void> => {
      try {
        const original = await client.call('previews:open', { uploadId });
        ({ address } = original);
        if (left) await close();
        else setOpened({ id: uploadId, viewed: { at: 'shown', address: original.address, kind: original.kind }, from: original.from });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        const { problem: why } = failure.error;
        if (!left) setOpened({ id: uploadId, viewed: { at: 'failed', text: problem(why), retry: () => setTries((before) => before + 1) }, from: null });
      }
    };
    setOpened(null);
    const timer = setTimeout(() => void open(), OPEN_AFTER_MS);
    return () => {
      left = true;
      clearTimeout(timer);
      void close();
    };
  }, [client, uploadId, tries, problem, t]);
  return opened === null || opened.id !== uploadId ? { viewed: { at: 'loading' }, from: null } : opened;
};

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
  const { viewed, from } = useOriginal(upload?.id ?? null);
  const about = upload === undefined ? [] : [bytes(upload.bytes), dimensionsOf(upload), from === null ? '' : t(from === 'file' ? 'previewFromFile' : 'previewFromHost')];
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
