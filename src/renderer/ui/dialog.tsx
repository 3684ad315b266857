import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button, IconButton } from './button';

const veil = 'fixed inset-0 z-40 bg-veil';
const centred =
  'fixed left-1/2 top-1/2 z-40 flex max-h-[calc(100vh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-m border border-line bg-surface shadow-lift outline-none';

type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly wide?: boolean;
  /** The first button of the content has the focus at first, and not the one that closes. */
  readonly contentFirst?: boolean;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

export const Dialog = ({ open, onClose, title, closeLabel, wide = false, contentFirst = false, footer, children }: DialogProps) => {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={veil} />
        <Base.Popup data-modal {...(contentFirst ? { initialFocus: () => content.current?.querySelector('button') ?? true } : {})} className={clsx(centred, wide ? 'max-w-160' : 'max-w-120')}>
          <header className="flex items-center justify-between gap-2 px-5 pb-1 pt-4">
            <Base.Title className="min-w-0 truncate text-lead font-semibold">{title}</Base.Title>
            <IconButton label={closeLabel} onClick={onClose} size="s">
              <X size={16} aria-hidden />
            </IconButton>
          </header>
          <div ref={content} className="min-h-0 flex-1 overflow-y-auto px-5 py-3">
            {children}
          </div>
          {footer === undefined ? null : <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};

type ConfirmDialogProps = {
  readonly open: boolean;
  readonly title: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** Asks before what cannot be undone. The safe answer has the focus. */
export const ConfirmDialog = ({ open, title, confirmLabel, cancelLabel, danger = false, onConfirm, onCancel, children }: ConfirmDialogProps) => (
  <AlertDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onCancel())}>
    <AlertDialog.Portal>
      <AlertDialog.Backdrop className={veil} />
      <AlertDialog.Popup data-modal className={clsx(centred, 'max-w-110 p-5')}>
        <AlertDialog.Title className="text-lead font-semibold">{title}</AlertDialog.Title>
        <AlertDialog.Description render={<div />} className="mt-2 min-h-0 overflow-y-auto text-text-2">
          {children}
        </AlertDialog.Description>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={onCancel}>{cancelLabel}</Button>
          <Button look={danger ? 'danger' : 'primary'} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </div>
      </AlertDialog.Popup>
    </AlertDialog.Portal>
  </AlertDialog.Root>
);

type SheetProps = Pick<DialogProps, 'open' | 'onClose' | 'title' | 'closeLabel' | 'children'>;

/** A side panel over the content, for narrow windows. */
export const Sheet = ({ open, onClose, title, closeLabel, children }: SheetProps) => (
  <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
    <Base.Portal>
      <Base.Backdrop className={veil} />
      <Base.Popup data-modal className="fixed inset-y-0 right-0 z-40 flex w-80 max-w-full flex-col border-l border-line bg-surface shadow-lift outline-none">
        <header className="flex items-center justify-between gap-2 px-4 py-3">
          <Base.Title className="min-w-0 truncate text-lead font-semibold">{title}</Base.Title>
          <IconButton label={closeLabel} onClick={onClose} size="s">
            <X size={16} aria-hidden />
          </IconButton>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);
