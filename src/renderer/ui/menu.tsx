import { Menu as Base } from '@base-ui/react/menu';
import clsx from 'clsx';
import { Check, ChevronRight } from 'lucide-react';
import { createContext, useContext, useState, type ReactElement, type ReactNode } from 'react';

export type MenuEntry =
  | {
      readonly kind?: 'item';
      readonly label: string;
      readonly note?: string;
      readonly icon?: ReactNode;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly checked?: boolean;
      readonly onSelect: () => void;
      /** It is pointed at, by mouse or by keys, and may be chosen next. */
      readonly onPoint?: () => void;
    }
  | { readonly kind: 'separator' }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'submenu'; readonly label: string; readonly icon?: ReactNode; readonly disabled?: boolean; readonly entries: readonly MenuEntry[] };

const popup = 'max-h-[var(--available-height)] min-w-44 max-w-80 overflow-y-auto rounded-m border border-line bg-surface p-1 shadow-lift outline-none';
const line = 'flex min-h-8 items-center gap-2 rounded-s px-2 py-1 outline-none data-[highlighted]:bg-hover data-[popup-open]:bg-hover data-[disabled]:opacity-50';

const Submenu = ({ entry }: { readonly entry: Extract<MenuEntry, { readonly kind: 'submenu' }> }) => (
  <Base.SubmenuRoot>
    <Base.SubmenuTrigger disabled={entry.disabled ?? false} className={line}>
      {entry.icon === undefined ? null : <span className="flex w-4 shrink-0 justify-center">{entry.icon}</span>}
      <span className="min-w-0 flex-1 truncate">{entry.label}</span>
      <ChevronRight size={14} aria-hidden className="text-text-2" />
    </Base.SubmenuTrigger>
    <Base.Portal>
      <Base.Positioner side="right" align="start" sideOffset={2} alignOffset={-5} className="z-50">
        <Base.Popup className={popup}>
          <MenuEntries entries={entry.entries} />
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.SubmenuRoot>
);

const Entry = ({ entry }: { readonly entry: MenuEntry }) => {
  if (entry.kind === 'separator') return <Base.Separator className="mx-2 my-1 h-px bg-line" />;
  if (entry.kind === 'submenu') return <Submenu entry={entry} />;
  if (entry.kind === 'heading') return <div className="px-2 pb-1 pt-2 text-small text-text-2">{entry.label}</div>;
  return (
    <Base.Item
      disabled={entry.disabled ?? false}
      onClick={entry.onSelect}
      onFocus={entry.onPoint}
      onPointerEnter={entry.onPoint}
      className={clsx(line, entry.danger === true && 'text-danger')}
    >
      {entry.checked === undefined ? null : <span className="flex w-4 shrink-0 justify-center">{entry.checked ? <Check size={14} aria-hidden /> : null}</span>}
      {entry.icon === undefined ? null : <span className="flex w-4 shrink-0 justify-center">{entry.icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{entry.label}</span>
        {entry.note === undefined ? null : <span className="block truncate text-small text-text-2">{entry.note}</span>}
      </span>
      {entry.checked === true ? <span className="sr-only">✓</span> : null}
    </Base.Item>
  );
};

/** What lies in a menu's popup. */
export const MenuEntries = ({ entries }: { readonly entries: readonly MenuEntry[] }) => (
  <>
    {entries.map((entry, index) => (
      <Entry key={index} entry={entry} />
    ))}
  </>
);

/** Given as a function, entries are made when the menu opens: a long list would pay for them with every row. */
export type Entries = readonly MenuEntry[] | (() => readonly MenuEntry[]);
export const entriesOf = (entries: Entries): readonly MenuEntry[] => (typeof entries === 'function' ? entries() : entries);
export const menuPopupClass = popup;

type Held = { readonly entries: Entries; readonly side: 'top' | 'bottom' | 'right'; readonly align: 'start' | 'end' };

const HandleContext = createContext<Base.Handle<Held> | null>(null);

/** The one menu that all triggers below share: a long list would pay for one each with every row it scrolls in. */
export const MenuProvider = ({ children }: { readonly children: ReactNode }) => {
  const [handle] = useState(() => Base.createHandle<Held>());
  return (
    <>
      <HandleContext.Provider value={handle}>{children}</HandleContext.Provider>
      <Base.Root handle={handle} modal={false}>
        {({ payload }) => (
          <Base.Portal>
            <Base.Positioner side={payload?.side ?? 'bottom'} align={payload?.align ?? 'end'} sideOffset={4} className="z-50">
              <Base.Popup className={popup}>{payload === undefined ? null : <MenuEntries entries={entriesOf(payload.entries)} />}</Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        )}
      </Base.Root>
    </>
  );
};

type MenuProps = { readonly trigger: ReactElement; readonly entries: Entries; readonly side?: Held['side']; readonly align?: Held['align'] };

/** A button that opens a menu. */
export const Menu = ({ trigger, entries, side = 'bottom', align = 'end' }: MenuProps) => {
  const handle = useContext(HandleContext);
  if (handle === null) throw new Error('no MenuProvider above this component');
  return <Base.Trigger handle={handle} payload={{ entries, side, align }} render={trigger} />;
};
