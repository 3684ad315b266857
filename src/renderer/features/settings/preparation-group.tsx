import type { PreparationProfile } from '../../../shared/model/preparation';
import { BUILT_IN, PRIVATE } from '../../../shared/model/preparation-profiles';
import { useText, type TextKey } from '../../stores/text';
import { useAccounts, useSettings } from '../../stores/use-app';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

const builtIn: Readonly<Record<string, TextKey>> = { private: 'preparePrivate', none: 'prepareNone' };
/** The choice of an account that has no profile of its own. */
const AS_ALL = '';

/** How pictures are made ready before they leave: for all accounts, and for each that wants it otherwise. */
export const PreparationGroup = () => {
  const text = useText();
  const { t } = text;
  const change = useChange();
  const preparation = useSettings((settings) => settings.preparation);
  const accounts = useAccounts();
  const nameOf = ({ id, name }: PreparationProfile): string => (builtIn[id] === undefined ? name : t(builtIn[id]));
  const options = [...BUILT_IN, ...preparation.profiles].map((profile) => ({ value: profile.id, label: nameOf(profile) }));
  /** A profile that is gone counts as not chosen. */
  const known = (profileId: string | undefined): string | undefined => options.find(({ value }) => value === profileId)?.value;
  const choose = (accountId: string, profileId: string): void => {
    const { [accountId]: _before, ...others } = preparation.accounts;
    void change({ preparation: { ...preparation, accounts: profileId === AS_ALL ? others : { ...others, [accountId]: profileId } } });
  };
  return (
    <SettingsGroup title={t('prepareTitle')} help={t('prepareHelp')}>
      <Field label={t('prepareAll')}>
        <Select
          className="w-72 max-w-full"
          label={t('prepareAll')}
          value={known(preparation.defaultProfile) ?? PRIVATE.id}
          onChange={(defaultProfile) => void change({ preparation: { ...preparation, defaultProfile } })}
          options={options}
        />
      </Field>
      {accounts.map(({ id, name }) => (
        <Field key={id} label={text.account(name)}>
          <Select
            className="w-72 max-w-full"
            label={text.account(name)}
            value={known(preparation.accounts[id]) ?? AS_ALL}
            onChange={(profileId) => choose(id, profileId)}
            options={[{ value: AS_ALL, label: t('prepareAsAll') }, ...options]}
          />
        </Field>
      ))}
    </SettingsGroup>
  );
};
