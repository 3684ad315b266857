import { useId, useState } from 'react';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { Choice } from '../../ui/choice';
import { FormDialog } from '../../ui/form-dialog';

/** What becomes of records that came from other devices when the library is not synced any more. */
export const LeaveLibrary = ({ account, others, onClose }: { readonly account: string; readonly others: number; readonly onClose: () => void }) => {
  const { t, number } = useText();
  const attempt = useAttempt();
  const group = useId();
  const [keep, setKeep] = useState(true);
  const count = { count: others, formatted: number(others) };
  return (
    <FormDialog
      title={t('syncLeaveTitle')}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t('syncLeaveGo')}
      onSubmit={() => {
        void attempt('sync:set-built-in', { account, kind: 'library', on: false, others: keep ? 'keep' : 'remove' });
        onClose();
      }}
      onClose={onClose}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('syncLeaveTitle')}</legend>
        <Choice group={group} checked={keep} label={t('syncLeaveKeep')} help={t('syncLeaveKeepText', count)} onChoose={() => setKeep(true)} />
        <Choice group={group} checked={!keep} label={t('syncLeaveRemove')} help={t('syncLeaveRemoveText', count)} onChoose={() => setKeep(false)} />
      </fieldset>
      <p className="text-small text-text-2">{t('syncLeaveOthers')}</p>
    </FormDialog>
  );
};
