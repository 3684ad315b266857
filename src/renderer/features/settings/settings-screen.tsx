import { useText } from '../../stores/text';
import { Page } from '../../ui/page';

export const SettingsScreen = () => {
  const { t } = useText();
  return <Page title={t('settingsTitle')}>{null}</Page>;
};
