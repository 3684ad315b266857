import clsx from 'clsx';
import { CircleCheck, CirclePause, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../shared/model/account';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts, useApp, useSync, useUi } from '../../stores/use-app';
import { Badge, Bar, Dot } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { AccountDialog } from './account-dialog';
import { folderOf } from './account-draft';
import { TestReport } from './test-report';
import { useAccountTest } from './use-account-test';

type RowProps = { readonly account: Account; readonly onEdit: () => void; readonly onRemove: () => void };

const RowActions = ({ account, onEdit, onRemove, onTest }: RowProps & { readonly onTest: () => void }) => {
  const { t, account: nameOf } = useText();
  const call = useCall();
  const named = (label: string): string => `${label}: ${nameOf(account.name)}`;
  return (
    <div className="flex flex-wrap items-center gap-1">
      {account.isDefault ? null : (
        <Button size="s" look="quiet" aria-label={named(t('accountsMakeDefault'))} onClick={() => void call('accounts:set-default', { id: account.id })}>
          {t('accountsMakeDefault')}
        </Button>
      )}
      <Button size="s" look="quiet" aria-label={named(t('accountsTest'))} onClick={onTest}>
        {t('accountsTest')}
      </Button>
      {account.id === THIS_COMPUTER ? null : (
        <>
          <IconButton size="s" label={named(t('accountsEdit'))} onClick={onEdit}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton size="s" label={named(t('accountsRemove'))} onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
};

const AccountRow = (props: RowProps) => {
  const { account } = props;
  const { t, localized, problem, account: nameOf } = useText();
  const { providers } = useApp();
  const call = useCall();
  const test = useAccountTest();
  const provider = providers.find(({ id }) => id === account.provider);
  const place = account.id === THIS_COMPUTER ? undefined : account.url === '' ? folderOf(account) : account.url;
  return (
    <li className="flex flex-col gap-2 rounded-m border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="flex min-w-0 flex-1 basis-60 items-center gap-2.5">
          <Dot tone={account.paused === null ? 'ok' : 'warn'} />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-2">
              <h2 className="min-w-0 truncate font-semibold">{nameOf(account.name)}</h2>
              {account.isDefault ? (
                <Badge tone="accent" icon={<CircleCheck size={12} aria-hidden />}>
                  {t('accountsDefault')}
                </Badge>
              ) : null}
              {account.onlyThisComputer ? <Badge>{t('onlyHereShort')}</Badge> : null}
            </div>
            <p title={place} className={clsx('said text-small text-text-2', place !== undefined && 'truncate')}>
              {place === undefined ? t('accountsThisComputer') : `${provider === undefined ? account.provider : localized(provider.name)} · ${place}`}
            </p>
          </div>
        </div>
        <RowActions {...props} onTest={() => void test.run({ id: account.id })} />
      </div>
      {account.paused === null ? null : (
        <Bar
          tone="warn"
          icon={<CirclePause size={16} aria-hidden />}
          actions={
            <Button size="s" onClick={() => void call('accounts:resume', { id: account.id })}>
              {t('accountsResume')}
            </Button>
          }
        >
          {problem(account.paused)}
        </Bar>
      )}
      <TestReport test={test} />
    </li>
  );
};

export const AccountsSection = () => {
  const { t, number, sentences } = useText();
  const { ui } = useApp();
  const call = useCall();
  const accounts = useAccounts();
  const form = useUi((state) => state.accountForm);
  const [leaving, setLeaving] = useState<Account | null>(null);
  const documents = useSync((view) => view.documents.filter(({ account, kind }) => account === leaving?.id && kind !== 'library-part').length);
  const openForm = (next: typeof form): void => ui.setState({ accountForm: next });
  const edited = form?.kind === 'edit' ? accounts.find(({ id }) => id === form.id) : undefined;
  return (
    <div className="flex max-w-180 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="said max-w-110 text-text-2">{accounts.length < 2 ? t('accountsFirst') : t('accountsIntro')}</p>
        <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => openForm({ kind: 'new' })}>
          {t('accountsAddButton')}
        </Button>
      </div>
      <ul className="flex flex-col gap-2">
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} onEdit={() => openForm({ kind: 'edit', id: account.id })} onRemove={() => setLeaving(account)} />
        ))}
      </ul>
      {form === null || (form.kind === 'edit' && edited === undefined) ? null : <AccountDialog account={edited ?? null} onClose={() => openForm(null)} />}
      <ConfirmDialog
        open={leaving !== null}
        danger
        title={t('accountsRemoveTitle', { name: leaving?.name ?? '' })}
        confirmLabel={t('accountsRemoveConfirm')}
        cancelLabel={t('cancel')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving !== null) void call('accounts:remove', { id: leaving.id });
          setLeaving(null);
        }}
      >
        {sentences(t(leaving?.secretsSet.length === 0 ? 'accountsRemoveKeyless' : 'accountsRemoveText'), documents === 0 ? null : t('accountsRemoveSync', { count: documents, formatted: number(documents) }))}
      </ConfirmDialog>
    </div>
  );
};
