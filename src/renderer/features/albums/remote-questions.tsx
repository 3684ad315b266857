import type { Account, RemoteItem } from '../../../shared/model/account';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { ConfirmDialog } from '../../ui/dialog';
import type { RemoteActions } from './use-remote-actions';

export type RemoteQuestion = { readonly kind: 'clear' | 'add-all' } | { readonly kind: 'delete'; readonly items: readonly RemoteItem[] };

type RemoteQuestionsProps = {
  readonly question: RemoteQuestion;
  readonly account: Account;
  readonly actions: RemoteActions;
  /** The host's list was cleared. */
  readonly onCleared: () => void;
  readonly onDone: () => void;
};

/** How long a deletion can be undone before the host is asked. */
const UNDO_MS = 5000;

const DeleteQuestion = ({ items, account, onDone }: { readonly items: readonly RemoteItem[]; readonly account: Account; readonly onDone: () => void }) => {
  const { t, number, account: called } = useText();
  const call = useCall();
  const ids = items.flatMap(({ uploadId, mayDelete }) => (mayDelete && uploadId !== null ? [uploadId] : []));
  const others = items.length - ids.length;
  const confirm = (): void => {
    if (ids.length > 0) void call('operations:delete', { selection: { ids }, undoMs: UNDO_MS });
    onDone();
  };
  return (
    <ConfirmDialog
      open
      danger
      title={t('remoteDeleteTitle', { count: ids.length, formatted: number(ids.length), host: called(account.name) })}
      confirmLabel={t('remoteDeleteConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={confirm}
      onCancel={onDone}
    >
      <p>{t('remoteDeleteText')}</p>
      {others === 0 ? null : <p className="mt-2">{t('remoteDeleteOthers', { count: others })}</p>}
      {items.length === 1 ? <p className="said mt-2 font-medium text-text">{items[0]?.name}</p> : null}
    </ConfirmDialog>
  );
};

/** The questions before what cannot be taken back at a host. */
export const RemoteQuestions = ({ question, account, actions, onCleared, onDone }: RemoteQuestionsProps) => {
  const { t, account: called } = useText();
  const name = called(account.name);
  if (question.kind === 'delete') return <DeleteQuestion items={question.items} account={account} onDone={onDone} />;
  const clear = async (): Promise<void> => {
    if (await actions.clear()) onCleared();
  };
  if (question.kind === 'clear')
    return (
      <ConfirmDialog
        open
        title={t('remoteClearTitle', { name })}
        confirmLabel={t('remoteClearConfirm')}
        cancelLabel={t('cancel')}
        onConfirm={() => {
          void clear();
          onDone();
        }}
        onCancel={onDone}
      >
        {t('remoteClearText')}
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      open
      title={t('remoteAddAllTitle', { name })}
      confirmLabel={t('remoteAddAllConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        void actions.addAll();
        onDone();
      }}
      onCancel={onDone}
    >
      {t(account.capabilities.list === 'last-hour-of-this-network' ? 'remoteAddAllHour' : 'remoteAddAllText')}
    </ConfirmDialog>
  );
};
