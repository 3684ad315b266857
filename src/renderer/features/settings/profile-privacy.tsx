import { SVG_CHOICES } from '../../../shared/model/preparation-choices';
import { useText } from '../../stores/text';
import { Field, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import type { PartProps } from './profile-part';
import { SettingsGroup } from './settings-group';

export const ProfilePrivacy = ({ profile, onChange }: PartProps) => {
  const { t } = useText();
  return (
    <SettingsGroup title={t('partPrivacy')}>
      <Switch label={t('partMetadata')} help={t('partMetadataHelp')} checked={profile.metadata === 'strip'} onChange={(on) => onChange({ metadata: on ? 'strip' : 'keep' })} />
      <Switch label={t('partOrientation')} help={t('partOrientationHelp')} checked={profile.orientation === 'apply'} onChange={(on) => onChange({ orientation: on ? 'apply' : 'keep' })} />
      <Switch label={t('partColour')} help={t('partColourHelp')} checked={profile.colour === 'srgb'} onChange={(on) => onChange({ colour: on ? 'srgb' : 'keep' })} />
      <Field label={t('partSvg')} help={t('partSvgHelp')}>
        <Select className="w-72 max-w-full" label={t('partSvg')} value={profile.svg} onChange={(svg) => onChange({ svg })} options={SVG_CHOICES.map((value) => ({ value, label: t(`svg_${value}`) }))} />
      </Field>
    </SettingsGroup>
  );
};
