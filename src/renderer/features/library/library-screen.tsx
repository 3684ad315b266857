import { useText } from '../../stores/text';
import { Page } from '../../ui/page';

export const LibraryScreen = () => {
  const { t } = useText();
  return <Page title={t('libraryTitle')}>{null}</Page>;
};
