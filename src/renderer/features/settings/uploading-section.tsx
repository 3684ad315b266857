import type { SettingsPatch } from '../../../shared/model/settings';
import { useText } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Switch } from '../../ui/field';
import { NumberInput } from './number-input';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

type Limits = NonNullable<SettingsPatch['limits']>;

export const UploadingSection = () => {
  const { t } = useText();
  const change = useChange();
  const settings = useSettings((all) => all);
  const { limits } = settings;
  const seconds = (key: keyof Limits, value: number): void => void change({ limits: { ...limits, [key]: value * 1000 } });
  return (
    <>
      <SettingsGroup title={t('sectionUploading')}>
        <Switch
          label={t('uploadingCopy')}
          help={t('uploadingCopyHelp')}
          checked={settings.copyWhenDone}
          onChange={(copyWhenDone) => void change({ copyWhenDone })}
        />
        <NumberInput
          label={t('uploadingAtOnce')}
          help={t('uploadingAtOnceHelp')}
          value={settings.concurrency}
          min={1}
          max={16}
          onChange={(concurrency) => void change({ concurrency })}
        />
      </SettingsGroup>
      <SettingsGroup title={t('uploadingLimits')} help={t('uploadingLimitsHelp')}>
        <NumberInput label={t('uploadingConnect')} value={Math.ceil(limits.connectMs / 1000)} min={1} max={600} onChange={(value) => seconds('connectMs', value)} />
        <NumberInput label={t('uploadingStall')} value={Math.ceil(limits.stallMs / 1000)} min={1} max={600} onChange={(value) => seconds('stallMs', value)} />
        <NumberInput label={t('uploadingAnswer')} value={Math.ceil(limits.answerMs / 1000)} min={1} max={3600} onChange={(value) => seconds('answerMs', value)} />
      </SettingsGroup>
    </>
  );
};
