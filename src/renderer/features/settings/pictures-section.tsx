import { useState } from 'react';
import { PRIVATE, profilesOf } from '../../../shared/model/preparation-profiles';
import { useText } from '../../stores/text';
import { profileOptions, profileText } from '../../stores/profile-words';
import { useSettings } from '../../stores/use-app';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { AccountProfiles } from './account-profiles';
import { ProfileEditor } from './profile-editor';
import { ProfilesGroup } from './profiles-group';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

/** How pictures are made ready before they leave: for all accounts, for single ones, and what each profile does. */
export const PicturesSection = () => {
  const text = useText();
  const { t } = text;
  const change = useChange();
  const preparation = useSettings((settings) => settings.preparation);
  const askNames = useSettings((settings) => settings.askNames);
  const [edited, setEdited] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const begin = (id: string): void => {
    setMade(id);
    setEdited(id);
  };
  const leave = (): void => {
    setMade(null);
    setEdited(null);
  };
  const profiles = profilesOf(preparation);
  const open = profiles.find(({ id }) => id === edited);
  if (open !== undefined) return <ProfileEditor key={open.id} profile={open} fresh={made === open.id} onBack={leave} onMade={begin} />;
  const forAll = profiles.find(({ id }) => id === preparation.defaultProfile) ?? PRIVATE;
  return (
    <>
      <SettingsGroup title={t('prepareTitle')} help={t('prepareHelp')}>
        <Field label={t('prepareAll')} help={profileText(forAll, text)}>
          <Select
            className="w-72 max-w-full"
            label={t('prepareAll')}
            value={forAll.id}
            onChange={(defaultProfile) => void change({ preparation: { ...preparation, defaultProfile } })}
            options={profileOptions(preparation, text)}
          />
        </Field>
        <AccountProfiles />
        <Switch label={t('prepareNames')} help={t('prepareNamesHelp')} checked={askNames} onChange={(next) => void change({ askNames: next })} />
      </SettingsGroup>
      <ProfilesGroup onOpen={setEdited} onMade={begin} />
    </>
  );
};
