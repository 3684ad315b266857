import { Tooltip as Base } from '@base-ui/react/tooltip';
import { createContext, useContext, useState, type ReactElement, type ReactNode } from 'react';

type Side = 'top' | 'right' | 'bottom';
type Held = { readonly text: string; readonly side: Side };

const HandleContext = createContext<Base.Handle<Held> | null>(null);

/**
 * The one tooltip that all buttons below share: a long list would pay for one each with every row it scrolls in.
 * Escape puts it away and still reaches what lies below, such as a dialog.
 */
export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => {
  const [handle] = useState(() => Base.createHandle<Held>());
  return (
    <Base.Provider delay={500}>
      <HandleContext.Provider value={handle}>{children}</HandleContext.Provider>
      <Base.Root
        handle={handle}
        onOpenChange={(_open, details) => {
          if (details.reason === 'escape-key') details.allowPropagation();
        }}
      >
        {({ payload }) => (
          <Base.Portal>
            <Base.Positioner side={payload?.side ?? 'top'} sideOffset={6} className="z-50">
              <Base.Popup className="max-w-80 rounded-s bg-text px-2 py-1 text-small text-bg shadow-lift">{payload?.text}</Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        )}
      </Base.Root>
    </Base.Provider>
  );
};

type TooltipProps = { readonly text: string; readonly side?: Side; readonly children: ReactElement };

/** Says what a button does. */
export const Tooltip = ({ text, side = 'top', children }: TooltipProps) => {
  const handle = useContext(HandleContext);
  if (handle === null) throw new Error('no TooltipProvider above this component');
  return <Base.Trigger handle={handle} payload={{ text, side }} render={children} />;
};
