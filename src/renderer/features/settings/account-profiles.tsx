import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { profileOptions } from '../../stores/profile-words';
import { useText } from '../../stores/text';
import { useAccounts, useSettings } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { PickList } from '../../ui/pick-list';
import { Select } from '../../ui/select';
import { useChange } from './use-change';

/** The accounts whose pictures are made ready in another way than all others. Only those are listed: most accounts are like all. */
export const AccountProfiles = () => {
  const text = useText();
  const { t } = text;
  const change = useChange();
  const preparation = useSettings((settings) => settings.preparation);
  const accounts = useAccounts();
  const [adding, setAdding] = useState(false);
  const options = profileOptions(preparation, text);
  // A profile that is gone counts as not chosen.
  const chosen = (id: string): string | undefined => options.find(({ value }) => value === preparation.accounts[id])?.value;
  const own = accounts.filter(({ id }) => chosen(id) !== undefined);
  const others = accounts.filter(({ id }) => chosen(id) === undefined);
  const choose = (accountId: string, profileId: string | null): void => {
    const { [accountId]: _before, ...rest } = preparation.accounts;
    void change({ preparation: { ...preparation, accounts: profileId === null ? rest : { ...rest, [accountId]: profileId } } });
  };
  return (
    <section aria-label={t('prepareExceptions')} className="flex flex-col gap-1.5">
      {own.length === 0 ? null : (
        <>
          <h3 className="font-medium">{t('prepareExceptions')}</h3>
          <ul className="rounded-s border border-line">
            {own.map(({ id, name }) => (
              <li key={id} className="flex flex-wrap items-center gap-2 border-b border-line py-1.5 pl-3 pr-1.5 last:border-b-0">
                <span className="min-w-32 flex-1 truncate" title={text.account(name)}>
                  {text.account(name)}
                </span>
                <Select className="w-56 max-w-full" label={text.account(name)} value={chosen(id) ?? ''} onChange={(profileId) => choose(id, profileId)} options={options} />
                <IconButton size="s" label={t('prepareExceptionRemove', { name: text.account(name) })} onClick={() => choose(id, null)}>
                  <X size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length === 0 ? null : (
        <Button className="self-start" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          {t('prepareExceptionAdd')}
        </Button>
      )}
      {adding ? (
        <Dialog open onClose={() => setAdding(false)} title={t('prepareExceptionTitle')} closeLabel={t('close')}>
          <PickList
            label={t('prepareExceptionTitle')}
            placeholder={t('prepareExceptionFind')}
            empty={t('prepareExceptionNone')}
            value=""
            picks={others.map(({ id, name }) => ({ value: id, label: text.account(name) }))}
            onPick={(id) => {
              setAdding(false);
              choose(id, preparation.defaultProfile);
            }}
          />
        </Dialog>
      ) : null}
    </section>
  );
};
