import { FileBraces, Plus } from 'lucide-react';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { useText } from '../../stores/text';
import { useAccounts, useApp } from '../../stores/use-app';
import { EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';

/** No document yet: what this is for, and how it begins. */
export const EmptySync = ({ onChoose }: { readonly onChoose: () => void }) => {
  const { t, sentences } = useText();
  const { ui } = useApp();
  const far = useAccounts().some((account) => account.capabilities.sync && account.id !== THIS_COMPUTER);
  return (
    <EmptyState
      icon={<FileBraces size={40} strokeWidth={1.25} aria-hidden />}
      title={t('syncEmptyTitle')}
      actions={
        <>
          <Button look="primary" icon={<FileBraces size={16} aria-hidden />} onClick={onChoose}>
            {t('syncEmptyChoose')}
          </Button>
          {far ? null : (
            <Button icon={<Plus size={16} aria-hidden />} onClick={() => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'new' } })}>
              {t('syncEmptyAccount')}
            </Button>
          )}
        </>
      }
    >
      <p>{t('syncEmptyText')}</p>
      <p className="mt-2">
        {sentences(far ? null : t('syncEmptyHere'), t('syncEmptyDrop'))}
      </p>
    </EmptyState>
  );
};
