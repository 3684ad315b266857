import { useState } from 'react';
import { useText } from '../../stores/text';
import { Choice } from '../../ui/choice';
import { FormDialog } from '../../ui/form-dialog';
import type { Chosen } from './use-selection';
import type { UploadActions } from './use-upload-actions';

type RemoveQuestionProps = { readonly chosen: Chosen; readonly actions: Pick<UploadActions, 'removeFrom'>; readonly onDone: () => void };

/** Where the library is shared between devices: whether records leave this one only. */
export const RemoveQuestion = ({ chosen, actions, onDone }: RemoveQuestionProps) => {
  const { t, number } = useText();
  const [everywhere, setEverywhere] = useState(false);
  const title = t('removeTitle', { count: chosen.count, formatted: `${number(chosen.count)}${chosen.exact ? '' : '+'}` });
  return (
    <FormDialog
      title={title}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t(everywhere ? 'removeEverywhere' : 'removeConfirm')}
      onSubmit={() => {
        actions.removeFrom(chosen, everywhere);
        onDone();
      }}
      onClose={onDone}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{title}</legend>
        <Choice checked={!everywhere} label={t('removeHere')} help={t('removeHereText', { count: chosen.count })} onChoose={() => setEverywhere(false)} />
        <Choice checked={everywhere} label={t('removeEverywhere')} help={t('removeEverywhereText', { count: chosen.count })} onChoose={() => setEverywhere(true)} />
      </fieldset>
      <p className="text-small text-text-2">{t('removedText')}</p>
    </FormDialog>
  );
};
