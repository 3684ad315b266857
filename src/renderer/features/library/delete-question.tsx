import { useEffect, useState } from 'react';
import type { Operation } from '../../../shared/model/operation';
import { CallFailure } from '../../bridge';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { ConfirmDialog } from '../../ui/dialog';
import type { Chosen } from './use-selection';

/** How long a deletion waits, so that it can be undone whole. */
const UNDO_MS = 6000;
const NAMED = 5;

type PerAccount = { readonly name: string; readonly count: number };

const fromRows = (rows: NonNullable<Chosen['rows']>): readonly PerAccount[] => {
  const counts = new Map<string, number>();
  for (const { accountName } of rows) counts.set(accountName, (counts.get(accountName) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
};

/** How many go at which account. For "all that match" main counts; null until it has. */
const usePerAccount = ({ rows, selection }: Chosen): readonly PerAccount[] | null => {
  const { client } = useApp();
  const [counted, setCounted] = useState<readonly PerAccount[] | null>(null);
  useEffect(() => {
    if (rows !== null || !('matching' in selection)) return undefined;
    let left = false;
    const { matching } = selection;
    const count = async (): Promise<void> => {
      try {
        const { accounts } = await client.call('library:facets', undefined);
        const asked = accounts.filter(({ id }) => matching.filter.accountId === null || matching.filter.accountId === id);
        const found = await Promise.all(
          asked.map(async ({ id, name }) => ({ name, count: (await client.call('library:count', { ...matching, filter: { ...matching.filter, accountId: id } })).total })),
        );
        if (!left) setCounted(found.filter(({ count: some }) => some > 0).sort((a, b) => b.count - a.count));
      } catch (failure) {
        // The question can be asked without the list.
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setCounted([]);
      }
    };
    void count();
    return () => {
      left = true;
    };
  }, [client, rows, selection]);
  return rows === null ? counted : fromRows(rows);
};

type DeleteQuestionProps = {
  readonly chosen: Chosen;
  readonly onDone: (acted: boolean) => void;
  /** Told once the deletion waits for its time. */
  readonly onWaiting: (operation: Operation) => void;
};

/** The one question before hosts are asked: how many, and where. What follows is the operations' bar. */
export const DeleteQuestion = ({ chosen, onDone, onWaiting }: DeleteQuestionProps) => {
  const { t, number, account } = useText();
  const call = useCall();
  const accounts = usePerAccount(chosen);
  const { count, rows } = chosen;
  const formatted = `${number(count)}${chosen.exact ? '' : '+'}`;
  const where = accounts === null || accounts.length === 0 ? null : accounts.length <= 2 ? accounts.map(({ name }) => account(name)).join(', ') : t('deleteHosts', { count: accounts.length });
  const pictures = rows !== null && rows.every(({ kind }) => kind === 'image');
  const title = where === null ? t('deleteAllTitle', { count, formatted }) : t(pictures ? 'deleteTitle' : 'deleteFilesTitle', { count, formatted, host: where });
  const without = (rows ?? []).filter(({ hasDeleteLink }) => !hasDeleteLink).length;
  return (
    <ConfirmDialog
      open
      danger
      title={title}
      confirmLabel={t('deleteConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        void call('operations:delete', { selection: chosen.selection, undoMs: UNDO_MS }).then((operation) => (operation === undefined ? undefined : onWaiting(operation)));
        onDone(true);
      }}
      onCancel={() => onDone(false)}
    >
      <p>{t('deleteText', { count })}</p>
      {without > 0 ? <p className="mt-2">{t('deleteNoLink', { count: without, formatted: number(without) })}</p> : null}
      {accounts === null ? <p className="mt-2">{t('libraryReading')}</p> : null}
      {accounts !== null && accounts.length > 1 ? (
        <ul className="mt-3 flex flex-col border-t border-line pt-2">
          {accounts.slice(0, NAMED).map(({ name, count: some }) => (
            <li key={name} className="flex gap-3">
              <span className="said min-w-0 flex-1 text-text">{account(name)}</span>
              <span className="num">{number(some)}</span>
            </li>
          ))}
          {accounts.length > NAMED ? <li>{t('deleteMoreHosts', { count: accounts.length - NAMED })}</li> : null}
        </ul>
      ) : null}
    </ConfirmDialog>
  );
};
