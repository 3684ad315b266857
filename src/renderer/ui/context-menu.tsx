import { ContextMenu as Base } from '@base-ui/react/context-menu';
import { createContext, memo, useContext, useRef, type ReactNode, type RefObject } from 'react';
import { entriesOf, MenuEntries, menuPopupClass, type Entries } from './menu';

type ContextAreaProps = {
  /** Made when the menu opens. */
  readonly entries: Entries;
  /** Called before the menu opens with what was pressed; false: there is no menu for it. */
  readonly onAim: (target: Element) => boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

type Latest = Pick<ContextAreaProps, 'entries' | 'onAim'>;

const InsideContext = createContext<ReactNode>(null);
const Inside = () => useContext(InsideContext);
const Contents = ({ latest }: { readonly latest: RefObject<Latest> }) => <MenuEntries entries={entriesOf(latest.current.entries)} />;

const Area = memo(({ latest, className }: { readonly latest: RefObject<Latest>; readonly className: string | undefined }) => (
  <Base.Root>
    <Base.Trigger
      className={className}
      onContextMenuCapture={(event) => {
        if (event.target instanceof Element && latest.current.onAim(event.target)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Inside />
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner className="z-50">
        <Base.Popup className={menuPopupClass}>
          <Contents latest={latest} />
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
));
Area.displayName = 'Area';

/**
 * An area with a menu of its own on the right button, the menu key and Shift+F10. What is inside may be drawn as often as it likes:
 * the menu around it is not drawn again.
 */
export const ContextArea = ({ entries, onAim, className, children }: ContextAreaProps) => {
  const latest = useRef<Latest>({ entries, onAim });
  latest.current = { entries, onAim };
  return (
    <InsideContext value={children}>
      <Area latest={latest} className={className} />
    </InsideContext>
  );
};
