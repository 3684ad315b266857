import { useState } from 'react';
import type { SyncView } from '../../../shared/model/sync';
import { useText, type TextKey } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { accountInUse, useAccounts, useSync } from '../../stores/use-app';
import { Switch } from '../../ui/field';
import { Select } from '../../ui/select';

type Kind = SyncView['builtIn'][number]['kind'];
const kinds: readonly { readonly kind: Kind; readonly label: TextKey; readonly help: TextKey }[] = [
  { kind: 'settings', label: 'syncBuiltInSettings', help: 'syncBuiltInSettingsHelp' },
  { kind: 'accounts', label: 'syncBuiltInAccounts', help: 'syncBuiltInAccountsHelp' },
];

/** Which of Picferry's own data sync, and with which account. */
export const BuiltInGroup = () => {
  const { t, account: called } = useText();
  const attempt = useAttempt();
  const able = useAccounts().filter(({ capabilities }) => capabilities.sync);
  const on = useSync((view) => view.builtIn);
  const [chosen, setChosen] = useState<string | null>(null);
  const far = able.filter(({ onlyThisComputer }) => !onlyThisComputer);
  const account = able.find(({ id }) => id === (chosen ?? on[0]?.account)) ?? accountInUse(far.length > 0 ? far : able);
  if (account === undefined) return null;
  return (
    <section aria-label={t('syncOwnData')} className="mt-6">
      <div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="font-semibold">{t('syncOwnData')}</h2>
          <p className="said text-small text-text-2">{t('syncBuiltInHelp')}</p>
        </div>
        {able.length > 1 ? <Select label={t('syncBuiltInAccount')} value={account.id} options={able.map(({ id, name }) => ({ value: id, label: called(name) }))} onChange={setChosen} /> : null}
      </div>
      <div className="flex flex-col gap-3 rounded-m border border-line bg-surface px-4 py-3">
        {kinds.map(({ kind, label, help }) => (
          <Switch
            key={kind}
            label={t(label)}
            help={t(help)}
            checked={on.some((one) => one.kind === kind && one.account === account.id)}
            onChange={(checked) => void attempt('sync:set-built-in', { account: account.id, kind, on: checked })}
          />
        ))}
      </div>
    </section>
  );
};
