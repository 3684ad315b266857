import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { IconButton } from './button';

type FullDialogProps = {
  readonly title: string;
  /** Under the title, e.g. its place in a list. */
  readonly note: string;
  readonly closeLabel: string;
  readonly actions?: ReactNode;
  readonly foot: ReactNode;
  /** Below the foot and always in sight, however long the foot is: what can be done. */
  readonly bar?: ReactNode;
  /** What has the keyboard at first. */
  readonly first: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
};

/** A dialog over the whole window, for what needs the room. */
export const FullDialog = ({ title, note, closeLabel, actions, foot, bar, first, onClose, onKey, children }: FullDialogProps) => (
  <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
      <Base.Popup data-modal initialFocus={first} onKeyDown={onKey} className="fixed inset-0 z-40 flex flex-col bg-bg outline-none">
        <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-1.5">
          <div className="min-w-32 flex-1">
            <Base.Title className="truncate font-semibold" title={title}>
              {title}
            </Base.Title>
            <p className="num truncate text-small text-text-2">{note}</p>
          </div>
          {actions}
          <IconButton label={closeLabel} onClick={onClose}>
            <X size={18} aria-hidden />
          </IconButton>
        </header>
        <div className="min-h-0 flex-1">{children}</div>
        <footer className="max-h-[45vh] shrink-0 overflow-y-auto border-t border-line bg-surface">{foot}</footer>
        {bar}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);
