import { Toast as Base } from '@base-ui/react/toast';
import { CheckCircle2, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { keepFocus } from './kept-focus';

/** What it says are nodes, so that the words can change while it is shown. */
export type ToastText = {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly type?: 'done' | 'problem';
  readonly action?: { readonly label: ReactNode; readonly onPress: () => void };
  /** Takes the place of the message before about the same: what that offers is not so any more. */
  readonly about?: string;
};

/** Shows short messages that need no answer. */
export type Toaster = { readonly show: (toast: ToastText) => void };

const Shown = ({ closeLabel }: { readonly closeLabel: string }) => {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="group flex w-full items-start gap-2.5 rounded-m border border-line bg-surface px-3 py-2.5 shadow-lift transition-[opacity,transform] duration-100 data-[ending-style]:opacity-0 data-[starting-style]:translate-y-2 data-[starting-style]:opacity-0"
    >
      {toast.type === 'problem' ? (
        <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-danger" />
      ) : (
        <CheckCircle2 size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />
      )}
      <Base.Content className="min-w-0 flex-1">
        <Base.Title className="said font-medium" />
        <Base.Description className="said text-small text-text-2" />
      </Base.Content>
      {/* What goes away offers nothing any more. */}
      <Base.Action className="h-6 shrink-0 group-data-[ending-style]:invisible rounded-s px-2 text-small font-medium text-accent hover:bg-hover" />
      <Base.Close aria-label={closeLabel} className="flex size-6 shrink-0 items-center justify-center rounded-s text-text-2 hover:bg-hover">
        <X size={14} aria-hidden />
      </Base.Close>
    </Base.Root>
  ));
};

export type ToastManager = ReturnType<typeof Base.createToastManager>;
export const createToastManager = (): ToastManager => Base.createToastManager();

/** A message with an action stays so long, to be read out and reached by keys; while the pointer or the keyboard is in it, it stays anyway. */
const ACTION_MS = 12_000;

/** A message whose action was pressed goes: it tells what is not so any more. */
export const toasterOf = (manager: ToastManager, lasts = new Map<string, string>()): Toaster => ({
  show: ({ title, description, type = 'done', action, about }) => {
    const before = about === undefined ? undefined : lasts.get(about);
    if (before !== undefined) manager.close(before);
    let isPressed = false;
    const pressed = (): void => {
      isPressed = true;
      forget();
      manager.close(shown);
      action?.onPress();
    };
    const forget = (): void => {
      if (about !== undefined && lasts.get(about) === shown) lasts.delete(about);
    };
    const shown = manager.add({
      title,
      type,
      description,
      timeout: action === undefined ? (type === 'problem' ? 10_000 : 4_000) : ACTION_MS,
      onRemove: () => {
        // Base UI hands it on to the next message, and whoever pressed is done with messages.
        if (isPressed) keepFocus('[data-toasts]');
        forget();
      },
      priority: type === 'problem' ? 'high' : 'low',
      ...(action === undefined ? {} : { actionProps: { children: action.label, onClick: pressed } }),
    });
    if (about !== undefined) lasts.set(about, shown);
  },
});

type ToastsProps = { readonly manager: ToastManager; readonly label: string; readonly closeLabel: string; readonly children: ReactNode };

export const Toasts = ({ manager, label, closeLabel, children }: ToastsProps) => (
  <Base.Provider toastManager={manager} limit={3}>
    {children}
    <Base.Portal>
      {/* A dialog has what it is for at the right of its foot. */}
      <Base.Viewport data-toasts aria-label={label} className="[html:has([data-modal])_&]:left-4 [html:has([data-modal])_&]:right-auto fixed bottom-[calc(56px+var(--foot,0px))] right-4 z-50 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2 outline-none">
        <Shown closeLabel={closeLabel} />
      </Base.Viewport>
    </Base.Portal>
  </Base.Provider>
);
