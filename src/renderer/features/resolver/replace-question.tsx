import { useEffect, useState } from 'react';
import type { ReplaceCounts } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { ConfirmDialog } from '../../ui/dialog';
import { useResolver, useResolving } from './resolver-context';

/** Asks before the whole document becomes one side's, and says what that would change. */
export const ReplaceQuestion = ({ side, onClose }: { readonly side: 'mine' | 'theirs'; readonly onClose: () => void }) => {
  const { t, number } = useText();
  const call = useCall();
  const resolver = useResolver();
  const session = useResolving((state) => state.view?.session) ?? '';
  const [counts, setCounts] = useState<ReplaceCounts | null>(null);
  useEffect(() => {
    let here = true;
    void call('resolver:replace-counts', { session, side }).then((found) => {
      if (here && found !== undefined) setCounts(found);
    });
    return () => {
      here = false;
    };
  }, [call, session, side]);
  const said = counts === null ? t('resolverReplaceCounting') : t('resolverReplaceCounts', { added: number(counts.added), edited: number(counts.edited), removed: number(counts.removed) });
  return (
    <ConfirmDialog
      open
      danger
      title={t(side === 'mine' ? 'resolverReplaceTitleMine' : 'resolverReplaceTitleTheirs')}
      confirmLabel={t('resolverReplaceDo')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        resolver.replace(side);
        onClose();
      }}
      onCancel={onClose}
    >
      <p className="font-medium text-text">{said}</p>
      <p className="mt-2">{t(side === 'mine' ? 'resolverReplaceTextMine' : 'resolverReplaceTextTheirs')}</p>
    </ConfirmDialog>
  );
};
