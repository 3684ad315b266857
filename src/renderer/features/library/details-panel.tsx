import { X } from 'lucide-react';
import { useRef } from 'react';
import type { Upload } from '../../../shared/model/upload';
import { useText } from '../../stores/text';
import { IconButton } from '../../ui/button';
import { Sheet } from '../../ui/dialog';
import { UploadDetails } from './upload-details';
import type { Question, UploadActions } from './use-upload-actions';

type DetailsPanelProps = {
  /** The row that has the keyboard; undefined while it is read. */
  readonly upload: Upload | undefined;
  readonly asPanel: boolean;
  readonly actions: UploadActions;
  readonly onAsk: (question: Question) => void;
  readonly onPreview: () => void;
  readonly onClose: () => void;
};

/** Beside the list where there is room, else over it. */
export const DetailsPanel = ({ upload, asPanel, actions, onAsk, onPreview, onClose }: DetailsPanelProps) => {
  const { t } = useText();
  // While a row is read the one before stays: the panel does not blink.
  const last = useRef(upload);
  if (upload !== undefined) last.current = upload;
  const shown = last.current;
  const body = shown === undefined ? <p className="text-text-2">{t('libraryReading')}</p> : <UploadDetails key={shown.id} upload={shown} actions={actions} onAsk={onAsk} onPreview={onPreview} />;
  if (!asPanel)
    return (
      <Sheet open onClose={onClose} title={t('libraryDetailsTitle')} closeLabel={t('close')}>
        {body}
      </Sheet>
    );
  return (
    <aside aria-label={t('libraryDetailsTitle')} className="flex w-80 shrink-0 flex-col overflow-y-auto border-l border-line bg-surface p-4">
      <div className="mb-2 flex items-center justify-between">
        <h2 className="font-semibold">{t('libraryDetailsTitle')}</h2>
        <IconButton size="s" label={t('close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      {body}
    </aside>
  );
};
