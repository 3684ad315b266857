import clsx from 'clsx';
import { CircleCheck, CirclePause, CloudOff, KeyRound, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../shared/model/account';
import { OTHER_PICFERRY, THIS_COMPUTER } from '../../../shared/model/this-computer';
import { undecidedIn } from '../../../shared/undecided';
import { healthTone, healthWords } from '../../stores/account-health';
import { useText } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { useAccountHealth, useAccounts, useApp, useSync, useUi } from '../../stores/use-app';
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
  const { t, localized, problem, sentences, account: nameOf } = useText();
  const attempt = useAttempt();
  const health = useAccountHealth()(account);
  const { providers } = useApp();
  const call = useCall();
  const test = useAccountTest();
  const provider = providers.find(({ id }) => id === account.provider);
  const place = account.id === THIS_COMPUTER ? undefined : account.url === '' ? folderOf(account) : account.url;
  return (
    <li className="flex flex-col gap-2 rounded-m border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="flex min-w-0 flex-1 basis-60 items-center gap-2.5">
          <Dot tone={healthTone[health.at]} />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-2">
              <h2 className="min-w-0 truncate font-semibold">{nameOf(account.name)}</h2>
              {account.isDefault ? (
                <Badge tone="accent" icon={<CircleCheck size={12} aria-hidden />}>
                  {t('accountsDefault')}
                </Badge>
              ) : null}
              {account.onlyThisComputer ? <Badge>{t('onlyHereShort')}</Badge> : null}
              {health.at === 'sign-in' || health.at === 'not-reached' ? <Badge tone={healthTone[health.at]}>{t(healthWords[health.at])}</Badge> : null}
            </div>
            <p title={place} className={clsx('said text-small text-text-2', place !== undefined && 'truncate')}>
              {place === undefined ? t('accountsThisComputer') : `${provider === undefined ? account.provider : localized(provider.name)} · ${place}`}
            </p>
          </div>
        </div>
        <RowActions {...props} onTest={() => void test.run({ id: account.id })} />
      </div>
      {health.at === 'sign-in' || health.at === 'not-reached' ? (
        <Bar
          tone="warn"
          icon={health.at === 'sign-in' ? <KeyRound size={16} aria-hidden /> : <CloudOff size={16} aria-hidden />}
          actions={
            health.at === 'sign-in' ? (
              <Button size="s" onClick={props.onEdit}>
                {t('accountsEdit')}
              </Button>
            ) : (
              <Button size="s" onClick={() => void attempt('sync:run-all', undefined)}>
                {t('tryAgain')}
              </Button>
            )
          }
        >
          {sentences(t('accountsLastSync'), problem({ ...health.problem, detail: null }))}
        </Bar>
      ) : null}
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

/** What going without an account means: for its pictures, and for each kind of thing that is not done yet. */
const WhatGoes = ({ account }: { readonly account: Account }) => {
  const { t, number } = useText();
  const all = useSync((view) => view.documents);
  const documents = all.filter((one) => one.account === account.id && one.kind !== 'library-part');
  const unsent = documents.reduce((sum, { waiting }) => sum + waiting, 0);
  const undecided = undecidedIn(documents);
  const facts = ([['accountsRemoveSync', documents.length], ['accountsRemoveUnsent', unsent], ['accountsRemoveUndecided', undecided]] as const).filter(([, count]) => count > 0);
  return (
    <>
      <p>{t(account.provider === OTHER_PICFERRY ? 'accountsRemoveFolder' : account.secretsSet.length === 0 ? 'accountsRemoveKeyless' : 'accountsRemoveText')}</p>
      {facts.length === 0 ? null : (
        <ul className="mt-2 flex list-disc flex-col gap-1 ps-5 text-text">
          {facts.map(([key, count]) => (
            <li key={key}>{t(key, { count, formatted: number(count) })}</li>
          ))}
        </ul>
      )}
    </>
  );
};

export const AccountsSection = () => {
  const { t } = useText();
  const { ui } = useApp();
  const call = useCall();
  const accounts = useAccounts();
  const form = useUi((state) => state.accountForm);
  const [leaving, setLeaving] = useState<Account | null>(null);
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
        {leaving === null ? null : <WhatGoes account={leaving} />}
      </ConfirmDialog>
    </div>
  );
};
