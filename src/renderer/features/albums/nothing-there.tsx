import { Images, Ship } from 'lucide-react';
import type { Account } from '../../../shared/model/account';
import { openLibrary } from '../../stores/open-library';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';

/** For hosts that only take uploads: why there is nothing to browse, and where the uploads are. */
export const NothingThere = ({ account }: { readonly account: Account }) => {
  const { t, account: called } = useText();
  const app = useApp();
  return (
    <EmptyState
      icon={<Ship size={40} strokeWidth={1.25} />}
      title={t('albumsNoneTitle', { name: called(account.name) })}
      actions={
        <>
          <Button look="primary" icon={<Images size={16} aria-hidden />} onClick={() => openLibrary(app, { accountId: account.id })}>
            {t('albumsNoneShow')}
          </Button>
          <Button onClick={() => app.ui.setState({ albumsPlace: { kind: 'local' } })}>{t('albumsToMine')}</Button>
        </>
      }
    >
      {t('albumsNoneText')}
    </EmptyState>
  );
};
