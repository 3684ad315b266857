import { useId, type ReactNode } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';

type FormDialogProps = {
  readonly title: string;
  readonly closeLabel: string;
  readonly cancelLabel: string;
  readonly submitLabel: string;
  /** False while the answer cannot be given. */
  readonly ready?: boolean;
  /** Stands at the start of the line of buttons. */
  readonly aside?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A dialog with fields that is answered by its one button or by Enter. */
export const FormDialog = ({ title, closeLabel, cancelLabel, submitLabel, ready = true, aside, onSubmit, onClose, children }: FormDialogProps) => {
  const form = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={closeLabel}
      footer={
        <>
          {aside}
          <Button onClick={onClose}>{cancelLabel}</Button>
          <Button type="submit" form={form} look="primary" disabled={!ready}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSubmit();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
};
