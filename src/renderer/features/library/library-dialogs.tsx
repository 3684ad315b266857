import type { Operation } from '../../../shared/model/operation';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { ConfirmDialog } from '../../ui/dialog';
import { AgainDialog, RepairDialog } from './again-dialog';
import { AlbumDialog } from './album-dialog';
import { DeleteQuestion } from './delete-question';
import { TagsDialog } from './tags-dialog';
import { RemoveQuestion } from './remove-question';
import type { Question, UploadActions } from './use-upload-actions';

/** `acted`: the uploads are on their way out of the selection. */
type Done = (acted: boolean) => void;

const SecretQuestion = ({ id, onDone }: { readonly id: string; readonly onDone: Done }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const run = async (): Promise<void> => {
    if (await attempt('library:copy-delete-link', { id })) say({ title: { key: 'secretCopied' } });
  };
  return (
    <ConfirmDialog
      open
      title={t('secretTitle')}
      confirmLabel={t('secretConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        void run();
        onDone(false);
      }}
      onCancel={() => onDone(false)}
    >
      {t('secretText')}
    </ConfirmDialog>
  );
};

type LibraryQuestionProps = { readonly question: Question; readonly actions: Pick<UploadActions, 'removeFrom'>; readonly onDone: Done; readonly onWaiting: (operation: Operation) => void };

export const LibraryQuestion = ({ question, actions, onDone, onWaiting }: LibraryQuestionProps) => {
  switch (question.kind) {
    case 'delete':
      return <DeleteQuestion chosen={question.chosen} onDone={onDone} onWaiting={onWaiting} />;
    case 'remove':
      return <RemoveQuestion chosen={question.chosen} actions={actions} onDone={() => onDone(false)} />;
    case 'secret':
      return <SecretQuestion id={question.id} onDone={onDone} />;
    case 'tags':
      return <TagsDialog chosen={question.chosen} onDone={() => onDone(false)} />;
    case 'album':
      return <AlbumDialog chosen={question.chosen} onDone={() => onDone(false)} />;
    case 'again':
      return <AgainDialog chosen={question.chosen} onDone={onDone} />;
    case 'repair':
      return <RepairDialog chosen={question.chosen} onDone={onDone} />;
  }
};
