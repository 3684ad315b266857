import { useText } from '../../stores/text';
import { useSettings } from '../../stores/use-app';
import { Select } from '../../ui/select';
import { SettingsGroup } from './settings-group';
import { useChange } from './use-change';

export const AppearanceSection = () => {
  const { t } = useText();
  const change = useChange();
  const { theme, language } = useSettings((all) => all);
  return (
    <>
      <SettingsGroup title={t('appearanceTheme')}>
        <Select
          className="w-48"
          label={t('appearanceTheme')}
          value={theme}
          onChange={(next) => void change({ theme: next })}
          options={[
            { value: 'system', label: t('themeSystem') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
            { value: 'contrast', label: t('themeContrast') },
          ]}
        />
      </SettingsGroup>
      <SettingsGroup title={t('appearanceLanguage')}>
        <Select
          className="w-48"
          label={t('appearanceLanguage')}
          value={language}
          onChange={(next) => void change({ language: next })}
          options={[
            { value: 'system', label: t('languageSystem') },
            { value: 'en', label: 'English' },
            { value: 'zh-CN', label: '简体中文' },
          ]}
        />
      </SettingsGroup>
    </>
  );
};
