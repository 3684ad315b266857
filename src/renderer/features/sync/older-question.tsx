import { useState } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import { documentName, nameOf } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useTakeBack } from '../../stores/use-take-back';
import { Button } from '../../ui/button';

/** The host has older data than this computer: which of the two is right. */
export const OlderQuestion = ({ document }: { readonly document: SyncDocument }) => {
  const text = useText();
  const { t } = text;
  const call = useCall();
  const say = useSay();
  const takeBack = useTakeBack();
  const [busy, setBusy] = useState(false);
  const answer = async (keep: 'mine' | 'theirs'): Promise<void> => {
    setBusy(true);
    const settled = await call('sync:settle-older', { document: nameOf(document), keep });
    setBusy(false);
    if (settled === undefined) return;
    if (keep === 'mine') say({ title: { key: 'syncOlderMineDone' } });
    else say({ title: { key: 'syncOlderTheirsDone' }, action: { label: { key: 'syncRemovedUndo' }, onPress: () => void takeBack(nameOf(document), documentName(document, text)) } });
  };
  const choice = (keep: 'mine' | 'theirs', label: string, help: string, look: 'primary' | 'plain') => (
    <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3 first:border-t-0">
      <p className="said min-w-0 flex-1 basis-56 text-text-2">{help}</p>
      <Button look={look} disabled={busy} onClick={() => void answer(keep)}>
        {label}
      </Button>
    </div>
  );
  return (
    <section aria-label={t('syncOlderQuestion')} className="rounded-m border border-line bg-surface">
      <h2 className="px-4 py-3 font-semibold">{t('syncOlderQuestion')}</h2>
      {choice('mine', t('syncOlderMine'), t('syncOlderMineHelp'), 'primary')}
      {choice('theirs', t('syncOlderTheirs'), t('syncOlderTheirsHelp'), 'plain')}
    </section>
  );
};
