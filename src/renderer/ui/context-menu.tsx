import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { ReactNode } from 'react';
import { entriesOf, MenuEntries, menuPopupClass, type Entries } from './menu';

type ContextAreaProps = {
  /** Made when the menu opens. */
  readonly entries: Entries;
  /** Called before the menu opens with what was pressed; false: there is no menu for it. */
  readonly onAim: (target: Element) => boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

const Contents = ({ entries }: { readonly entries: Entries }) => <MenuEntries entries={entriesOf(entries)} />;

/** An area with a menu of its own on the right button, the menu key and Shift+F10. */
export const ContextArea = ({ entries, onAim, className, children }: ContextAreaProps) => (
  <Base.Root>
    <Base.Trigger
      className={className}
      onContextMenuCapture={(event) => {
        if (event.target instanceof Element && onAim(event.target)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {children}
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner className="z-50">
        <Base.Popup className={menuPopupClass}>
          <Contents entries={entries} />
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
