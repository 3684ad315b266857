import { useState } from 'react';
import type { SyncView } from '../../../shared/model/sync';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { useText, type TextKey } from '../../stores/text';
import { useAttempt, useCall } from '../../stores/use-actions';
import { accountInUse, useAccounts, useSync } from '../../stores/use-app';
import { Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { LeaveLibrary } from './leave-library';

type Kind = SyncView['builtIn'][number]['kind'];
const kinds: readonly { readonly kind: Kind; readonly label: TextKey; readonly help: TextKey }[] = [
  { kind: 'settings', label: 'syncBuiltInSettings', help: 'syncBuiltInSettingsHelp' },
  { kind: 'accounts', label: 'syncBuiltInAccounts', help: 'syncBuiltInAccountsHelp' },
  { kind: 'library', label: 'syncBuiltInLibrary', help: 'syncBuiltInLibraryHelp' },
];

/** Which of Picferry's own data sync, and with which account. */
export const BuiltInGroup = () => {
  const { t, account: called } = useText();
  const attempt = useAttempt();
  const able = useAccounts().filter(({ capabilities }) => capabilities.sync);
  const on = useSync((view) => view.builtIn);
  const [chosen, setChosen] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<number | null>(null);
  const call = useCall();
  // A site is met from everywhere, another profile at least from here.
  const far = able.filter(({ onlyThisComputer }) => !onlyThisComputer);
  const near = able.filter(({ id }) => id !== THIS_COMPUTER);
  const account = able.find(({ id }) => id === (chosen ?? on[0]?.account)) ?? accountInUse([far, near, able].find(({ length }) => length > 0) ?? []);
  if (account === undefined) return null;
  const set = (kind: Kind, checked: boolean): void => void attempt('sync:set-built-in', { account: account.id, kind, on: checked });
  /** Records of other devices may stay or go. */
  const leave = async (): Promise<void> => {
    const sharing = await call('library:sharing', undefined);
    if (sharing === undefined) return;
    if (sharing.others === 0) set('library', false);
    else setLeaving(sharing.others);
  };
  return (
    <section aria-label={t('syncOwnData')} className="mt-6 first:mt-0">
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
            onChange={(checked) => (kind === 'library' && !checked ? void leave() : set(kind, checked))}
          />
        ))}
      </div>
      {leaving === null ? null : <LeaveLibrary account={account.id} others={leaving} onClose={() => setLeaving(null)} />}
    </section>
  );
};
