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
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

const CONTROL = ['button', 'input', 'textarea', 'select', 'a[href]', '[tabindex="0"]'].map((one) => `${one}:not([disabled], [data-disabled], [tabindex="-1"])`).join();

/** What had the focus when a dialog began to open: a field that asks for the focus has it before anybody else can look. */
const useOpener = (open: boolean): (() => HTMLElement | boolean) => {
  const opener = useRef<{ readonly element: Element | null; readonly inMenu: boolean } | null>(null);
  if (!open) opener.current = null;
  else if (opener.current === null) opener.current = { element: document.activeElement, inMenu: (document.activeElement?.closest('[role=menu]') ?? null) !== null };
  return () => {
    const active = document.activeElement;
    // Something else was given the focus meanwhile.
    if (active !== null && active !== document.body && active.closest('[data-modal]') === null) return false;
    const { element = null, inMenu = true } = opener.current ?? {};
    if (element instanceof HTMLElement && element.isConnected && element !== document.body) return element;
    // A menu has given its place back to its button; where a button went with what it stood in, the heading takes it.
    return inMenu ? true : (document.querySelector<HTMLElement>('main h1') ?? true);
  };
};

/** What a dialog is for has the focus at first, and not the button that closes it: a field that asks for it, else the first control, else the last button at the foot. */
export const Dialog = ({ open, onClose, title, closeLabel, wide = false, footer, children }: DialogProps) => {
  const content = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLElement>(null);
  const last = useOpener(open);
  const first = (): HTMLElement | boolean => {
    const box = content.current;
    if (box === null) return true;
    if (box.contains(document.activeElement)) return false;
    return box.querySelector<HTMLElement>(CONTROL) ?? [...(foot.current?.querySelectorAll<HTMLElement>(CONTROL) ?? [])].at(-1) ?? true;
  };
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={veil} />
        <Base.Popup data-modal initialFocus={first} finalFocus={last} className={clsx(centred, wide ? 'max-w-160' : 'max-w-120')}>
          <header className="flex items-center justify-between gap-2 px-5 pb-1 pt-4">
            <Base.Title className="min-w-0 truncate text-lead font-semibold">{title}</Base.Title>
            <IconButton label={closeLabel} onClick={onClose} size="s">
              <X size={16} aria-hidden />
            </IconButton>
          </header>
          <div ref={content} className="min-h-0 flex-1 overflow-y-auto px-5 py-3">
            {children}
          </div>
          {footer === undefined ? null : <footer ref={foot} className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
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
