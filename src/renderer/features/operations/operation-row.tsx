import clsx from 'clsx';
import { CloudDownload, Link2, Trash2, Undo2, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Operation } from '../../../shared/model/operation';
import { canRetry, isUndone, operationProgress, operationText, operationTone } from '../../stores/operation-words';
import { useText } from '../../stores/text';
import { useCall, useNow } from '../../stores/use-actions';
import { Progress } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { useRepair } from './use-repair';

/** How long a bar says that nothing was deleted. */
const UNDONE_SHOWN_MS = 6_000;
const small = { size: 14, 'aria-hidden': true } as const;
const icons = { delete: Trash2, check_links: Link2, import_remote: CloudDownload } as const;
const tones = { neutral: 'text-text-2', ok: 'text-ok', warn: 'text-warn', danger: 'text-danger' } as const;

type OperationRowProps = { readonly operation: Operation; readonly onDetails: (id: string) => void };

const AfterCheck = ({ operation }: { readonly operation: Operation }) => {
  const { t } = useText();
  const { showDead, repair, copyPairs } = useRepair(operation);
  return (
    <>
      <Button size="s" look="quiet" onClick={showDead}>
        {t('operationShowDead')}
      </Button>
      <Button size="s" look="quiet" onClick={() => void copyPairs()}>
        {t('operationPairs')}
      </Button>
      <Button size="s" onClick={() => void repair()}>
        {t('operationRepair')}
      </Button>
    </>
  );
};

const Actions = ({ operation, onDetails }: OperationRowProps) => {
  const { t } = useText();
  const call = useCall();
  const { id, state } = operation;
  if (state === 'waiting')
    return (
      <>
        <Button size="s" look="quiet" onClick={() => void call('operations:begin', { id })}>
          {t('operationBegin')}
        </Button>
        <Button size="s" look="primary" icon={<Undo2 {...small} />} onClick={() => void call('operations:cancel', { id })}>
          {t('operationUndo')}
        </Button>
      </>
    );
  const details = (
    <Button size="s" look="quiet" onClick={() => onDetails(id)}>
      {t('operationDetails')}
    </Button>
  );
  if (state === 'running')
    return (
      <>
        {details}
        <Button size="s" onClick={() => void call('operations:cancel', { id })}>
          {t('operationStop')}
        </Button>
      </>
    );
  return (
    <>
      {isUndone(operation) ? null : details}
      {operation.kind === 'check_links' && (operation.outcomes.dead ?? 0) > 0 ? <AfterCheck operation={operation} /> : null}
      {canRetry(operation) ? (
        <Button size="s" onClick={() => void call('operations:retry', { id })}>
          {t(operation.kind === 'check_links' ? 'operationRetryCheck' : 'operationRetry')}
        </Button>
      ) : null}
      <IconButton size="s" label={t('operationDismiss')} onClick={() => void call('operations:dismiss', { id })}>
        <X {...small} />
      </IconButton>
    </>
  );
};

/** One operation in a line: what will happen, how far it is or how it truly ended, and what can be done about it. */
export const OperationRow = (props: OperationRowProps) => {
  const { operation } = props;
  const text = useText();
  const now = useNow(operation.state === 'waiting');
  const Icon = icons[operation.kind];
  const said = operationText(operation, now, text);
  const progress = operationProgress(operation);
  const call = useCall();
  const undone = isUndone(operation);
  const { id } = operation;
  useEffect(() => {
    // Called back in time: nothing is left to be told of it after a moment.
    if (!undone) return undefined;
    const timer = setTimeout(() => void call('operations:dismiss', { id }), UNDONE_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [undone, call, id]);
  return (
    <li className="flex flex-col gap-1 py-1.5">
      <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
        <Icon size={16} aria-hidden className={clsx('shrink-0', tones[operationTone(operation)])} />
        <span className="said num min-w-40 flex-1">{said}</span>
        <span className="ml-auto flex flex-wrap items-center justify-end gap-1">
          <Actions {...props} />
        </span>
      </div>
      {progress === null ? null : <Progress label={said} value={progress} />}
    </li>
  );
};
