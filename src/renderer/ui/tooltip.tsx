import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';

type TooltipProps = { readonly text: string; readonly side?: 'top' | 'right' | 'bottom'; readonly children: ReactElement };

/** Says what a button does. Escape puts it away and still reaches what lies below, such as a dialog. */
export const Tooltip = ({ text, side = 'top', children }: TooltipProps) => (
  <Base.Root
    onOpenChange={(_open, details) => {
      if (details.reason === 'escape-key') details.allowPropagation();
    }}
  >
    <Base.Trigger render={children} />
    <Base.Portal>
      <Base.Positioner side={side} sideOffset={6} className="z-50">
        <Base.Popup className="max-w-80 rounded-s bg-text px-2 py-1 text-small text-bg shadow-lift">{text}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
