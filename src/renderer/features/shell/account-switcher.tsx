import clsx from 'clsx';
import { ChevronsUpDown, Plus, Settings2 } from 'lucide-react';
import { healthTone, healthWords, type AccountHealth } from '../../stores/account-health';
import { queueProgress } from '../../stores/queue-state';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccountHealth, useAccountInUse, useAccounts, useApp, useQueue } from '../../stores/use-app';
import { Dot, Ring } from '../../ui/bits';
import { Menu, type MenuEntry } from '../../ui/menu';

/** Null: there is no account. */
export const accountTone = (health: AccountHealth | null) => (health === null ? 'neutral' : healthTone[health.at]);

const useEntries = (): readonly MenuEntry[] => {
  const { t, problem, account: nameOf } = useText();
  const { ui } = useApp();
  const accounts = useAccounts();
  const current = useAccountInUse();
  const call = useCall();
  const healthOf = useAccountHealth();
  return [
    { kind: 'heading', label: t('accountChoose') },
    ...accounts.map((account): MenuEntry => {
      const health = healthOf(account);
      return {
        label: nameOf(account.name),
        note: health.at === 'ready' ? (account.onlyThisComputer ? t('onlyHere') : account.url) : health.at === 'paused' ? problem(health.problem) : t(healthWords[health.at]),
        icon: <Dot tone={accountTone(health)} />,
        checked: account.id === current?.id,
        onSelect: () => void call('accounts:set-default', { id: account.id }),
      };
    }),
    { kind: 'separator' },
    {
      label: t('accountAdd'),
      icon: <Plus size={14} aria-hidden />,
      onSelect: () => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'new' } }),
    },
    {
      label: t('accountManage'),
      icon: <Settings2 size={14} aria-hidden />,
      onSelect: () => ui.setState({ route: 'settings', section: 'accounts', accountForm: null }),
    },
  ];
};

/** The account that uploads go to, with its state in words, a dot and a ring, and the menu to change it. */
export const AccountSwitcher = ({ open }: { readonly open: boolean }) => {
  const { t, account: nameOf } = useText();
  const account = useAccountInUse();
  const fraction = useQueue((queue) => queueProgress(queue.summary));
  const entries = useEntries();
  const name = account === undefined ? t('accountNone') : nameOf(account.name);
  const health = useAccountHealth()(account);
  const state = t(healthWords[health.at]);
  return (
    <Menu
      side="top"
      align="start"
      entries={entries}
      trigger={
        <button
          type="button"
          aria-label={`${t('accountInUse', { name })}. ${state}`}
          title={`${name} · ${state}`}
          className={clsx('flex h-11 w-full min-w-0 items-center gap-2 rounded-s px-2 text-left hover:bg-hover', !open && 'justify-center')}
        >
          <Ring value={fraction}>
            <Dot tone={accountTone(account === undefined ? null : health)} />
          </Ring>
          {open ? (
            <>
              <span className="hidden min-w-0 flex-1 min-[720px]:block">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-small text-text-2">{state}</span>
              </span>
              <ChevronsUpDown size={14} aria-hidden className="hidden shrink-0 text-text-2 min-[720px]:block" />
            </>
          ) : null}
        </button>
      }
    />
  );
};
