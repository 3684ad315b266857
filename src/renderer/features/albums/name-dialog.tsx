import { useId, useState } from 'react';
import { useText } from '../../stores/text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input } from '../../ui/field';

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
  const form = useId();
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
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('close')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={form} look="primary" disabled={!ready}>
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void submit();
        }}
      >
        <Field label={t('albumsName')} error={used ? t('albumsNameTaken') : null}>
          <Input value={name} onChange={setName} maxLength={LONGEST} autoFocus />
        </Field>
      </form>
    </Dialog>
  );
};
