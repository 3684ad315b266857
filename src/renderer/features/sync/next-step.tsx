import type { SyncDocument } from '../../../shared/model/sync';
import { useText } from '../../stores/text';
import { Button } from '../../ui/button';
import type { DocumentActions } from './use-document-actions';

type NextStepProps = {
  readonly document: SyncDocument;
  readonly actions: DocumentActions;
  readonly onBegin: (document: SyncDocument) => void;
  readonly onResolve: (document: SyncDocument) => void;
};

/** The one thing that a document waits for a person to do; nothing where it waits for nothing. */
export const NextStep = ({ document, actions, onBegin, onResolve }: NextStepProps) => {
  const { t, number } = useText();
  if (document.running) return null;
  switch (document.state) {
    case 'first-choice':
      return (
        <Button size="s" look="primary" onClick={() => onBegin(document)}>
          {t('syncBegin')}
        </Button>
      );
    case 'conflict':
      return (
        <Button size="s" look="primary" onClick={() => actions.resolve(document)}>
          {t('syncResolve', { count: document.conflicts, formatted: number(document.conflicts) })}
        </Button>
      );
    case 'server-older':
      return (
        <Button size="s" look="primary" onClick={() => onResolve(document)}>
          {t('syncDecide')}
        </Button>
      );
    case 'sign-in-needed':
      return (
        <Button size="s" onClick={() => actions.openAccount(document.account)}>
          {t('syncOpenAccount')}
        </Button>
      );
    case 'failed':
      return document.problem?.retryable === true || document.problem?.kind === 'file' ? (
        <Button size="s" onClick={() => void actions.run(document)}>
          {t('tryAgain')}
        </Button>
      ) : document.problem?.sub === 'syncUnavailable' || document.problem?.kind === 'protocol' ? (
        <Button size="s" onClick={() => actions.openAccount(document.account)}>
          {t('syncOpenAccount')}
        </Button>
      ) : null;
    case 'new':
    case 'up-to-date':
    case 'changes-waiting':
    case 'offline':
    case 'paused':
      return null;
  }
};
