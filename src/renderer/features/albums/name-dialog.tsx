import { useState } from 'react';
import { useText } from '../../stores/text';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';

type NameDialogProps = {
  readonly title: string;
  readonly confirm: string;
  readonly initial?: string;
  /** Names of other albums, which it may not have. */
  readonly taken: readonly string[];
  /** Resolves to whether it worked; the dialog stays open when not. */
  readonly onConfirm: (name: string) => Promise<boolean>;
  readonly onClose: () => void;
};

const LONGEST = 120;

/** Asks for an album's name. */
export const NameDialog = ({ title, confirm, initial = '', taken, onConfirm, onClose }: NameDialogProps) => {
  const { t } = useText();
  const [name, setName] = useState(initial);
  const [busy, setBusy] = useState(false);
  const trimmed = name.trim();
  const used = taken.some((one) => one.toLowerCase() === trimmed.toLowerCase());
  const ready = trimmed !== '' && !used && !busy;
  const submit = async (): Promise<void> => {
    setBusy(true);
    const done = trimmed === initial || (await onConfirm(trimmed));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <FormDialog title={title} closeLabel={t('close')} cancelLabel={t('cancel')} submitLabel={confirm} ready={ready} onSubmit={() => void submit()} onClose={onClose}>
      <Field label={t('albumsName')} error={used ? t('albumsNameTaken') : null}>
        <Input value={name} onChange={setName} maxLength={LONGEST} autoFocus />
      </Field>
    </FormDialog>
  );
};
